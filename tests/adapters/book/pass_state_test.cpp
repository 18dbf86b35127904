#include "adapters/book/pass_state.h"

#include <gtest/gtest.h>

namespace tallyman::book {
namespace {

Instant at(std::string_view text) { return instant_from_text(text).value(); }

sync::Hole hole() {
  return {.key = "after 4711",
          .from = at("2026-11-20T10:00:00Z"),
          .to = at("2026-11-20T10:00:02Z"),
          .position = 2,
          .listed = 3,
          .rows = 1,
          .before = sync::RowFact{.id = 4711,
                                  .stamp = at("2026-11-20T10:00:00.123456Z"),
                                  .fingerprint = 0xFFFFFFFFFFFFFFFFULL},
          .after = std::nullopt};
}

PassState full() {
  PassState state;
  state.checkpoint.lo = at("2026-10-21T00:00:00Z");
  state.checkpoint.hi = at("2026-11-20T15:00:00.000001Z");
  state.checkpoint.anchor = at("2026-11-01T08:59:59Z");
  state.checkpoint.largest_total = 100'000;
  state.checkpoint.received = 4'000;
  state.checkpoint.received_within = 3'990;
  state.checkpoint.border = {
      {.id = 373'700'001, .stamp = at("2026-11-01T08:59:59.5Z"), .fingerprint = 1},
      {.id = std::nullopt, .stamp = std::nullopt, .fingerprint = 0x8000000000000000ULL}};
  state.checkpoint.holes = {hole()};
  state.counts.applied = 10;
  state.counts.unchanged = 20;
  state.counts.skipped = {{"not \"ours\": ü", 30}, {"", 1}};
  state.counts.quarantined = 2;
  state.counts.deferred = 3;
  state.imported = 4;
  state.updated = 6;
  state.newly_shipped = 5;
  state.reopened = 1;
  state.newest_disposed = at("2026-11-20T14:00:00.999999Z");
  return state;
}

TEST(PassState, ComesBackFromItsTextAsItWas) {
  EXPECT_EQ(pass_state_from_json(to_json(full())).value(), full());
  EXPECT_EQ(pass_state_from_json(to_json(PassState{})).value(), PassState{});
}

TEST(PassState, EveryCutTextIsAProblemAndNeverACrash) {
  const std::string text = to_json(full());
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(pass_state_from_json(std::string_view(text).substr(0, length))) << length;
  }
}

TEST(PassState, AnotherFormIsAProblem) {
  EXPECT_FALSE(pass_state_from_json("{\"form\": 99}"));
  EXPECT_FALSE(pass_state_from_json("[]"));
  EXPECT_FALSE(pass_state_from_json("{\"form\": \"1\"}"));
}

TEST(PassState, AHoleComesBackFromItsTextAsItWas) {
  EXPECT_EQ(hole_from_json(to_json(hole())).value(), hole());
  EXPECT_FALSE(hole_from_json("{}"));
}

}  // namespace
}  // namespace tallyman::book
