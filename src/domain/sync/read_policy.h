// How a changing list is read. The rules are parameters, so that a rule's worth is shown by a test
// that breaks it, and not by a rebuild.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "domain/base/time.h"

namespace tallyman::sync {

// How the next page is asked for. `by_page_number` loses rows of a list that changes while it is
// read (facts/shipstation.md §8.3); it exists for the test that shows so.
enum class Anchoring { reanchor, by_page_number };

// In which order the pages of a window are read when the anchor cannot move inside it. A row that
// is modified leaves the window and everything behind it moves up: read from the end, that only
// repeats rows; read from the start, it skips them.
enum class WindowOrder { from_the_end, from_the_start };

struct ReadPolicy {
  Micros overlap = std::chrono::minutes{10};  // how far below the watermark a pass begins
  Micros settle = std::chrono::seconds{5};    // how far behind the source's clock a pass ends
  Anchoring anchoring = Anchoring::reanchor;
  WindowOrder window_order = WindowOrder::from_the_end;
  int page_size = 500;   // ShipStation's largest
  int probe_limit = 20;  // refused requests in a row, and probes for one unreadable row
  int hole_limit = 20;   // unreadable rows in one pass; more is the source's trouble, not a row's
  std::int64_t ask_limit = 20'000;      // requests in one pass
  std::string sort_key = "modifyDate";  // for messages
};

}  // namespace tallyman::sync
