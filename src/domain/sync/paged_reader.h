// Reads a window whose filter key is not its sort key, by page number: voided shipments are
// filtered by voidDate and sorted by createDate (facts/shipstation.md §4.2).
//
// Why nothing is lost although pages are counted: a label that was voided stays voided and keeps
// its voidDate, so rows never leave the window; a row that appears late only pushes others to later
// pages, where they are read a second time; and the upper bound is sent, the same with every page.
// What appears behind the reader's back is read by the next pass, whose window overlaps this one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/sync/reader.h"

namespace tallyman::sync {

class PagedReader {
 public:
  // [from, until] in UTC; `until` is frozen by the caller, best from the orders pass of this cycle.
  PagedReader(ReadPolicy policy, Instant from, Instant until);

  // As Reader's.
  std::optional<Ask> next() const;
  std::vector<Kept> answered(const Answer& answer);
  void refused();
  Outcome outcome() const { return outcome_; }
  const std::optional<Broken>& broken() const { return broken_; }
  ReadTally tally() const;
  const std::vector<Hole>& holes() const { return holes_; }

 private:
  void settle();

  ReadPolicy policy_;
  Instant from_;
  Instant until_;
  Sweep sweep_;
  SeenRows seen_;
  Outcome outcome_ = Outcome::reading;
  std::optional<Broken> broken_;
  std::vector<Hole> holes_;
  std::int64_t requests_ = 0;
  std::int64_t most_dropped_ = 0;
};

}  // namespace tallyman::sync
