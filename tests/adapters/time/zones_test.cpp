#include "adapters/time/zones.h"

#include <gtest/gtest.h>

#include "adapters/time/standing_rule.h"

namespace tallyman::timing {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) { return instant_from_text(text).value(); }
LocalTime wall(std::string_view text) { return local_time_from_text(text).value(); }

struct Change {
  const char* zone;
  const char* at;
  std::chrono::seconds before, after;
  const char* name_before;
  const char* name_after;
};

TEST(Zones, KnowEveryChangeOf2026AndBeyondTheEndOfTheFile) {
  const Change changes[] = {
      {"America/Los_Angeles", "2026-03-08T10:00:00Z", -8h, -7h, "PST", "PDT"},
      {"America/Los_Angeles", "2026-11-01T09:00:00Z", -7h, -8h, "PDT", "PST"},
      {"America/Chicago", "2026-03-08T08:00:00Z", -6h, -5h, "CST", "CDT"},
      {"America/Chicago", "2026-11-01T07:00:00Z", -5h, -6h, "CDT", "CST"},
      {"America/Los_Angeles", "2037-11-01T09:00:00Z", -7h, -8h, "PDT", "PST"},
      {"America/Los_Angeles", "2038-03-14T10:00:00Z", -8h, -7h, "PST", "PDT"},
      {"America/Chicago", "2060-11-07T07:00:00Z", -5h, -6h, "CDT", "CST"},
      {"Australia/Sydney", "2045-09-30T16:00:00Z", 10h, 11h, "AEST", "AEDT"},
      {"Europe/Dublin", "2050-03-27T01:00:00Z", 0h, 1h, "GMT", "IST"},
  };
  for (const auto& change : changes) {
    const Zone zone = load_zone(change.zone).value();
    const Instant before = at(change.at) - 1us;
    EXPECT_EQ(zone.offset(before), change.before) << change.zone << change.at;
    EXPECT_EQ(zone.offset(at(change.at)), change.after) << change.zone << change.at;
    EXPECT_EQ(zone.abbreviation(before), change.name_before) << change.zone << change.at;
    EXPECT_EQ(zone.abbreviation(at(change.at)), change.name_after) << change.zone << change.at;
  }
}

TEST(Zones, ChangeTwiceIn2026AndAtNoOtherTime) {
  for (const auto* name : {"America/Los_Angeles", "America/Chicago"}) {
    const Zone zone = load_zone(name).value();
    int changes = 0;
    for (Instant t = at("2026-01-01T00:00:00Z"); t < at("2027-01-01T00:00:00Z"); t += 15min) {
      changes += zone.offset(t) != zone.offset(t - 15min) ? 1 : 0;
    }
    EXPECT_EQ(changes, 2) << name;
  }
}

TEST(Zones, ChangeTwiceInEveryYearThroughTheSeamBetweenFileAndRule) {
  const Zone zone = load_zone("America/Los_Angeles").value();
  for (int year = 2030; year <= 2060; ++year) {
    int changes = 0;
    const Instant start{std::chrono::sys_days{std::chrono::year{year} / 1 / 1}};
    for (Instant t = start; t < start + 365 * 24h; t += 1h) {
      changes += zone.offset(t) != zone.offset(t - 1h) ? 1 : 0;
    }
    EXPECT_EQ(changes, 2) << year;
  }
}

TEST(Zones, DecodeTheRepeatedAndTheMissingHour) {
  const Zone zone = load_zone("America/Los_Angeles").value();
  EXPECT_EQ(zone.earliest(wall("2026-11-01T01:30:00")), at("2026-11-01T08:30:00Z"));
  EXPECT_EQ(zone.latest(wall("2026-11-01T01:30:00")), at("2026-11-01T09:30:00Z"));
  EXPECT_EQ(zone.earliest(wall("2026-03-08T02:30:00")), at("2026-03-08T10:00:00Z"));
  const auto hour = zone.repeated_hour(at("2026-11-01T08:00:00Z"), at("2026-11-01T08:00:00Z"));
  ASSERT_TRUE(hour.has_value());
  EXPECT_EQ(hour->first, at("2026-11-01T08:00:00Z"));
  EXPECT_EQ(hour->end, at("2026-11-01T10:00:00Z"));
}

TEST(Zones, KeepTheOffsetOf1990ForAllTimeBefore) {
  const Zone zone = load_zone("America/Los_Angeles").value();
  EXPECT_EQ(zone.offset(at("1990-01-01T00:00:00Z")), -8h);
  EXPECT_EQ(zone.offset(at("1989-07-01T00:00:00Z")), -8h);
}

TEST(Zones, WithoutSummerTimeHaveOneOffset) {
  EXPECT_EQ(load_zone("UTC")->offset(at("2050-07-01T00:00:00Z")), 0s);
  EXPECT_EQ(load_zone("Asia/Kolkata")->offset(at("2050-07-01T00:00:00Z")), 5h + 30min);
}

TEST(Zones, KeepTheNameTheyWereAskedBy) {
  EXPECT_EQ(load_zone("US/Pacific")->name(), "US/Pacific");
  EXPECT_EQ(load_zone("US/Pacific")->offset(at("2026-07-01T00:00:00Z")), -7h);
}

TEST(Zones, RefuseAnUnknownNameAndSayIt) {
  for (const auto* name : {"America/Lost_Angeles", "", "../../etc/passwd", "PST8"}) {
    const auto zone = load_zone(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_NE(zone.error().what.find("unknown time zone \"" + std::string{name} + "\""),
              std::string::npos)
        << zone.error().what;
  }
}

TEST(StandingRule, ReadsTheFormsThatTzdataUses) {
  const std::chrono::year year{2040};
  EXPECT_TRUE(changes_by_rule("<+03>-3", year, year)->empty());
  EXPECT_TRUE(changes_by_rule("IST-5:30", year, year)->empty());
  const auto greenland = changes_by_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", year, year);
  ASSERT_TRUE(greenland);
  ASSERT_EQ(greenland->size(), 2U);
  EXPECT_EQ(greenland->at(0), (Transition{at("2040-03-25T01:00:00Z"), -1h, "-01"}));
  EXPECT_EQ(greenland->at(1), (Transition{at("2040-10-28T01:00:00Z"), -2h, "-02"}));
}

TEST(StandingRule, RefusesWhatItDoesNotUnderstand) {
  const std::chrono::year year{2040};
  for (const auto* rule :
       {"", "PST", "P8", "PST8PDT", "PST8PDT,J60,J300", "PST8PDT,M13.2.0,M11.1.0",
        "PST8PDT,M3.2.0,M11.1.0x", "PST8PDT,M3.2.7,M11.1.0", "<PST8"}) {
    EXPECT_FALSE(changes_by_rule(rule, year, year)) << rule;
  }
}

}  // namespace
}  // namespace tallyman::timing
