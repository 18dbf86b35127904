#include "sandbox/stamps.h"

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

TEST(Stamps, AreRoundedToTheTicksOfSqlServer) {
  const Zone zone = pacific();
  const auto form = [&](const char* text) { return long_form(stamp(zone, at(text))); };
  EXPECT_EQ(form("2026-07-16T21:00:34.822Z"), "2026-07-16T14:00:34.8230000");
  EXPECT_EQ(form("2026-07-16T21:00:34.826Z"), "2026-07-16T14:00:34.8270000");
  EXPECT_EQ(form("2026-07-16T21:00:34.8285Z"), "2026-07-16T14:00:34.8300000");
  EXPECT_EQ(form("2026-07-16T21:00:34.999Z"), "2026-07-16T14:00:35.0000000");
  EXPECT_EQ(form("2026-11-20T07:59:59Z"), "2026-11-19T23:59:59.0000000");
}

TEST(Stamps, EveryMillisecondEndsInZeroThreeOrSeven) {
  const Zone zone = pacific();
  for (int micros = 0; micros < 1'000'000; micros += 137) {
    const std::string text = long_form(stamp(zone, at("2026-11-20T14:30:00Z") + Micros{micros}));
    const char last = text[text.size() - 5];
    EXPECT_TRUE(last == '0' || last == '3' || last == '7') << text;
  }
}

TEST(Stamps, HaveThreeLexicalForms) {
  const auto local = local_time_from_text("2015-07-16T14:00:34.820").value();
  EXPECT_EQ(long_form(local), "2015-07-16T14:00:34.8200000");
  EXPECT_EQ(short_form(local), "2015-07-16T14:00:34.82");
  EXPECT_EQ(short_form(local_time_from_text("2015-07-16T14:00:34").value()), "2015-07-16T14:00:34");
  EXPECT_EQ(day_form(day_of(local)), "2015-07-16");
  EXPECT_EQ(http_date(at("2026-11-20T14:30:05Z")), "Fri, 20 Nov 2026 14:30:05 GMT");
}

class FallBack : public SandboxTest {};

TEST_F(FallBack, StampsGoBackwardsWhenTheHourRepeats) {
  clock.jump_to(at("2026-11-01T08:59:00Z"));
  const auto early = order("1");
  clock.jump_to(at("2026-11-01T09:01:00Z"));
  const auto late = order("2");
  EXPECT_EQ(read("/orders/" + std::to_string(early)).at("modifyDate"),
            "2026-11-01T01:59:00.0000000");
  EXPECT_EQ(read("/orders/" + std::to_string(late)).at("modifyDate"),
            "2026-11-01T01:01:00.0000000");
  // Lists sort by what is written, so the later change comes first …
  EXPECT_EQ(ids("/orders?sortBy=ModifyDate"), (std::vector{late, early}));
  // … and a window that starts where the first pass ended does not hold it.
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-01T01:30:00&sortBy=ModifyDate"),
            std::vector{early});
}

}  // namespace
}  // namespace tallyman::sandbox
