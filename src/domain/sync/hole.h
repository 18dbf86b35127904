// A hole: rows that the source cannot serve at all (their page answers 500, every time). What is
// known of them is where they lie: a window, a position in it, and the readable neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/time.h"
#include "domain/sync/page.h"

namespace tallyman::sync {

struct Hole {
  std::string key{};  // the same in every pass while the row before it stays: "after 4711"
  Instant from{};     // the window to ask when probing it: whole seconds, safely around the hole
  Instant to{};
  std::int64_t position = 1;  // of its first row in that window, from 1; a hint that may go stale
  std::int64_t listed = 1;    // rows in that window when it was found
  std::int64_t rows = 1;      // adjacent unreadable rows
  std::optional<RowFact> before{};  // the readable row before it
  std::optional<RowFact> after{};   // the readable row after it
  friend bool operator==(const Hole&, const Hole&) = default;
};

// For people: "1 unreadable row after 4711 (…Z) and before 4713 (…Z), position 2 between …".
std::string describe(const Hole& hole);

// A hole known from earlier runs. Inside the window of a pass it is always read around; below the
// window it is asked about only when `due`.
enum class Probe { due, not_due };
struct KnownHole {
  Hole hole;
  Probe probe = Probe::due;
};

// Known holes that lie so close together that they are read around as one.
struct HoleWindow {
  Instant from{};
  Instant to{};
  std::vector<std::int64_t> expected{};  // positions in the window
  std::int64_t listed = 0;
};

// The holes of one pass: those to expect, and what became of them.
class Holes {
 public:
  // `anchor`: from where the pass reads; holes behind it count as dealt with when they lie above
  // `lo`, and as below the window otherwise.
  void place(std::vector<KnownHole> known, Instant lo, Instant anchor);
  // Those that the checkpoint of an unfinished pass had found.
  void restore(std::vector<Hole> found) { found_ = std::move(found); }

  std::optional<Instant> ahead() const;  // where the next window around known holes begins
  HoleWindow enter();                    // that window; ended by left()
  void left(std::vector<Hole> found);    // what the window really had
  void add(const Hole& hole);            // found elsewhere; the same hole again replaces itself

  const Hole* below() const;                 // the next one to probe below the window
  void below_left(std::vector<Hole> found);  // what became of it; empty: healed

  const std::vector<Hole>& found() const { return found_; }
  const std::vector<Hole>& standing() const { return standing_; }
  const std::vector<Hole>& healed() const { return healed_; }
  std::int64_t rows_found() const;

 private:
  // Gives what was found the keys of the known holes it must be; the others are healed.
  void recognise(const std::vector<Hole>& known, std::vector<Hole>& found);

  std::vector<Hole> ahead_;     // ascending
  std::vector<Hole> settling_;  // of the window entered
  std::vector<Hole> below_;
  std::vector<Hole> found_;
  std::vector<Hole> standing_;
  std::vector<Hole> healed_;
};

}  // namespace tallyman::sync
