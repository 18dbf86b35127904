#include "domain/alerts/memory.h"

#include <algorithm>

namespace tallyman::alerts {

namespace {

bool same_thing(const Standing& row, const Finding& finding) {
  return row.rule == finding.rule && row.subject == finding.subject;
}

std::optional<Decision> decide(const Finding& finding, std::size_t index,
                               std::span<const Standing> standing, Instant now) {
  const std::string hash = fact_hash(finding);
  bool is_settled = false;  // a person has seen these facts
  for (const auto& row : standing) {
    if (!same_thing(row, finding)) continue;
    if (row.state == State::open) {
      const bool wakes = row.snoozed_until && (*row.snoozed_until <= now || row.fact_hash != hash);
      return Decision{.step = Step::refresh, .finding = index, .alert = row.id, .wakes = wakes};
    }
    is_settled = is_settled || row.fact_hash == hash;
  }
  if (is_settled) return std::nullopt;
  return Decision{.step = Step::open, .finding = index};
}

}  // namespace

std::vector<Decision> remember(std::span<const Finding> found, std::span<const Standing> standing,
                               Instant now) {
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (auto decision = decide(found[i], i, standing, now)) decisions.push_back(*decision);
  }
  for (const auto& row : standing) {
    const bool still_true = std::ranges::any_of(
        found, [&](const Finding& finding) { return same_thing(row, finding); });
    if (still_true) continue;
    decisions.push_back({.step = row.state == State::open ? Step::close : Step::forget,
                         .finding = std::nullopt,
                         .alert = row.id});
  }
  return decisions;
}

}  // namespace tallyman::alerts
