#include "domain/sync/reader.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/sync/bounds.h"

namespace tallyman::sync {
namespace {

using namespace std::chrono_literals;

std::int64_t listed(const Answer& answer) {
  return static_cast<std::int64_t>(answer.rows.size() + answer.dropped);
}

}  // namespace

Reader::Reader(ReadPolicy policy, Start start)
    : policy_(std::move(policy)),
      lo_(outside_hour_down(start.repeated_hour, bound_below(start.from))),
      now_(start.now),
      hour_(start.repeated_hour),
      anchor_(lo_),
      seen_(start.repeated_hour) {
  holes_.place(std::move(start.holes), lo_, anchor_);
  go_forward();
}

Reader::Reader(ReadPolicy policy, Start start, Checkpoint checkpoint)
    : policy_(std::move(policy)),
      lo_(checkpoint.lo),
      now_(start.now),
      hour_(start.repeated_hour),
      hi_(checkpoint.hi),
      largest_total_(checkpoint.largest_total),
      anchor_(checkpoint.anchor),
      seen_(start.repeated_hour) {
  seen_.restore(checkpoint.border, checkpoint.received, checkpoint.received_within);
  holes_.restore(std::move(checkpoint.holes));
  holes_.place(std::move(start.holes), lo_, anchor_);
  go_forward();
}

std::optional<Ask> Reader::next() const {
  switch (stage_) {
    case Stage::forward:
      return Ask{.from = anchor_,
                 .to = forward_to(),
                 .page = page_,
                 .page_size = policy_.page_size,
                 .purpose = AskFor::page};
    case Stage::sweep: return sweep_->next();
    case Stage::probe_below: {
      const Hole& hole = *holes_.below();
      return Ask{.from = hole.from,
                 .to = hole.to,
                 .page = static_cast<int>(hole.position),
                 .page_size = 1,
                 .purpose = AskFor::probe};
    }
    case Stage::recount:
      return Ask{.from = lo_,
                 .to = recount_to(),
                 .page = page_,
                 .page_size = 1,
                 .purpose = AskFor::recount};
    case Stage::over: return std::nullopt;
  }
  return std::nullopt;
}

// Up to a known hole, else without upper bound: what comes in late is seen as early as possible.
std::optional<Instant> Reader::forward_to() const {
  const auto ahead = holes_.ahead();
  if (!ahead) return std::nullopt;
  return *ahead + 1s;
}

Instant Reader::recount_to() const { return outside_hour_down(hour_, second_of(*hi_)); }

std::vector<Kept> Reader::answered(const Answer& answer) {
  const auto ask = next();
  check(ask.has_value(), "an answer belongs to a request");
  ++requests_;
  last_ = Last::answered;
  if (!fits(answer, *ask)) return {};
  freeze(answer);
  // The row that comes along with a recount was handed over before, if only before a crash.
  std::vector<Kept> kept = stage_ == Stage::recount ? std::vector<Kept>{} : keep(answer);
  switch (stage_) {
    case Stage::forward: forward_answered(answer); break;
    case Stage::sweep:
      sweep_->answered(answer);
      sweep_moved();
      break;
    case Stage::probe_below:
      // Readable, or other rows have moved up: only the whole window tells.
      sweep(SweepFor::below, holes_.below()->from, holes_.below()->to);
      break;
    case Stage::recount:
      recounted_ = answer.total;
      finish();
      break;
    case Stage::over: break;
  }
  if (stage_ != Stage::over && requests_ >= policy_.ask_limit) {
    fail(Trouble::endless, fmt::format("the pass did not end within {} requests", requests_));
  }
  return kept;
}

void Reader::refused() {
  check(next().has_value(), "a refusal belongs to a request");
  ++requests_;
  last_ = Last::refused;
  switch (stage_) {
    case Stage::forward:
      if (policy_.anchoring == Anchoring::by_page_number) {
        fail(Trouble::outage, fmt::format("page {} was refused", page_));
      } else {
        sweep(SweepFor::page, anchor_, forward_to());
      }
      return;
    case Stage::sweep:
      sweep_->refused();
      sweep_moved();
      return;
    case Stage::probe_below:
      holes_.below_left({*holes_.below()});
      listing_ended();
      return;
    case Stage::recount:
      // An unreadable row on the way to the total: any other page tells it as well.
      if (++page_ > policy_.probe_limit) finish();
      return;
    case Stage::over: return;
  }
}

void Reader::freeze(const Answer& answer) {
  served_at_ = answer.served_at.value_or(now_);
  if (!hi_) hi_ = *served_at_ - policy_.settle;
  // Only a first answer for all of the window counts what the pass must receive.
  if (!largest_total_ && stage_ == Stage::forward && !holes_.ahead() && anchor_ == lo_)
    first_total_ = answer.total;
  largest_total_ = std::max(largest_total_.value_or(0), answer.total);
}

bool Reader::fits(const Answer& answer, const Ask& ask) {
  const auto wrong = misfit(answer, ask, hour_);
  if (!wrong) return true;
  switch (*wrong) {
    case Misfit::descends:
      fail(Trouble::disordered,
           fmt::format("page {} is not in ascending order of {}", requests_, policy_.sort_key));
      break;
    case Misfit::outside_bounds:
      fail(Trouble::filter_ignored,
           fmt::format("page {} lists rows outside the window asked for: the source ignored the "
                       "bounds of {}, or the account's time zone is set wrongly",
                       requests_, policy_.sort_key));
      break;
  }
  return false;
}

std::vector<Kept> Reader::keep(const Answer& answer) {
  most_dropped_ = std::max(most_dropped_, static_cast<std::int64_t>(answer.dropped));
  std::vector<Kept> kept;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    if (const auto novelty = seen_.take(answer.rows[i])) kept.push_back({i, *novelty});
  }
  return kept;
}

