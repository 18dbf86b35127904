// Which rows a pass has handed over already: the memory behind "dedupe by id, the latest wins".
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/sync/page.h"

namespace tallyman::sync {

class SeenRows {
 public:
  explicit SeenRows(std::optional<RepeatedHour> hour = std::nullopt) : hour_(hour) {}

  // Remembers the row; answers whether it must be handed over.
  std::optional<Novelty> take(const RowFact& row);

  std::int64_t distinct() const { return distinct_; }
  // Distinct rows whose stamp, when first taken, lay in [from, until]; rows without stamp or
  // without id count, and those restored from a checkpoint as counted then.
  std::int64_t within(Instant from, Instant until) const;
  // Rows stamped at or after `from`, ascending by id.
  std::vector<RowFact> since(Instant from) const;
  // Goes on from a checkpoint: `border` rows are known, the counts already include them.
  void restore(const std::vector<RowFact>& border, std::int64_t distinct, std::int64_t within);

 private:
  enum class Origin { taken, restored };
  struct Version {
    std::optional<Instant> first_stamp;
    std::optional<Instant> stamp;
    std::uint64_t fingerprint = 0;
    Origin origin = Origin::taken;
  };
  bool replaces(const RowFact& row, const Version& known) const;

  std::optional<RepeatedHour> hour_;
  std::unordered_map<std::int64_t, Version> by_id_;
  std::unordered_set<std::uint64_t> without_id_;
  std::int64_t distinct_ = 0;
  std::int64_t without_id_count_ = 0;
  std::int64_t restored_within_ = 0;
};

}  // namespace tallyman::sync
