#include "domain/sync/watermark.h"

#include <algorithm>

#include <fmt/format.h>

namespace tallyman::sync {
namespace {

using namespace std::chrono_literals;

constexpr Micros kFutureAllowed = 1h;
constexpr Micros kSkewWarned = 30s;
constexpr Micros kSkewRefused = 1h;
constexpr Instant kOldest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

// Why the instant cannot be a watermark; empty when it can.
std::string_view wrong(Instant at, Instant now) {
  if (at < kOldest) return "lies before the year 2000";
  if (at > now + kFutureAllowed) return "lies in the future";
  return {};
}

}  // namespace

Watermark seeded(Instant now, int seed_days, std::string_view why) {
  const int days = std::clamp(seed_days, kSeedDaysLeast, kSeedDaysMost);
  const Instant at = now - std::chrono::days{days};
  return {.at = at,
          .read_until = std::nullopt,
          .origin = WatermarkOrigin::seeded,
          .warning = fmt::format("The watermark {}. Reading begins {} days back, at {}.", why, days,
                                 to_text(at))};
}

Watermark load_watermark(const std::optional<StoredWatermark>& stored, Instant now, int seed_days) {
  if (!stored || (stored->text.empty() && !stored->watermark_us)) {
    return seeded(now, seed_days, "is missing");
  }
  std::optional<Instant> text;
  if (!stored->text.empty()) {
    const auto parsed = instant_from_text(stored->text);
    if (!parsed) return seeded(now, seed_days, "is unreadable");
    text = *parsed;
  }
  std::optional<Instant> exact;
  if (stored->watermark_us) exact = from_micros(*stored->watermark_us);

  Watermark watermark;
  const bool text_counts = text && (!exact || *text < *exact);
  watermark.origin = text_counts ? WatermarkOrigin::text : WatermarkOrigin::stored;
  watermark.at = text_counts ? *text : *exact;
  if (const auto why = wrong(watermark.at, now); !why.empty()) return seeded(now, seed_days, why);
  if (text_counts && exact) {
    watermark.warning = fmt::format(
        "The watermark's text was set back to {}: reading begins there.", to_text(watermark.at));
  } else if (text && exact && *text != *exact) {
    watermark.warning = "The watermark's text is later than its microseconds, which are used.";
  }
  // Who sets the text back wants what lies behind it read again, however far a run got since.
  if (text_counts || !stored->read_until_us) return watermark;
  const Instant until = from_micros(*stored->read_until_us);
  if (wrong(until, now).empty()) {
    watermark.read_until = until;
  } else {
    watermark.warning = "read_until is not a time that can be right and is ignored.";
  }
  return watermark;
}

StoredWatermark to_stored(Instant watermark, std::optional<Instant> read_until) {
  StoredWatermark stored{.watermark_us = to_micros(watermark), .read_until_us = {}, .text = {}};
  if (read_until) stored.read_until_us = to_micros(*read_until);
  stored.text = to_text(watermark);
  return stored;
}

Instant lower_bound(Instant watermark, std::optional<Instant> read_until, Instant now,
                    const Zone& zone, const ReadPolicy& policy) {
  const Instant from = std::max(watermark, read_until.value_or(watermark)) - policy.overlap;
  const auto hour = zone.repeated_hour(from, std::max(from, now));
  if (!hour) return from;
  return std::min(from, hour->first - 1s);
}

Instant next_watermark(Instant old, std::optional<Instant> newest_disposed, Instant hi) {
  if (!newest_disposed) return old;
  return std::max(old, std::min(*newest_disposed, hi));
}

Instant next_read_until(std::optional<Instant> old, Instant hi) {
  return std::max(old.value_or(hi), hi);
}

Skew judge_skew(Instant source, Instant ours) {
  const Micros ahead = source - ours;
  const Micros size = std::chrono::abs(ahead);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(size).count();
  const auto* direction = ahead > Micros{0} ? "ahead of" : "behind";
  if (size > kSkewRefused) {
    return {SkewVerdict::refuse, ahead,
            fmt::format("The source's clock is {} s {} ours, more than an hour: the watermark does "
                        "not move until the clocks agree.",
                        seconds, direction)};
  }
  if (size > kSkewWarned) {
    return {SkewVerdict::widen, ahead,
            fmt::format("The source's clock is {} s {} ours: the overlap is widened by that.",
                        seconds, direction)};
  }
  return {SkewVerdict::fine, ahead, {}};
}

ReadPolicy widened(ReadPolicy policy, const Skew& skew) {
  if (skew.verdict == SkewVerdict::widen) policy.overlap += std::chrono::abs(skew.ahead);
  return policy;
}

}  // namespace tallyman::sync
