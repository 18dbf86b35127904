// Reads a window by position and finds the rows in it that make their page answer 500. Blocks are
// powers of two, so a page that fails is split into two halves that are pages themselves; the
// refused single row is a hole, every other row is read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "domain/sync/page.h"
#include "domain/sync/read_policy.h"

namespace tallyman::sync {

// Adjacent refused rows, positions counted from 1.
struct Refused {
  std::int64_t position = 1;
  std::int64_t rows = 1;
  std::optional<RowFact> before{};
  std::optional<RowFact> after{};
};

enum class SweepEnd { reading, done, outage, too_many_probes };

// How much of the list is wanted: its first block (positions 1 to the largest power of two that
// fits a page), or all of it.
enum class Extent { first_block, all };

class Sweep {
 public:
  // `expected`: positions known to be refused from an earlier run; their blocks are split unasked.
  // `listed`: rows in the window as known then, 0 when not known.
  Sweep(const ReadPolicy& policy, std::optional<Instant> from, std::optional<Instant> to,
        Extent extent, std::vector<std::int64_t> expected = {}, std::int64_t listed = 0);

  std::optional<Ask> next() const;
  void answered(const Answer& answer);
  void refused();

  SweepEnd end() const { return end_; }
  std::vector<Refused> holes() const;
  // Rows of the list by the last answer; none when nothing was answered.
  std::optional<std::int64_t> total() const { return total_; }
  // The stamped row at the highest position. Read from the end, everything before it is read.
  std::optional<RowFact> last_row() const;
  // Readable rows at positions before `position` that are stamped after `from`.
  std::int64_t rows_between(Instant from, std::int64_t position) const;
  // Last position of the wanted part.
  std::int64_t top() const { return top_; }

 private:
  struct Block {
    std::int64_t first = 0;   // offset from 0
    std::int64_t size = 0;    // a power of two that divides `first`
    bool refused = false;     // known to be refused as a whole
    bool of_refused = false;  // half of a block that was
  };
  void settle();
  void grow(std::int64_t total);
  void push_halves(Block block);
  bool halves_at_the_end(Block block);

  std::optional<Instant> from_;
  std::optional<Instant> to_;
  Extent extent_;
  WindowOrder order_;
  int probe_limit_;
  std::int64_t largest_;
  std::vector<std::int64_t> expected_;
  std::vector<Block> todo_;  // the next one is at the back
  std::int64_t top_ = 0;
  std::map<std::int64_t, RowFact> rows_;  // by position from 1
  std::vector<std::int64_t> refused_;     // positions
  std::optional<std::int64_t> total_;
  int refused_in_a_row_ = 0;
  int probes_ = 0;  // since the last hole
  SweepEnd end_ = SweepEnd::reading;
};

}  // namespace tallyman::sync
