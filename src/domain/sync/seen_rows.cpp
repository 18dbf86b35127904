#include "domain/sync/seen_rows.h"

#include <algorithm>

namespace tallyman::sync {

std::optional<Novelty> SeenRows::take(const RowFact& row) {
  if (!row.id) {
    const bool known = row.fingerprint != 0 && !without_id_.insert(row.fingerprint).second;
    if (known) return std::nullopt;
    ++distinct_;
    ++without_id_count_;
    return Novelty::first;
  }
  const auto [at, is_new] = by_id_.try_emplace(
      *row.id,
      Version{.first_stamp = row.stamp, .stamp = row.stamp, .fingerprint = row.fingerprint});
  if (is_new) {
    ++distinct_;
    return Novelty::first;
  }
  Version& known = at->second;
  if (!replaces(row, known)) return std::nullopt;
  known.stamp = row.stamp;
  known.fingerprint = row.fingerprint;
  return Novelty::newer;
}

bool SeenRows::replaces(const RowFact& row, const Version& known) const {
  if (row.stamp == known.stamp) {
    return row.fingerprint != 0 && known.fingerprint != 0 && row.fingerprint != known.fingerprint;
  }
  if (!row.stamp) return false;
  if (!known.stamp) return true;
  // In an hour that the clock shows twice a later stamp may read as an earlier one: the later
  // observation wins.
  const auto repeated = [&](Instant at) { return hour_ && at >= hour_->first && at < hour_->end; };
  if (repeated(*row.stamp) && repeated(*known.stamp)) return true;
  return *row.stamp > *known.stamp;
}

std::int64_t SeenRows::within(Instant from, Instant until) const {
  const auto counted = [&](const auto& entry) {
    const Version& version = entry.second;
    if (version.origin == Origin::restored) return false;
    return !version.first_stamp || (*version.first_stamp >= from && *version.first_stamp <= until);
  };
  return restored_within_ + without_id_count_ +
         std::count_if(by_id_.begin(), by_id_.end(), counted);
}

std::vector<RowFact> SeenRows::since(Instant from) const {
  std::vector<RowFact> rows;
  for (const auto& [id, version] : by_id_) {
    if (!version.stamp || *version.stamp < from) continue;
    rows.push_back({.id = id, .stamp = version.stamp, .fingerprint = version.fingerprint});
  }
  std::ranges::sort(rows, {}, &RowFact::id);
  return rows;
}

void SeenRows::restore(const std::vector<RowFact>& border, std::int64_t distinct,
                       std::int64_t within) {
  for (const RowFact& row : border) {
    if (!row.id) continue;
    by_id_[*row.id] = Version{.first_stamp = row.stamp,
                              .stamp = row.stamp,
                              .fingerprint = row.fingerprint,
                              .origin = Origin::restored};
  }
  distinct_ = distinct;
  restored_within_ = within;
}

}  // namespace tallyman::sync
