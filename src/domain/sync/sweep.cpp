#include "domain/sync/sweep.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "domain/base/check.h"

namespace tallyman::sync {
namespace {

std::int64_t power_of_two_within(int page_size) {
  check(page_size >= 1, "a page has at least one row");
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(page_size)));
}

std::int64_t power_of_two_over(std::int64_t rows) {
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(rows)));
}

// The largest power of two that divides `offset`: how long a block may be that begins there.
std::int64_t alignment(std::int64_t offset) { return offset & -offset; }

}  // namespace

Sweep::Sweep(const ReadPolicy& policy, std::optional<Instant> from, std::optional<Instant> to,
             Extent extent, std::vector<std::int64_t> expected, std::int64_t listed)
    : from_(from),
      to_(to),
      extent_(extent),
      // The first block of a longer list must be read from its end: see last_row().
      order_(extent == Extent::first_block ? WindowOrder::from_the_end : policy.window_order),
      probe_limit_(policy.probe_limit),
      largest_(power_of_two_within(policy.page_size)),
      expected_(std::move(expected)) {
  top_ = largest_;
  if (!expected_.empty()) {
    // Twice what was listed then, so that a block behind the known hole tells today's total.
    const std::int64_t known = std::max(listed, *std::ranges::max_element(expected_));
    top_ = std::min(largest_, 2 * power_of_two_over(std::max<std::int64_t>(known, 1)));
  }
  todo_.push_back({.first = 0, .size = top_});
  settle();
}

std::optional<Ask> Sweep::next() const {
  if (end_ != SweepEnd::reading) return std::nullopt;
  const Block& block = todo_.back();
  const bool isolating =
      extent_ == Extent::first_block || block.size < largest_ || !expected_.empty();
  return Ask{.from = from_,
             .to = to_,
             .page = static_cast<int>(block.first / block.size) + 1,
             .page_size = static_cast<int>(block.size),
             .purpose = isolating ? AskFor::probe : AskFor::page};
}

void Sweep::answered(const Answer& answer) {
  check(end_ == SweepEnd::reading, "an answer belongs to a request");
  const Block block = todo_.back();
  todo_.pop_back();
  refused_in_a_row_ = 0;
  probes_ = block.size == largest_ ? 0 : probes_ + 1;

  const auto listed = static_cast<std::int64_t>(answer.rows.size() + answer.dropped);
  const std::int64_t total = std::max(answer.total, listed == 0 ? 0 : block.first + listed);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    rows_[block.first + static_cast<std::int64_t>(i) + 1] = answer.rows[i];
  }
  // The other half of a page that was refused must be the bad one: no need to ask for all of it.
  if (block.of_refused && !todo_.empty() && todo_.back().of_refused &&
      todo_.back().first == (block.first ^ block.size) && todo_.back().size == block.size) {
    todo_.back().refused = true;
  }
  total_ = total;
  if (extent_ == Extent::all && total > top_) grow(total);
  settle();
  if (end_ == SweepEnd::reading && probes_ > probe_limit_) end_ = SweepEnd::too_many_probes;
}

void Sweep::refused() {
  check(end_ == SweepEnd::reading, "a refusal belongs to a request");
  Block block = todo_.back();
  todo_.pop_back();
  ++probes_;
  if (++refused_in_a_row_ >= probe_limit_) {
    end_ = SweepEnd::outage;
    return;
  }
  if (block.size == 1) {
    refused_.push_back(block.first + 1);
    probes_ = 0;
  } else {
    block.refused = true;
    push_halves(block);
  }
  settle();
  if (end_ == SweepEnd::reading && probes_ > probe_limit_) end_ = SweepEnd::too_many_probes;
}

void Sweep::push_halves(Block block) {
  const std::int64_t half = block.size / 2;
  const Block left{.first = block.first, .size = half, .of_refused = block.refused};
  const Block right{.first = block.first + half, .size = half, .of_refused = block.refused};
  const bool from_the_end = order_ == WindowOrder::from_the_end;
  todo_.push_back(from_the_end ? left : right);
  todo_.push_back(from_the_end ? right : left);
}

// More rows are listed than were thought to be. Read from the end, all begins again with what was
// learnt, because a row that moves up from beyond would land in a block that is done already.
void Sweep::grow(std::int64_t total) {
  std::vector<Block> blocks;
  const bool again = order_ == WindowOrder::from_the_end;
  if (again) blocks.push_back({.first = 0, .size = std::min(top_, largest_)});
  std::int64_t begin = again ? blocks.back().size : top_;
  while (begin < total) {
    blocks.push_back({.first = begin, .size = std::min(alignment(begin), largest_)});
    begin += blocks.back().size;
  }
  top_ = begin;
  if (again) {
    expected_.insert(expected_.end(), refused_.begin(), refused_.end());
    refused_.clear();
    rows_.clear();
    todo_ = std::move(blocks);
  } else {
    todo_.insert(todo_.begin(), blocks.rbegin(), blocks.rend());
  }
}

// Leaves at the back of `todo_` the next block worth asking for, or ends.
void Sweep::settle() {
  while (!todo_.empty()) {
    const Block block = todo_.back();
    if (total_ && block.first >= *total_) {
      todo_.pop_back();
      continue;
    }
    if (halves_at_the_end(block)) continue;
    const auto inside = [&](std::int64_t position) {
      return position > block.first && position <= block.first + block.size;
    };
    if (block.size == 1 || !(block.refused || std::ranges::any_of(expected_, inside))) return;
    todo_.pop_back();
    push_halves(block);
  }
  end_ = total_ ? SweepEnd::done : SweepEnd::outage;
}

// While closing in on a row, the half of a block that lies beyond the list is not worth a request.
// It stays in the queue when read from the start, where it may have rows by the time it is reached.
bool Sweep::halves_at_the_end(Block block) {
  const std::int64_t half = block.size / 2;
  const bool closing_in = block.refused || block.of_refused || !expected_.empty();
  if (!closing_in || !total_ || half == 0 || block.first + half < *total_) return false;
  todo_.pop_back();
  if (order_ == WindowOrder::from_the_start) {
    todo_.push_back({.first = block.first + half, .size = half});
  }
  block.size = half;
  todo_.push_back(block);
  return true;
}

std::vector<Refused> Sweep::holes() const {
  std::vector<std::int64_t> positions = refused_;
  std::ranges::sort(positions);
  std::vector<Refused> holes;
  for (const std::int64_t position : positions) {
    if (!holes.empty() && holes.back().position + holes.back().rows == position) {
      ++holes.back().rows;
    } else {
      holes.push_back({.position = position, .rows = 1, .before = {}, .after = {}});
    }
  }
  for (Refused& hole : holes) {
    const auto above = rows_.lower_bound(hole.position);
    if (above != rows_.begin()) hole.before = std::prev(above)->second;
    if (above != rows_.end()) hole.after = above->second;
  }
  return holes;
}

std::optional<RowFact> Sweep::last_row() const {
  const auto stamped = std::find_if(rows_.rbegin(), rows_.rend(),
                                    [](const auto& row) { return row.second.stamp.has_value(); });
  if (stamped == rows_.rend()) return std::nullopt;
  return stamped->second;
}

std::int64_t Sweep::rows_between(Instant from, std::int64_t position) const {
  return std::count_if(rows_.begin(), rows_.lower_bound(position), [&](const auto& row) {
    return row.second.stamp && *row.second.stamp > from;
  });
}

}  // namespace tallyman::sync
