#include "domain/work/rate_share.h"

#include <algorithm>

namespace tallyman::work {

namespace {

constexpr std::int64_t kKeptForPeople = 10;     // the schedule never uses these
constexpr std::int64_t kKeptForBackground = 8;  // people never use these
// How soon the schedule asks again after it let a person go first, as a part of the window.
constexpr int kYield = 60;

bool counts(const GrantSeen& grant, std::optional<Urgency> side) {
  return !side || grant.urgency == *side;
}

// Until so many grants of `side` have left the window that `requests` more fit under `most`.
Micros until_room(const RateQuestion& question, std::optional<Urgency> side, std::int64_t most) {
  const std::int64_t used = std::ranges::count_if(
      question.log, [&](const GrantSeen& grant) { return counts(grant, side); });
  std::int64_t leaving = used + question.requests - most;
  if (leaving <= 0) return Micros{0};
  for (const auto& grant : question.log) {
    if (!counts(grant, side) || --leaving > 0) continue;
    // A grant counts up to the last microsecond of its window.
    return std::max(Micros{1}, grant.at + question.window - question.now + Micros{1});
  }
  return question.window;
}

}  // namespace

RateShares shares_of(std::int64_t limit) {
  const std::int64_t all = std::max<std::int64_t>(limit, 1);
  return {.all = all,
          .people = all - std::min(kKeptForBackground, all * 2 / 5),
          .background = all - std::min(kKeptForPeople, all / 2)};
}

std::int64_t share(const RateShares& shares, Urgency urgency) {
  switch (urgency) {
    case Urgency::person: return shares.people;
    case Urgency::background: return shares.background;
  }
  return shares.background;
}

std::optional<Micros> rate_wait(const RateQuestion& question) {
  const RateShares shares = shares_of(question.limit);
  Micros wait = std::max(until_room(question, std::nullopt, shares.all),
                         until_room(question, question.urgency, share(shares, question.urgency)));
  const std::int64_t kept = shares.all - shares.people;
  const bool yields = question.urgency == Urgency::background && question.people_wait &&
                      until_room(question, Urgency::background, kept) > Micros{0};
  if (yields) wait = std::max(wait, question.window / kYield);
  if (wait == Micros{0}) return std::nullopt;
  return wait;
}

}  // namespace tallyman::work