void Reader::forward_answered(const Answer& answer) {
  const std::int64_t rows = listed(answer);
  if (policy_.anchoring == Anchoring::by_page_number) {
    if (rows < policy_.page_size) {
      section_ended();
    } else {
      ++page_;
    }
    return;
  }
  if (rows == 0 && answer.total > 0) {
    fail(Trouble::unreadable,
         fmt::format("page {} is empty although {} rows are counted", requests_, answer.total));
    return;
  }
  const auto last = last_stamped(answer.rows);
  if (last) last_row_ = last;
  // A page may be short because the server caps it: the total says whether more follows.
  if (rows < policy_.page_size && answer.total <= rows) {
    section_ended();
  } else if (!last) {
    fail(Trouble::unreadable,
         fmt::format("page {} has no row with a readable {}", requests_, policy_.sort_key));
  } else if (*last->stamp > *hi_) {
    listing_ended();
  } else {
    go_on_after(*last->stamp);
  }
}

// Everything up to `stamp` is read, except rows of its own second.
void Reader::go_on_after(Instant stamp) {
  const Instant next = bound_below(stamp);
  if (repeated(hour_, next)) {
    sweep(SweepFor::window, outside_hour_down(hour_, next), outside_hour_up(hour_, next));
  } else if (next <= anchor_) {
    sweep(SweepFor::window, anchor_, outside_hour_up(hour_, bound_above(stamp)));
  } else {
    anchor_ = next;
    go_forward();
  }
}

// On from the anchor; a known hole that begins there is read around first.
void Reader::go_forward() {
  stage_ = Stage::forward;
  const auto ahead = holes_.ahead();
  if (ahead && *ahead <= anchor_) section_ended();
}

void Reader::sweep(SweepFor purpose, Instant from, std::optional<Instant> to,
                   const HoleWindow& known) {
  stage_ = Stage::sweep;
  sweep_for_ = purpose;
  sweep_from_ = from;
  sweep_to_ = to;
  const Extent extent = purpose == SweepFor::page ? Extent::first_block : Extent::all;
  sweep_.emplace(policy_, from, to, extent, known.expected, known.listed);
}

void Reader::sweep_moved() {
  switch (sweep_->end()) {
    case SweepEnd::reading: return;
    case SweepEnd::outage:
      fail(Trouble::outage,
           fmt::format("every smaller request of the window that begins at {} was refused as well: "
                       "an outage of the source, not a bad row",
                       to_text(sweep_from_)));
      return;
    case SweepEnd::too_many_probes:
      fail(Trouble::unreadable,
           fmt::format("an unreadable row in the window that begins at {} was not found within {} "
                       "requests",
                       to_text(sweep_from_), policy_.probe_limit));
      return;
    case SweepEnd::done: break;
  }
  const Sweep swept = *std::exchange(sweep_, std::nullopt);
  std::vector<Hole> found = holes_of(swept);
  if (sweep_for_ == SweepFor::below) {
    holes_.below_left(std::move(found));
    listing_ended();
    return;
  }
  if (sweep_for_ == SweepFor::known_holes) {
    holes_.left(std::move(found));
  } else {
    for (const Hole& hole : found) holes_.add(hole);
  }
  if (holes_.rows_found() > policy_.hole_limit) {
    fail(Trouble::unreadable, fmt::format("more than {} rows cannot be read: the source is in "
                                          "trouble, nothing was quarantined",
                                          policy_.hole_limit));
  } else if (sweep_for_ == SweepFor::page) {
    page_swept(swept);
  } else {
    window_swept(swept);
  }
}

