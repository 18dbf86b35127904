// How far a stream has provably been read, where the next pass begins, and when the watermark may
// not be trusted or moved.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/sync/read_policy.h"

namespace tallyman::sync {

// One row of sync_watermark. The truth is in microseconds (UTC); the text is for people and for
// scripts that know nothing else.
struct StoredWatermark {
  std::optional<std::int64_t> watermark_us{};
  std::optional<std::int64_t> read_until_us{};
  std::string text{};  // last_sync_timestamp
};

enum class WatermarkOrigin {
  stored,
  text,    // only the text was there, or it was set back by hand
  seeded,  // missing, corrupt or in the future: begins some days back
};

struct Watermark {
  Instant at{};
  std::optional<Instant> read_until{};
  WatermarkOrigin origin = WatermarkOrigin::stored;
  std::string warning{};  // empty unless a person should know
};

inline constexpr int kSeedDaysLeast = 14;
inline constexpr int kSeedDaysMost = 30;

// The earlier of text and microseconds counts: reading again costs requests, skipping costs orders.
// `now` is the source's time where known, else ours. `seed_days` outside 14 to 30 is brought
// inside.
Watermark load_watermark(const std::optional<StoredWatermark>& stored, Instant now,
                         int seed_days = kSeedDaysMost);

// A watermark some days back, with the warning that says why ("lies in the future").
Watermark seeded(Instant now, int seed_days, std::string_view why);

// What to store: both columns and the text.
StoredWatermark to_stored(Instant watermark, std::optional<Instant> read_until);

// Where the next pass begins: max(watermark, read_until) - overlap; when [that, now] touches an
// hour that the zone's clocks show twice, no later than one second before that hour.
Instant lower_bound(Instant watermark, std::optional<Instant> read_until, Instant now,
                    const Zone& zone, const ReadPolicy& policy);

// Never backwards, never beyond the frozen upper bound. `newest_disposed`: the newest sort key of a
// row that was applied, unchanged, skipped or quarantined.
Instant next_watermark(Instant old, std::optional<Instant> newest_disposed, Instant hi);
// The same for read_until, which becomes the upper bound of the last good pass.
Instant next_read_until(std::optional<Instant> old, Instant hi);

enum class SkewVerdict {
  fine,
  widen,   // more than 30 s: warn and widen the overlap by the skew
  refuse,  // more than 1 h: neither watermark nor read_until may move
};

struct Skew {
  SkewVerdict verdict = SkewVerdict::fine;
  Micros ahead{};         // source minus ours
  std::string because{};  // empty when fine
};

Skew judge_skew(Instant source, Instant ours);
// The policy with its overlap widened by the skew, when the verdict asks for it.
ReadPolicy widened(ReadPolicy policy, const Skew& skew);

}  // namespace tallyman::sync
