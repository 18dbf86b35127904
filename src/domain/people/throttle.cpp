#include "domain/people/throttle.h"

#include <algorithm>
#include <chrono>

namespace tallyman::people {

namespace {

using std::chrono::seconds;

struct Limit {
  std::int64_t free = 0;  // failures without a wait
  Micros longest{};
};
constexpr Limit kPair{.free = 5, .longest = seconds{300}};
constexpr Limit kAddress{.free = 20, .longest = seconds{100}};
constexpr Limit kEverywhere{.free = 300, .longest = seconds{5}};

// Of an account, over all strangers: more than one address alone can reach, then one in each turn.
constexpr std::int64_t kFreeOfAccount = 30;
constexpr Micros kBetweenTurns = seconds{90};
constexpr std::int64_t kPlaces = 5;
// For addresses that have failed on this account already; the rest is for those that have not.
constexpr std::int64_t kPlacesOfFailed = 2;

// 1, 2, 4 … seconds after the free ones.
Micros delay(std::int64_t failures, const Limit& limit) {
  if (failures < limit.free) return Micros{0};
  const auto doublings = std::min<std::int64_t>(failures - limit.free, 20);
  return std::min<Micros>(limit.longest, seconds{1} * (std::int64_t{1} << doublings));
}

// A clock that was set back must not make a wait longer than it ever is.
Micros until(Instant when, Instant now, Micros longest) {
  return std::clamp<Micros>(when - now, Micros{0}, longest);
}

Micros wait_for(const Failures& failures, const Limit& limit, Instant now) {
  const Micros whole = delay(failures.count, limit);
  return failures.last ? until(*failures.last + whole, now, whole) : Micros{0};
}

Ruling rule_queue(const SignInTries& tries, Instant now) {
  const Queue& queue = tries.queue;
  constexpr Micros kLongest = kBetweenTurns * (kPlaces + 1);
  if (queue.mine) return {.wait = until(*queue.mine, now, kLongest)};
  if (tries.account.count < kFreeOfAccount) return {};
  auto next = tries.account.last ? *tries.account.last + kBetweenTurns : now;
  if (queue.last) next = std::max(next, *queue.last + kBetweenTurns);
  const Micros wait = until(next, now, kLongest);
  if (wait == Micros{0}) return {};
  const auto places = tries.pair.count == 0 ? kPlaces : kPlacesOfFailed;
  if (queue.places >= places) return {.wait = wait};
  return {.wait = wait, .turn = now + wait};
}

}  // namespace

Ruling rule_sign_in(const SignInTries& tries, Instant now) {
  const Micros pair = wait_for(tries.pair, kPair, now);
  if (tries.peer == Peer::known) return {.wait = pair};
  // What others do everywhere holds up nobody who has done nothing.
  const Micros all =
      tries.address.count > 0 ? wait_for(tries.everywhere, kEverywhere, now) : Micros{0};
  const Micros others = std::max({pair, wait_for(tries.address, kAddress, now), all});
  // Who has to wait anyway takes no place.
  if (others > Micros{0}) return {.wait = others};
  return rule_queue(tries, now);
}

}  // namespace tallyman::people
