// The small rules beside the reader: watermark, proof, breaker, streams, slices, retry.
#include <gtest/gtest.h>

#include "domain/sync/breaker.h"
#include "domain/sync/disposition.h"
#include "domain/sync/retry.h"
#include "domain/sync/slices.h"
#include "domain/sync/streams.h"
#include "domain/sync/watermark.h"

namespace tallyman::sync {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) { return instant_from_text(text).value(); }
const Instant kNow = at("2026-11-20T12:00:00Z");

StoredWatermark stored(Instant watermark, std::optional<Instant> read_until = {}) {
  return to_stored(watermark, read_until);
}

TEST(WatermarkRules, AStoredWatermarkComesBackAsItWas) {
  const auto loaded = load_watermark(stored(kNow - 1h, kNow - 5min), kNow);
  EXPECT_EQ(loaded.at, kNow - 1h);
  EXPECT_EQ(loaded.read_until, kNow - 5min);
  EXPECT_EQ(loaded.origin, WatermarkOrigin::stored);
  EXPECT_EQ(loaded.warning, "");
}

TEST(WatermarkRules, AMissingCorruptOrFutureOneBeginsThirtyDaysBackWithAWarning) {
  const std::vector<std::optional<StoredWatermark>> bad{
      std::nullopt,
      StoredWatermark{},
      StoredWatermark{.watermark_us = {}, .read_until_us = {}, .text = "yesterday"},
      StoredWatermark{.watermark_us = to_micros(kNow), .read_until_us = {}, .text = "garbage"},
      StoredWatermark{.watermark_us = 0, .read_until_us = {}, .text = ""},
      StoredWatermark{.watermark_us = -5, .read_until_us = {}, .text = ""},
      stored(kNow + 61min),
  };
  for (const auto& each : bad) {
    const auto loaded = load_watermark(each, kNow);
    EXPECT_EQ(loaded.at, kNow - 30 * 24h) << (each ? each->text : "none");
    EXPECT_EQ(loaded.read_until, std::nullopt);
    EXPECT_EQ(loaded.origin, WatermarkOrigin::seeded);
    EXPECT_NE(loaded.warning, "");
  }
  EXPECT_EQ(load_watermark(stored(kNow + 59min), kNow).origin, WatermarkOrigin::stored);
}

TEST(WatermarkRules, SeedDaysAreBroughtBetweenFourteenAndThirty) {
  EXPECT_EQ(load_watermark({}, kNow, 3).at, kNow - 14 * 24h);
  EXPECT_EQ(load_watermark({}, kNow, 20).at, kNow - 20 * 24h);
  EXPECT_EQ(load_watermark({}, kNow, 90).at, kNow - 30 * 24h);
}

TEST(WatermarkRules, ATextSetBackByHandIsFollowedAndOneSetForwardIsNot) {
  StoredWatermark row = stored(kNow - 1h, kNow - 5min);
  row.text = "2026-11-18 00:00:00Z";
  const auto back = load_watermark(row, kNow);
  EXPECT_EQ(back.at, at("2026-11-18T00:00:00Z"));
  EXPECT_EQ(back.read_until, std::nullopt) << "else the pass would begin where it ended";
  EXPECT_EQ(back.origin, WatermarkOrigin::text);

  row.text = to_text(kNow - 1min);
  const auto forward = load_watermark(row, kNow);
  EXPECT_EQ(forward.at, kNow - 1h);
  EXPECT_NE(forward.warning, "");
}

TEST(WatermarkRules, ReadingBeginsAnOverlapBelowWhatIsRead) {
  const ReadPolicy policy;
  EXPECT_EQ(lower_bound(kNow - 2h, {}, kNow, Zone{}, policy), kNow - 2h - 10min);
  EXPECT_EQ(lower_bound(kNow - 2h, kNow - 5min, kNow, Zone{}, policy), kNow - 15min);
  EXPECT_EQ(lower_bound(kNow - 1min, kNow - 5min, kNow, Zone{}, policy), kNow - 11min);
}

TEST(WatermarkRules, OnAFallBackNightReadingBeginsBeforeTheRepeatedHour) {
  const Zone zone("America/Los_Angeles", {{at("2026-03-08T10:00:00Z"), -7h, "PDT"},
                                          {at("2026-11-01T09:00:00Z"), -8h, "PST"}});
  const auto begins = [&](std::string_view watermark, std::string_view now) {
    return to_text(lower_bound(at(watermark), {}, at(now), zone, {}));
  };
  const auto* before_hour = "2026-11-01T07:59:59.000000Z";
  EXPECT_EQ(begins("2026-11-01T09:40:00Z", "2026-11-01T09:45:00Z"), before_hour);
  EXPECT_EQ(begins("2026-11-01T08:20:00Z", "2026-11-01T08:30:00Z"), before_hour);
  EXPECT_EQ(begins("2026-11-01T10:09:59Z", "2026-11-01T10:15:00Z"), before_hour);
  EXPECT_EQ(begins("2026-11-01T10:10:00Z", "2026-11-01T10:15:00Z"), "2026-11-01T10:00:00.000000Z");
  EXPECT_EQ(begins("2026-11-01T07:00:00Z", "2026-11-01T08:30:00Z"), "2026-11-01T06:50:00.000000Z");
}

