#include "domain/sync/hole.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/sync/bounds.h"

namespace tallyman::sync {
namespace {

std::string neighbour(const RowFact& row) {
  const std::string id = row.id ? fmt::format("{}", *row.id) : "a row without id";
  return row.stamp ? fmt::format("{} ({})", id, to_text(*row.stamp)) : id;
}

bool same_row(const std::optional<RowFact>& one, const std::optional<RowFact>& other) {
  return one && other && one->id && one->id == other->id;
}

bool same_hole(const Hole& one, const Hole& other) {
  return one.key == other.key || same_row(one.before, other.before) ||
         same_row(one.after, other.after);
}

}  // namespace

std::string describe(const Hole& hole) {
  std::string text =
      hole.rows == 1 ? "1 unreadable row" : fmt::format("{} unreadable rows", hole.rows);
  if (hole.before) text += " after " + neighbour(*hole.before);
  if (hole.after) text += (hole.before ? " and before " : " before ") + neighbour(*hole.after);
  return text + fmt::format(", position {} between {} and {}", hole.position, to_text(hole.from),
                            to_text(hole.to));
}

void Holes::place(std::vector<KnownHole> known, Instant lo, Instant anchor) {
  for (KnownHole& each : known) {
    const Instant end = bound_after_window(each.hole.to);
    if (end > anchor) {
      ahead_.push_back(std::move(each.hole));
    } else if (end <= lo && each.probe == Probe::due) {
      below_.push_back(std::move(each.hole));
    }
  }
  std::ranges::stable_sort(ahead_, {}, &Hole::from);
}

std::optional<Instant> Holes::ahead() const {
  if (ahead_.empty()) return std::nullopt;
  return ahead_.front().from;
}

HoleWindow Holes::enter() {
  check(!ahead_.empty(), "a window around known holes needs one");
  const Hole& first = ahead_.front();
  HoleWindow window{.from = first.from, .to = first.to, .expected = {}, .listed = first.listed};
  // Only the first one's position counts from where the window begins.
  for (std::int64_t i = 0; i < first.rows; ++i) window.expected.push_back(first.position + i);
  std::size_t taken = 0;
  for (; taken < ahead_.size() && ahead_[taken].from <= window.to; ++taken) {
    window.to = std::max(window.to, ahead_[taken].to);
  }
  settling_.assign(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(taken));
  ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(taken));
  return window;
}

void Holes::left(std::vector<Hole> found) {
  recognise(settling_, found);
  settling_.clear();
  for (const Hole& hole : found) add(hole);
}

void Holes::add(const Hole& hole) {
  const auto known =
      std::ranges::find_if(found_, [&](const Hole& other) { return same_hole(hole, other); });
  if (known == found_.end()) {
    found_.push_back(hole);
    return;
  }
  Hole merged = hole;
  merged.key = known->key;
  if (!merged.after) {
    merged.after = known->after;
    merged.to = known->to;
  }
  if (!merged.before) {
    merged.before = known->before;
    merged.from = known->from;
    merged.position = known->position;
    merged.listed = known->listed;
  }
  *known = std::move(merged);
}

const Hole* Holes::below() const { return below_.empty() ? nullptr : &below_.front(); }

void Holes::below_left(std::vector<Hole> found) {
  check(!below_.empty(), "a probe below the window needs a hole");
  const std::vector<Hole> known{below_.front()};
  below_.erase(below_.begin());
  recognise(known, found);
  standing_.insert(standing_.end(), found.begin(), found.end());
}

std::int64_t Holes::rows_found() const {
  return std::accumulate(found_.begin(), found_.end(), std::int64_t{0},
                         [](std::int64_t sum, const Hole& hole) { return sum + hole.rows; });
}

void Holes::recognise(const std::vector<Hole>& known, std::vector<Hole>& found) {
  std::vector<Hole*> unnamed;
  for (Hole& hole : found) unnamed.push_back(&hole);
  std::vector<const Hole*> missing;
  for (const Hole& hole : known) {
    const auto same =
        std::ranges::find_if(unnamed, [&](const Hole* other) { return same_hole(hole, *other); });
    if (same == unnamed.end()) {
      missing.push_back(&hole);
      continue;
    }
    (*same)->key = hole.key;
    unnamed.erase(same);
  }
  // A neighbour may have been modified away meanwhile: the same trouble under another name.
  for (const Hole* hole : missing) {
    if (unnamed.empty()) {
      healed_.push_back(*hole);
    } else {
      unnamed.front()->key = hole->key;
      unnamed.erase(unnamed.begin());
    }
  }
}

}  // namespace tallyman::sync
