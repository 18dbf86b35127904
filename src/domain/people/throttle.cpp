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
constexpr Limit kAccount{.free = 5, .longest = seconds{100}};
constexpr Limit kAddress{.free = 20, .longest = seconds{100}};
constexpr Limit kEverywhere{.free = 300, .longest = seconds{5}};

// 1, 2, 4 … seconds after the free ones.
Micros delay(std::int64_t failures, const Limit& limit) {
  if (failures < limit.free) return Micros{0};
  const auto doublings = std::min<std::int64_t>(failures - limit.free, 20);
  return std::min<Micros>(limit.longest, seconds{1} * (std::int64_t{1} << doublings));
}

Micros wait_for(const Failures& failures, const Limit& limit, Instant now) {
  const Micros whole = delay(failures.count, limit);
  if (!failures.last) return Micros{0};
  // A clock that was set back must not make the wait longer than it ever is.
  return std::clamp<Micros>(*failures.last + whole - now, Micros{0}, whole);
}

}  // namespace

Micros wait_before_sign_in(const SignInTries& tries, Instant now) {
  const Micros account = wait_for(tries.account, kAccount, now);
  if (tries.peer == Peer::known) return account;
  return std::max({account, wait_for(tries.address, kAddress, now),
                   wait_for(tries.everywhere, kEverywhere, now)});
}

}  // namespace tallyman::people
