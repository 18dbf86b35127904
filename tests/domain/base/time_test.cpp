#include "domain/base/time.h"

#include <gtest/gtest.h>

#include "domain/base/money.h"
#include "domain/base/zone.h"

namespace tallyman {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) { return instant_from_text(text).value(); }
LocalTime wall(std::string_view text) { return local_time_from_text(text).value(); }

Zone pacific_2026() {
  return Zone("America/Los_Angeles", {{at("2025-11-02T09:00:00Z"), -8h, "PST"},
                                      {at("2026-03-08T10:00:00Z"), -7h, "PDT"},
                                      {at("2026-11-01T09:00:00Z"), -8h, "PST"}});
}

TEST(TimeText, AnInstantKeepsItsMicrosecondsThroughText) {
  EXPECT_EQ(to_text(at("2026-11-20T06:30:00.123456Z")), "2026-11-20T06:30:00.123456Z");
  EXPECT_EQ(to_text(at("2026-11-20 06:30:00+01:30")), "2026-11-20T05:00:00.000000Z");
  EXPECT_EQ(to_text(at("1969-12-31T23:59:59.999999Z")), "1969-12-31T23:59:59.999999Z");
}

TEST(TimeText, RefusesWhatIsNotATime) {
  for (const auto* text :
       {"", "2026-11-20", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-20T24:00:00Z",
        "2026-11-20T06:30:00", "2026-11-20T06:30:00.Z", "2026-11-20T06:30:00Zx"}) {
    EXPECT_FALSE(instant_from_text(text)) << text;
  }
}

TEST(Zone, TheRepeatedHourDecodesToItsFirstPass) {
  const Zone zone = pacific_2026();
  EXPECT_EQ(zone.earliest(wall("2026-11-01T01:30:00")), at("2026-11-01T08:30:00Z"));
  EXPECT_EQ(zone.latest(wall("2026-11-01T01:30:00")), at("2026-11-01T09:30:00Z"));
  EXPECT_EQ(zone.earliest(wall("2026-11-01T02:00:00")), at("2026-11-01T10:00:00Z"));
  EXPECT_EQ(zone.earliest(wall("2026-11-01T00:59:59")), at("2026-11-01T07:59:59Z"));
}

TEST(Zone, TheSpringGapDecodesToTheJump) {
  const Zone zone = pacific_2026();
  EXPECT_EQ(zone.earliest(wall("2026-03-08T02:30:00")), at("2026-03-08T10:00:00Z"));
  EXPECT_EQ(zone.earliest(wall("2026-03-08T03:00:00")), at("2026-03-08T10:00:00Z"));
  EXPECT_EQ(zone.to_local(at("2026-03-08T10:00:00Z")), wall("2026-03-08T03:00:00"));
}

TEST(Zone, KnowsWhetherAWindowMeetsTheRepeatedHour) {
  const Zone zone = pacific_2026();
  EXPECT_FALSE(zone.repeated_hour(at("2026-11-01T07:00:00Z"), at("2026-11-01T07:59:00Z")));
  EXPECT_TRUE(zone.repeated_hour(at("2026-11-01T07:00:00Z"), at("2026-11-01T08:00:00Z")));
  EXPECT_TRUE(zone.repeated_hour(at("2026-11-01T09:59:00Z"), at("2026-11-01T12:00:00Z")));
  EXPECT_FALSE(zone.repeated_hour(at("2026-11-01T10:00:00Z"), at("2026-11-01T12:00:00Z")));
}

TEST(Money, ReadsTheExactDecimalText) {
  EXPECT_EQ(money_from_decimal("39.99")->minor, 3999);
  EXPECT_EQ(money_from_decimal("-1")->minor, -100);
  EXPECT_EQ(money_from_decimal("1.500")->minor, 150);
  EXPECT_EQ(money_from_decimal("0.125")->minor, 12);
  EXPECT_EQ(money_from_decimal("0.135")->minor, 14);
  EXPECT_EQ(money_from_decimal("0.1250001")->minor, 13);
  for (const auto* text : {"", "-", ".5", "1.", "1e3", "1,5", "9999999999999999", "NaN"}) {
    EXPECT_FALSE(money_from_decimal(text)) << text;
  }
  EXPECT_EQ(to_decimal(Money{-50}), "-0.50");
}

}  // namespace
}  // namespace tallyman
