#include "domain/sync/disposition.h"

#include <fmt/format.h>

namespace tallyman::sync {

std::string_view word(Disposition disposition) {
  switch (disposition) {
    case Disposition::applied: return "applied";
    case Disposition::unchanged: return "unchanged";
    case Disposition::skipped: return "skipped";
    case Disposition::quarantined: return "quarantined";
    case Disposition::deferred: return "deferred";
  }
  return "unknown";
}

Disposed disposed(Disposition disposition) {
  return disposition == Disposition::deferred ? Disposed::no : Disposed::yes;
}

void Counts::add(Disposition disposition, std::string_view reason) {
  switch (disposition) {
    case Disposition::applied: ++applied; return;
    case Disposition::unchanged: ++unchanged; return;
    case Disposition::skipped: ++skipped[std::string(reason)]; return;
    case Disposition::quarantined: ++quarantined; return;
    case Disposition::deferred: ++deferred; return;
  }
}

std::int64_t Counts::skipped_in_all() const {
  std::int64_t all = 0;
  for (const auto& [reason, rows] : skipped) all += rows;
  return all;
}

std::int64_t Counts::sum() const {
  return applied + unchanged + skipped_in_all() + quarantined + deferred;
}

Counts& Counts::operator+=(const Counts& other) {
  applied += other.applied;
  unchanged += other.unchanged;
  for (const auto& [reason, rows] : other.skipped) skipped[reason] += rows;
  quarantined += other.quarantined;
  deferred += other.deferred;
  return *this;
}

Proof prove(const ReadTally& tally, const Counts& counts) {
  Proof proof;
  if (tally.total > tally.received_of_total) {
    proof.gaps.push_back(
        fmt::format("the source counts {} rows between {} and {}, {} were received: {} missing",
                    tally.total, to_text(tally.from), to_text(tally.until), tally.received_of_total,
                    tally.total - tally.received_of_total));
  }
  if (tally.received != counts.sum()) {
    proof.gaps.push_back(fmt::format(
        "{} rows were received, but {} accounted for: {} applied, {} unchanged, {} skipped, {} "
        "quarantined, {} deferred",
        tally.received, counts.sum(), counts.applied, counts.unchanged, counts.skipped_in_all(),
        counts.quarantined, counts.deferred));
  }
  proof.proven = proof.gaps.empty() ? Proven::yes : Proven::no;
  return proof;
}

}  // namespace tallyman::sync
