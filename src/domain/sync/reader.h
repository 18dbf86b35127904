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

struct Start {
  Instant from{};                               // see lower_bound() in watermark.h
  Instant now{};                                // stands in for a missing Date header
  std::optional<RepeatedHour> repeated_hour{};  // of [from, now], if any: zone.repeated_hour()
  std::vector<KnownHole> holes{};
};

// Where an unfinished pass can go on. Rows handed over before it was taken are not handed over
// again, except those modified since.
struct Checkpoint {
  Instant lo{};                      // lower bound of the pass
  Instant hi{};                      // its frozen upper bound
  Instant anchor{};                  // the next lower bound
  std::int64_t largest_total = 0;    // see Reader::largest_total()
  std::int64_t received = 0;         // distinct rows handed over
  std::int64_t received_within = 0;  // of these, stamped no later than hi
  std::vector<RowFact> border{};     // rows at or above the anchor that were handed over
  std::vector<Hole> holes{};         // found so far
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
  std::string what{};
};

// What the proof needs (disposition.h).
struct ReadTally {
  Instant from{};
  Instant until{};                     // hi
  std::int64_t total = 0;              // the source's count: of the first answer, or of the recount
  std::int64_t received_of_total = 0;  // distinct rows that `total` may have counted
  std::int64_t received = 0;           // distinct rows handed over, and those in holes
  std::int64_t in_holes = 0;           // rows in holes of this window
  std::int64_t requests = 0;           // answered or refused
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
  // The largest total answered so far: how large the pass is going to be (slices.h).
  std::int64_t largest_total() const { return largest_total_.value_or(0); }
  // None while a window is read by position or right after a refusal: go on with the last one.
  std::optional<Checkpoint> checkpoint() const;

  // Valid when complete.
  ReadTally tally() const;
  const std::vector<Hole>& holes() const { return holes_.found(); }  // in the window of this pass
  const std::vector<Hole>& standing() const { return holes_.standing(); }  // below it, still there
  const std::vector<Hole>& healed() const { return holes_.healed(); }      // readable or gone

 private:
  enum class Stage { forward, sweep, probe_below, recount, over };
  enum class SweepFor {
    page,         // a page that was refused
    window,       // one second, or a repeated hour
    known_holes,  // around holes known from earlier runs
    below,        // a known hole below the window whose probe was answered
  };
  enum class Last { none, answered, refused };

  std::optional<Instant> forward_to() const;
  Instant recount_to() const;
  void freeze(const Answer& answer);
  bool fits(const Answer& answer, const Ask& ask);
  std::vector<Kept> keep(const Answer& answer);
  void forward_answered(const Answer& answer);
  void go_on_after(Instant stamp);
  void go_forward();
  void sweep(SweepFor purpose, Instant from, std::optional<Instant> to,
             const HoleWindow& known = {});
  void sweep_moved();
  void page_swept(const Sweep& swept);
  void window_swept(const Sweep& swept);
  std::vector<Hole> holes_of(const Sweep& swept) const;
  std::optional<RowFact> row_before(const Refused& refused) const;
  void section_ended();
  void listing_ended();
  void finish();
  void fail(Trouble trouble, std::string what);

  ReadPolicy policy_;
  Instant lo_;
  Instant now_;
  std::optional<RepeatedHour> hour_;
  std::optional<Instant> hi_;
  std::optional<Instant> served_at_;  // of the last answer
  std::optional<std::int64_t> first_total_;
  std::optional<std::int64_t> recounted_;
  std::optional<std::int64_t> largest_total_;

  Stage stage_ = Stage::forward;
  Instant anchor_;  // the lower bound being asked
  int page_ = 1;    // beside 1 only by page number and when recounting
  Last last_ = Last::none;
  std::optional<RowFact> last_row_;  // the last one read in order
  std::optional<Sweep> sweep_;
  SweepFor sweep_for_ = SweepFor::page;
  Instant sweep_from_;
  std::optional<Instant> sweep_to_;

  SeenRows seen_;
  Holes holes_;
  std::int64_t requests_ = 0;
  std::int64_t most_dropped_ = 0;
  Outcome outcome_ = Outcome::reading;
  std::optional<Broken> broken_;
};

}  // namespace tallyman::sync