void Reader::page_swept(const Sweep& swept) {
  if (*swept.total() <= swept.top()) {
    if (const auto last = swept.last_row()) last_row_ = last;
    section_ended();
    return;
  }
  const auto covered = swept.last_row();
  if (!covered) {
    fail(Trouble::unreadable,
         fmt::format("no row after {} has a readable {}", to_text(anchor_), policy_.sort_key));
    return;
  }
  last_row_ = covered;
  if (*covered->stamp > *hi_) {
    listing_ended();
  } else {
    go_on_after(*covered->stamp);
  }
}

void Reader::window_swept(const Sweep& swept) {
  if (const auto last = swept.last_row()) last_row_ = last;
  anchor_ = std::max(anchor_, bound_after_window(*sweep_to_));
  if (anchor_ > *hi_) {
    listing_ended();
  } else {
    go_forward();
  }
}

std::vector<Hole> Reader::holes_of(const Sweep& swept) const {
  std::vector<Hole> holes;
  for (const Refused& refused : swept.holes()) {
    Hole hole;
    hole.rows = refused.rows;
    hole.before = refused.before ? refused.before : row_before(refused);
    hole.after = refused.after;
    const bool begins = hole.before && hole.before->stamp;
    const bool ends = hole.after && hole.after->stamp;
    // A second more than a bound needs, so that the stretch before can end there (forward_to()).
    hole.from = begins ? bound_below(*hole.before->stamp) - 1s : sweep_from_;
    hole.to = ends ? bound_above(*hole.after->stamp) : sweep_to_.value_or(bound_above(*served_at_));
    hole.from = outside_hour_down(hour_, hole.from);
    hole.to = outside_hour_up(hour_, std::max(hole.to, hole.from + 4s));
    hole.position = swept.rows_between(hole.from, refused.position) + 1;
    hole.listed = hole.position + refused.rows;
    hole.key = hole.before && hole.before->id ? fmt::format("after {}", *hole.before->id)
                                              : fmt::format("first since {}", to_text(hole.from));
    holes.push_back(std::move(hole));
  }
  return holes;
}

// The neighbour of a hole that comes first in its window: the last row read before that window.
std::optional<RowFact> Reader::row_before(const Refused& refused) const {
  if (!last_row_ || sweep_for_ == SweepFor::below) return std::nullopt;
  const bool behind = refused.after && refused.after->stamp <= last_row_->stamp;
  return behind ? std::nullopt : last_row_;
}

// The stretch before the next known hole is read, or the list has ended.
void Reader::section_ended() {
  if (!holes_.ahead()) {
    listing_ended();
    return;
  }
  page_ = 1;
  const HoleWindow window = holes_.enter();
  sweep(SweepFor::known_holes, window.from, window.to, window);
}

void Reader::listing_ended() {
  if (holes_.below() != nullptr) {
    stage_ = Stage::probe_below;
    return;
  }
  const ReadTally so_far = tally();
  const bool proven = first_total_ && *first_total_ <= so_far.received_of_total;
  if (proven || recount_to() <= lo_) {
    finish();
    return;
  }
  page_ = 1;
  stage_ = Stage::recount;
}

void Reader::finish() {
  stage_ = Stage::over;
  outcome_ = Outcome::complete;
}

void Reader::fail(Trouble trouble, std::string what) {
  stage_ = Stage::over;
  outcome_ = Outcome::broken;
  broken_ = Broken{.trouble = trouble, .what = std::move(what)};
}

std::optional<Checkpoint> Reader::checkpoint() const {
  if (stage_ != Stage::forward || last_ != Last::answered || page_ != 1) {
    return std::nullopt;
  }
  return Checkpoint{.lo = lo_,
                    .hi = *hi_,
                    .anchor = anchor_,
                    .largest_total = largest_total_.value_or(0),
                    .received = seen_.distinct(),
                    .received_within = seen_.within(lo_ - 1s, *hi_),
                    .border = seen_.since(anchor_),
                    .holes = holes_.found()};
}

ReadTally Reader::tally() const {
  const Instant hi = hi_.value_or(now_);
  const std::int64_t in_holes = holes_.rows_found();
  const std::int64_t beside = in_holes + most_dropped_;
  const Instant until = recounted_ ? hi : Instant::max();
  return {.from = lo_,
          .until = hi,
          .total = recounted_.value_or(first_total_.value_or(largest_total_.value_or(0))),
          .received_of_total = seen_.within(lo_ - 1s, until) + beside,
          .received = seen_.distinct() + in_holes,
          .in_holes = in_holes,
          .requests = requests_};
}

}  // namespace tallyman::sync