TEST(WatermarkRules, TheWatermarkNeverMovesBackNorBeyondTheFrozenBound) {
  EXPECT_EQ(next_watermark(kNow - 1h, kNow - 30min, kNow), kNow - 30min);
  EXPECT_EQ(next_watermark(kNow - 1h, kNow + 30min, kNow), kNow);
  EXPECT_EQ(next_watermark(kNow - 1h, kNow - 2h, kNow), kNow - 1h);
  EXPECT_EQ(next_watermark(kNow - 1h, {}, kNow), kNow - 1h);
  EXPECT_EQ(next_read_until(kNow, kNow - 1min), kNow);
  EXPECT_EQ(next_read_until({}, kNow), kNow);
}

TEST(WatermarkRules, ClocksThatDisagreeWidenTheOverlapOrStopTheWatermark) {
  EXPECT_EQ(judge_skew(kNow + 30s, kNow).verdict, SkewVerdict::fine);
  EXPECT_EQ(judge_skew(kNow - 31s, kNow).verdict, SkewVerdict::widen);
  EXPECT_EQ(judge_skew(kNow + 1h, kNow).verdict, SkewVerdict::widen);
  EXPECT_EQ(judge_skew(kNow - 1h - 1s, kNow).verdict, SkewVerdict::refuse);
  EXPECT_EQ(widened({}, judge_skew(kNow - 90s, kNow)).overlap, 11min + 30s);
  EXPECT_EQ(widened({}, judge_skew(kNow + 5s, kNow)).overlap, 10min);
  EXPECT_EQ(judge_skew(kNow - 90s, kNow).because,
            "The source's clock is 90 s behind ours: the overlap is widened by that.");
}

TEST(ProofRules, EveryRowHasExactlyOneEnd) {
  Counts counts;
  counts.add(Disposition::applied);
  counts.add(Disposition::unchanged);
  counts.add(Disposition::skipped, "not ours");
  counts.add(Disposition::skipped, "not ours");
  counts.add(Disposition::skipped, "no key SKU");
  counts.add(Disposition::quarantined);
  counts.add(Disposition::deferred);
  EXPECT_EQ(counts.sum(), 7);
  EXPECT_EQ(counts.skipped.at("not ours"), 2);
  ReadTally tally;
  tally.total = 7;
  tally.received_of_total = tally.received = 7;
  EXPECT_EQ(prove(tally, counts).proven, Proven::yes);
}

TEST(ProofRules, WhatDoesNotAddUpIsSaidInWords) {
  Counts counts;
  counts.applied = 4;
  const ReadTally tally{.from = kNow - 1h,
                        .until = kNow,
                        .total = 7,
                        .received_of_total = 5,
                        .received = 5,
                        .in_holes = 0,
                        .requests = 1};
  const Proof proof = prove(tally, counts);
  EXPECT_EQ(proof.proven, Proven::no);
  ASSERT_EQ(proof.gaps.size(), 2U);
  EXPECT_EQ(proof.gaps[0],
            "the source counts 7 rows between 2026-11-20T11:00:00.000000Z and "
            "2026-11-20T12:00:00.000000Z, 5 were received: 2 missing");
  EXPECT_EQ(proof.gaps[1],
            "5 rows were received, but 4 accounted for: 4 applied, 0 unchanged, 0 skipped, 0 "
            "quarantined, 0 deferred");
}

TEST(ProofRules, OnlyADeferredRowHoldsTheWatermark) {
  EXPECT_EQ(disposed(Disposition::deferred), Disposed::no);
  for (const auto disposition : {Disposition::applied, Disposition::unchanged, Disposition::skipped,
                                 Disposition::quarantined}) {
    EXPECT_EQ(disposed(disposition), Disposed::yes) << word(disposition);
  }
}

