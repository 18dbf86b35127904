#include "adapters/shipstation/times.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "adapters/shipstation/support.h"

namespace tallyman::shipstation {
namespace {

using namespace std::chrono_literals;

TEST(FilterText, IsThePacificWallClockRoundedDownToTheSecond) {
  const struct {
    const char* instant;
    const char* text;
  } cases[] = {
      {"2026-01-15T08:00:00Z", "2026-01-15 00:00:00"},
      {"2026-07-15T07:00:00.999999Z", "2026-07-15 00:00:00"},
      {"2026-11-20T06:46:31.123456Z", "2026-11-19 22:46:31"},
      {"2026-03-08T09:59:59.999Z", "2026-03-08 01:59:59"},  // the last second before the gap
      {"2026-03-08T10:00:00Z", "2026-03-08 03:00:00"},      // the first behind it
      {"2026-11-01T07:59:59Z", "2026-11-01 00:59:59"},
      {"2026-11-01T08:30:00Z", "2026-11-01 01:30:00"},  // first pass
      {"2026-11-01T09:30:00Z", "2026-11-01 01:30:00"},  // second pass reads the same
      {"2026-11-01T10:00:00Z", "2026-11-01 02:00:00"},
      {"1969-12-31T23:59:59.5Z", "1969-12-31 15:59:59"},
  };
  for (const auto& c : cases) EXPECT_EQ(filter_text(at(c.instant), pacific()), c.text) << c.instant;
}

TEST(StampFromText, ReadsEveryFormOfTheCaptures) {
  const struct {
    const char* text;
    const char* instant;
  } cases[] = {
      {"2015-07-16T14:00:34.8230000", "2015-07-16T21:00:34.823Z"},
      {"2015-07-16T14:00:34.823", "2015-07-16T21:00:34.823Z"},
      {"2015-08-17T09:24:14.78", "2015-08-17T16:24:14.78Z"},
      {"2015-01-16T14:00:31", "2015-01-16T22:00:31Z"},
      {"2015-07-02", "2015-07-02T07:00:00Z"},
      {"2015-06-29T08:46:27.000Z", "2015-06-29T08:46:27Z"},
      {"2015-06-29T08:46:27Z", "2015-06-29T08:46:27Z"},
      {"2020-01-01T00:00:00-00:00", "2020-01-01T00:00:00Z"},
      {"2020-01-01T00:00:00+02:00", "2019-12-31T22:00:00Z"},
      {"2026-11-01 01:30:00", "2026-11-01T08:30:00Z"},  // occurs twice: the earlier
      {"2026-11-01T01:59:59.9970000", "2026-11-01T08:59:59.997Z"},
      {"2026-11-01T02:00:00.0000000", "2026-11-01T10:00:00Z"},
      {"2026-03-08T02:30:00.0000000", "2026-03-08T10:00:00Z"},  // never occurs: the jump
  };
  for (const auto& c : cases) {
    const auto stamp = stamp_from_text(c.text, pacific());
    ASSERT_TRUE(stamp) << c.text;
    EXPECT_EQ(*stamp, at(c.instant)) << c.text;
  }
}

TEST(StampFromText, RefusesEverythingElse) {
  for (const auto* text :
       {"", "yesterday", "8-13-2014", "2015-02-29", "2015-07-16T14:00", "2015-07-16T24:00:00",
        "2015-07-16T14:00:34.8230000x", "2015-07-16T14:00:34.", "2015-7-16", "20150716"}) {
    EXPECT_FALSE(stamp_from_text(text, pacific())) << text;
  }
}

TEST(DayFromStamp, IsTheDatePartAsSentInNoZone) {
  for (const auto* text : {"2020-06-19", "2020-06-19T00:00:00.0000000", "2020-06-19T23:59:59.997",
                           "2020-06-19T23:59:59Z", "2020-06-19 01:00:00+05:00"}) {
    const auto read = day_from_stamp(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(*read, day("2020-06-19")) << text;
  }
  EXPECT_FALSE(day_from_stamp("2020-06-19Txx"));
  EXPECT_FALSE(day_from_stamp("2020-06-31"));
  EXPECT_FALSE(day_from_stamp("6/19/2020"));
}

TEST(HttpDate, ReadsTheOneFormThatServersSend) {
  EXPECT_EQ(instant_from_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at("1994-11-06T08:49:37Z"));
  EXPECT_EQ(instant_from_http_date("Thu, 29 Feb 2024 23:59:59 GMT"), at("2024-02-29T23:59:59Z"));
  for (const auto* text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Sun, 06 Nov 1994 08:49:37 PST", "Sun, 31 Feb 2026 08:49:37 GMT",
                           "Sun, 06 Nov 1994 24:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nux 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_EQ(instant_from_http_date(text), std::nullopt) << text;
  }
}

// Any second from 2000 to 2050.
rc::Gen<Instant> instants() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(946'684'800, 2'524'608'000),
                      [](std::int64_t s) { return Instant{std::chrono::seconds{s}}; });
}

RC_GTEST_PROP(FilterText, ReadBackIsTheSameSecondOrTheFirstPassOfIt, ()) {
  const Instant instant = *instants();
  const auto back = stamp_from_text(filter_text(instant, pacific()), pacific());
  RC_ASSERT(back.has_value());
  const auto repeated = pacific().repeated_hour(instant, instant);
  const bool second_pass = repeated && instant >= repeated->second && instant < repeated->end;
  RC_ASSERT(*back == (second_pass ? instant - 1h : instant));
}

}  // namespace
}  // namespace tallyman::shipstation
