#include "domain/base/zone.h"

#include <algorithm>
#include <iterator>

#include "domain/base/check.h"

namespace tallyman {

Zone::Zone(std::string name, std::vector<Transition> ascending)
    : name_(std::move(name)), transitions_(std::move(ascending)) {
  check(!transitions_.empty(), "a zone has at least one transition");
  check(std::ranges::is_sorted(transitions_, {}, &Transition::at), "transitions ascend");
}

const Transition& Zone::at(Instant at) const {
  const auto after = std::ranges::upper_bound(transitions_, at, {}, &Transition::at);
  return after == transitions_.begin() ? transitions_.front() : *std::prev(after);
}

const std::string& Zone::abbreviation(Instant at) const { return this->at(at).abbreviation; }
std::chrono::seconds Zone::offset(Instant at) const { return this->at(at).offset; }

Instant Zone::earliest(LocalTime local) const {
  const Instant as_utc{local.time_since_epoch()};
  // Offsets lie within a day, so the candidates are the periods in force a day before and after.
  const auto first =
      std::ranges::upper_bound(transitions_, as_utc - std::chrono::hours{26}, {}, &Transition::at);
  auto period = first == transitions_.begin() ? first : std::prev(first);
  for (; period != transitions_.end(); ++period) {
    const Instant candidate = as_utc - period->offset;
    const auto next = std::next(period);
    const bool ends_after = next == transitions_.end() || candidate < next->at;
    if (!ends_after) continue;
    // In the spring gap the clock had not reached `local` before the jump: answer the jump.
    return std::max(candidate, period->at);
  }
  return as_utc - transitions_.back().offset;
}

Instant Zone::latest(LocalTime local) const {
  const Instant early = earliest(local);
  if (const auto hour = repeated_hour(early, early); hour && early < hour->second) {
    return early + (hour->second - hour->first);
  }
  return early;
}

std::optional<RepeatedHour> Zone::repeated_hour(Instant from, Instant to) const {
  for (std::size_t i = 1; i < transitions_.size(); ++i) {
    const auto back = transitions_[i - 1].offset - transitions_[i].offset;
    if (back <= std::chrono::seconds{0}) continue;
    const Instant second = transitions_[i].at;
    if (second - back <= to && from < second + back) {
      return RepeatedHour{second - back, second, second + back};
    }
  }
  return std::nullopt;
}

}  // namespace tallyman
