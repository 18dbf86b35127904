// A hole: rows that the source cannot serve at all (their page answers 500, every time). What is
// known of them is where they lie: a window, a position in it, and the readable neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/base/time.h"
#include "domain/sync/page.h"

namespace tallyman::sync {

struct Hole {
  std::string
      key;       // stable while the row before it stays: "after 4711", "at the start of <instant>"
  Instant from;  // the window to ask when probing it: whole seconds, safely around the hole
  Instant to;
  std::int64_t position = 1;  // of its first row in that window, from 1; a hint that may go stale
  std::int64_t listed = 1;    // rows in that window when it was found
  std::int64_t rows = 1;      // adjacent unreadable rows
  std::optional<RowFact> before;  // the readable row before it
  std::optional<RowFact> after;   // the readable row after it
  friend bool operator==(const Hole&, const Hole&) = default;
};

// For people: "1 order between 4711 (2026-…Z) and 4713 (2026-…Z), position 2".
std::string describe(const Hole& hole);

}  // namespace tallyman::sync
