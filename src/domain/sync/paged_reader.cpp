#include "domain/sync/paged_reader.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/sync/bounds.h"

namespace tallyman::sync {
namespace {

ReadPolicy by_number(ReadPolicy policy) {
  policy.window_order = WindowOrder::from_the_start;
  return policy;
}

}  // namespace

PagedReader::PagedReader(ReadPolicy policy, Instant from, Instant until)
    : policy_(by_number(std::move(policy))),
      from_(bound_below(from)),
      until_(bound_above(until)),
      sweep_(policy_, from_, until_, Extent::all) {}

std::optional<Ask> PagedReader::next() const {
  if (broken_) return std::nullopt;
  return sweep_.next();
}

std::vector<Kept> PagedReader::answered(const Answer& answer) {
  ++requests_;
  most_dropped_ = std::max(most_dropped_, static_cast<std::int64_t>(answer.dropped));
  std::vector<Kept> kept;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    if (const auto novelty = seen_.take(answer.rows[i])) kept.push_back({i, *novelty});
  }
  sweep_.answered(answer);
  settle();
  return kept;
}

void PagedReader::refused() {
  ++requests_;
  sweep_.refused();
  settle();
}

void PagedReader::settle() {
  switch (sweep_.end()) {
    case SweepEnd::reading:
      if (requests_ < policy_.ask_limit) return;
      broken_ = Broken{Trouble::endless,
                       fmt::format("the pass did not end within {} requests", requests_)};
      break;
    case SweepEnd::outage:
      broken_ = Broken{Trouble::outage,
                       "every smaller request of the window was refused as well: an outage of the "
                       "source, not a bad row"};
      break;
    case SweepEnd::too_many_probes:
      broken_ = Broken{
          Trouble::unreadable,
          fmt::format("an unreadable row was not found within {} requests", policy_.probe_limit)};
      break;
    case SweepEnd::done: break;
  }
  outcome_ = broken_ ? Outcome::broken : Outcome::complete;
  if (broken_) return;
  for (const Refused& refused : sweep_.holes()) {
    Hole hole{.key = {},
              .from = from_,
              .to = until_,
              .position = refused.position,
              .listed = sweep_.total().value_or(0),
              .rows = refused.rows,
              .before = refused.before,
              .after = refused.after};
    hole.key = refused.before && refused.before->id ? fmt::format("after {}", *refused.before->id)
                                                    : fmt::format("first since {}", to_text(from_));
    holes_.push_back(std::move(hole));
  }
}

ReadTally PagedReader::tally() const {
  std::int64_t in_holes = 0;
  for (const Hole& hole : holes_) in_holes += hole.rows;
  return {.from = from_,
          .until = until_,
          .total = sweep_.total().value_or(0),
          .received_of_total = seen_.distinct() + in_holes + most_dropped_,
          .received = seen_.distinct() + in_holes,
          .in_holes = in_holes,
          .requests = requests_};
}

}  // namespace tallyman::sync
