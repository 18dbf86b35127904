// Which rows of a growing table are new, though their ids may become visible out of order: a
// database hands out ids when rows are written and shows them when they are committed.
#pragma once

#include <cstdint>
#include <map>

#include "domain/base/time.h"

namespace tallyman::work {

class Arrivals {
 public:
  // Everything up to `settled` is known.
  explicit Arrivals(std::int64_t settled) : settled_(settled) {}

  // Looked at again from here: rows behind it may be known, one may still be missing.
  std::int64_t settled() const { return settled_; }

  // True when this row is seen for the first time. `now`: of a clock that never jumps.
  bool note(std::int64_t id, Micros now);

  // Moves settled() over everything known without a gap, and over gaps that have been there for
  // `patience`: their transaction was rolled back.
  void settle(Micros now, Micros patience);

 private:
  std::int64_t settled_;
  std::map<std::int64_t, Micros> known_;  // beyond settled_, with the time it was noted
};

}  // namespace tallyman::work
