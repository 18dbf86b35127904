// Reads everything that changed in a list since an instant, while the list goes on changing, and
// loses nothing (facts/shipstation.md §8.3, facts/reliability.md A1). A state machine without I/O:
//
//   while (auto ask = reader.next()) {
//     fetch it; a page       -> for (Kept kept : reader.answered(answer)) keep that document;
//               status 500   -> reader.refused();   any other failure -> give the pass up
//   }
//   if (reader.outcome() == Outcome::broken) fail with reader.broken()->what, record nothing;
//
// How: ascending, always page 1, the next lower bound is the last row's second minus one, repeated
// rows are recognised by id. Where the bound cannot move (a page of one second, a repeated hour) or
// a page answers 500, that window is read by position (sweep.h). docs/decisions/0005 has the why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/sync/hole.h"
#include "domain/sync/page.h"
#include "domain/sync/read_policy.h"
#include "domain/sync/seen_rows.h"
#include "domain/sync/sweep.h"

namespace tallyman::sync {

// A hole known from earlier runs. Inside the window it is always read around; outside of it, it is
// asked about only when `due`.
enum class Probe { due, not_due };
struct KnownHole {
  Hole hole;
  Probe probe = Probe::due;
};

struct Start {
  Instant from;                               // see lower_bound() in watermark.h
  Instant now;                                // stands in for a missing Date header
  std::optional<RepeatedHour> repeated_hour;  // of [from, now], if any: zone.repeated_hour()
  std::vector<KnownHole> holes;
};

// Where an unfinished pass can go on. Rows handed over before it was taken are not handed over
// again, except those modified since.
struct Checkpoint {
  Instant lo;                        // lower bound of the pass
  Instant hi;                        // its frozen upper bound
  Instant anchor;                    // the next lower bound
  std::int64_t first_total = 0;      // total of the first answer
  std::int64_t received = 0;         // distinct rows handed over
  std::int64_t received_within = 0;  // of these, stamped no later than hi
  std::vector<RowFact> border;       // rows at or above the anchor that were handed over
  std::vector<Hole> holes;           // found so far
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

enum class Outcome { reading, complete, broken };

enum class Trouble {
  outage,          // nothing of a window could be read: the source is down, no row is to blame
  disordered,      // not ascending
  filter_ignored,  // rows outside the bounds were listed
  unreadable,      // too many holes, or rows without stamps where the next bound should come from
  endless,         // limit of requests
};

struct Broken {
  Trouble trouble{};
  std::string what;
};

// What the proof needs (disposition.h). `total` is the source's count for the window.
struct ReadTally {
  Instant from;
  Instant until;              // hi
  std::int64_t total = 0;     // of the first answer; of the recount where one was needed
  std::int64_t received = 0;  // distinct rows, unreadable ones and those in holes included
  std::int64_t in_holes = 0;
  std::int64_t requests = 0;
};

class Reader {
 public:
  Reader(ReadPolicy policy, Start start);
  // Goes on from a checkpoint; start.from is ignored.
  Reader(ReadPolicy policy, Start start, Checkpoint checkpoint);

  // The request to make now; the same until answered or refused. None: the pass is over.
  std::optional<Ask> next() const;
  // Which rows of the page are new to this pass.
  std::vector<Kept> answered(const Answer& answer);
  // The request was answered with status 500. Any other failure ends the pass at the caller.
  void refused();

  Outcome outcome() const { return outcome_; }
  const std::optional<Broken>& broken() const { return broken_; }

  // The frozen upper bound; none before the first answer.
  std::optional<Instant> hi() const { return hi_; }
  // None while a window is read by position: go on with the last one.
  std::optional<Checkpoint> checkpoint() const;

  // Valid when complete.
  ReadTally tally() const;
  const std::vector<Hole>& holes() const { return holes_; }        // in the window of this pass
  const std::vector<Hole>& standing() const { return standing_; }  // below it, probed, still there
  const std::vector<Hole>& healed() const { return healed_; }      // can be read now

 private:
  // A stretch of the list: up to a known hole, around it, or to the end.
  enum class Stage { forward, window, probe_below, recount, over };

  Ask forward_ask() const;
  std::vector<Kept> keep(const Answer& answer);
  std::vector<Kept> forward_answered(const Answer& answer);
  void by_page_number(const Answer& answer);
  void go_on_after(Instant last);
  void read_window(Instant from, Instant to, std::vector<std::int64_t> expected);
  void window_read();
  void page_swept();
  void take_holes(const std::vector<Hole>& found);
  void settle_known(const std::vector<Hole>& found);
  void section_ended();
  void listing_ended();
  void probe_next_below();
  void recount_or_finish();
  void fail(Trouble trouble, std::string what);
  bool misfits(const Answer& answer, const Ask& ask);
  Instant lowered(Instant stamp) const;
  Instant before_hour(Instant bound) const;
  Instant after_hour(Instant bound) const;
  void freeze(const Answer& answer);

  ReadPolicy policy_;
  Instant lo_;
  Instant now_;
  std::optional<RepeatedHour> hour_;
  std::optional<Instant> hi_;
  std::optional<std::int64_t> first_total_;

  Stage stage_ = Stage::forward;
  Outcome outcome_ = Outcome::reading;
  std::optional<Broken> broken_;

  Instant anchor_;  // lower bound being asked
  int page_ = 1;    // moves only with Anchoring::by_page_number
  std::optional<Sweep> sweep_;
  enum class SweepFor { ties, page, hole_around, hole_below } sweep_for_ = SweepFor::ties;
  std::vector<KnownHole> ahead_;  // in the window, not reached yet, ascending
  std::vector<KnownHole> below_;  // under the window, still to be probed
  std::vector<Hole> settling_;    // known holes of the window being swept
  std::optional<RowFact> last_row_;

  SeenRows seen_;
  std::optional<std::int64_t> recounted_;
  enum class Origin { fresh, resumed } origin_ = Origin::fresh;
  std::int64_t requests_ = 0;
  std::int64_t most_dropped_ = 0;
  std::vector<Hole> holes_;
  std::vector<Hole> standing_;
  std::vector<Hole> healed_;
};

}  // namespace tallyman::sync