TEST(BreakerRules, AFewBadRowsAreQuarantinedAndManyAreTheSourcesFault) {
  const auto trips = [](std::int64_t batch, std::map<std::string, std::int64_t> classes) {
    return systemic({.batch = batch, .by_class = std::move(classes)}).has_value();
  };
  EXPECT_FALSE(trips(20, {{"a", 20}}));
  EXPECT_TRUE(trips(21, {{"a", 21}}));
  EXPECT_TRUE(trips(400, {{"a", 11}, {"b", 10}}));
  EXPECT_FALSE(trips(1'000, {{"a", 50}}));
  EXPECT_TRUE(trips(1'000, {{"a", 51}}));
  EXPECT_FALSE(trips(10'000, {{"a", 100}, {"b", 100}}));
  EXPECT_TRUE(trips(10'000, {{"a", 101}}));
  EXPECT_FALSE(trips(0, {}));
}

TEST(StreamRules, AnIdleCycleReadsOrdersOnly) {
  const std::vector<StreamState> states{{Stream::orders, kNow - 5min},
                                        {Stream::shipments_created, kNow - 59min},
                                        {Stream::shipments_voided, kNow - 1min},
                                        {Stream::fulfilments, kNow}};
  EXPECT_TRUE(due_streams(kNow, {}, states).empty());
}

TEST(StreamRules, TheOtherStreamsFollowShipmentsAndTheHour) {
  const std::vector<StreamState> states{{Stream::shipments_created, kNow - 60min},
                                        {Stream::shipments_voided, {}},
                                        {Stream::fulfilments, kNow - 1min}};
  using Due = std::vector<StreamDue>;
  EXPECT_EQ(due_streams(kNow, {}, states), (Due{{Stream::shipments_created, Because::interval},
                                                {Stream::shipments_voided, Because::never_read}}));
  EXPECT_EQ(due_streams(kNow, {.newly_shipped = 1}, states),
            (Due{{Stream::shipments_created, Because::newly_shipped},
                 {Stream::shipments_voided, Because::newly_shipped},
                 {Stream::fulfilments, Because::newly_shipped}}));
  EXPECT_EQ(due_streams(kNow, {.newly_shipped = 0, .reopened = 2}, states).front().because,
            Because::reopened);
}

TEST(SliceRules, SmallPassesAreOneTransactionAndLargeOnesSlices) {
  EXPECT_EQ(shape_of_pass(5'000), Shape::one_transaction);
  EXPECT_EQ(shape_of_pass(5'001), Shape::slices);
  EXPECT_EQ(slice_now(Shape::one_transaction, 4'900, 500), SliceNow::no);
  EXPECT_EQ(slice_now(Shape::slices, 1'500, 500), SliceNow::no);
  EXPECT_EQ(slice_now(Shape::slices, 1'501, 500), SliceNow::yes);
}

std::string said(const RetryDecision& decision) {
  if (const auto* again = std::get_if<TryAgain>(&decision)) {
    return "after " + std::to_string(again->after.count() / 1'000) + " ms";
  }
  return std::string(std::get<GiveUp>(decision).because);
}

struct RetryCase {
  Tried tried;
  std::string expected;
};

TEST(RetryRules, DecidesByTheTable) {
  using enum CallTrouble;
  const std::string enough = "tried often enough in this run";
  const std::vector<RetryCase> cases{
      {{server_error, 1, 0s, {}, 999}, "after 999 ms"},
      {{server_error, 1, 0s, {}, 0}, "after 0 ms"},
      {{server_error, 2, 1s, {}, 500}, "after 1000 ms"},
      {{server_error, 3, 2s, {}, 500}, enough},
      {{timeout, 1, 0s, {}, 500}, "after 500 ms"},
      {{timeout, 3, 0s, {}, 500}, enough},
      {{unreachable, 2, 0s, {}, 999}, "after 1998 ms"},
      {{server_error, 2, 60s, {}, 500}, "waited long enough in this run"},
      {{throttled, 1, 0s, 12s, 0}, "after 12000 ms"},
      {{throttled, 1, 0s, 12s, 500}, "after 13000 ms"},
      {{throttled, 1, 0s, {}, 999}, "after 60000 ms"},
      {{throttled, 2, 12s, 49s, 0}, "the rate limit resets too late for this run"},
      {{throttled, 2, 12s, 48s, 999}, "after 48000 ms"},
      {{throttled, 1, 0s, 61s, 0}, "the rate limit resets too late for this run"},
      {{throttled, 2, 1s, {}, 0}, "the rate limit resets too late for this run"},
      {{throttled, 3, 0s, 1s, 0}, enough},
      {{throttled, 1, 0s, -5s, 0}, "after 0 ms"},
      {{unreadable, 1, 0s, {}, 500}, "after 500 ms"},
      {{unreadable, 2, 0s, {}, 500}, enough},
      {{unauthorized, 1, 0s, {}, 0}, "the credentials were refused"},
      {{forbidden, 1, 0s, {}, 0}, "access is not allowed"},
      {{not_found, 1, 0s, {}, 0}, "it was not found"},
      {{rejected, 1, 0s, {}, 0}, "the request was refused as wrong"},
      {{too_large, 1, 0s, {}, 0}, "the answer is too large"},
      {{stopped, 1, 0s, 5s, 0}, "stopped"},
  };
  for (const RetryCase& each : cases) {
    EXPECT_EQ(said(retry(each.tried)), each.expected)
        << static_cast<int>(each.tried.trouble) << " after " << each.tried.tries;
  }
}

TEST(RetryRules, WaitsAreCappedHoweverManyTriesAreAllowed) {
  RetryRules rules;
  rules.tries = 100;
  EXPECT_EQ(said(retry({CallTrouble::timeout, 50, 0s, {}, 999}, rules)), "after 19980 ms");
}

}  // namespace
}  // namespace tallyman::sync
