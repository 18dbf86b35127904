#include "domain/settings/values.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace tallyman::settings {
namespace {

constexpr std::array kWorkflows{UsualSchedule{"shipstation-sync", "every 5 minutes"},
                                UsualSchedule{"kpi-snapshot", "daily at 00:05"}};

struct Case {
  std::string_view key;
  std::string_view text;
  std::string_view spelt;
};
class Allowed : public ::testing::TestWithParam<Case> {};
class Refused : public ::testing::TestWithParam<Case> {};

TEST_P(Allowed, HasOneSpelling) {
  const Table table(kWorkflows);
  const auto value = checked(*table.find(GetParam().key), GetParam().text);
  ASSERT_TRUE(value) << value.error().what;
  EXPECT_EQ(*value, GetParam().spelt);
}

TEST_P(Refused, SaysWhatIsAllowed) {
  const Table table(kWorkflows);
  const auto* setting = table.find(GetParam().key);
  const auto value = checked(*setting, GetParam().text);
  ASSERT_FALSE(value) << *value;
  EXPECT_NE(value.error().what.find("expected " + setting->allowed), std::string::npos)
      << value.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Values, Allowed,
    ::testing::Values(
        Case{"warehouse.cutoff", "12:00", "12:00"}, Case{"warehouse.cutoff", " 09:30 ", "09:30"},
        Case{"warehouse.holidays", "", ""},
        Case{"warehouse.holidays", "2027-01-01,2026-12-25", "2026-12-25, 2027-01-01"},
        Case{"warehouse.business_hours", "Mon-Sat 07:00-17:30", "Mon-Sat 07:00-17:30"},
        Case{"orders.key_skus", "17612,17904", "17612, 17904"},
        Case{"schedule.shipstation-sync", "every 60 minutes", "every hour"},
        Case{"schedule.kpi-snapshot", "by a person", "by a person"}, Case{"mail.alerts_to", "", ""},
        Case{"mail.alerts_to", "a.b+c@example.org,d@example.com",
             "a.b+c@example.org, d@example.com"}));

INSTANTIATE_TEST_SUITE_P(
    Values, Refused,
    ::testing::Values(
        Case{"warehouse.cutoff", "24:00", {}}, Case{"warehouse.cutoff", "noon", {}},
        Case{"warehouse.cutoff", "12:00; rm", {}}, Case{"warehouse.holidays", "25.12.2026", {}},
        Case{"warehouse.business_hours", "always", {}}, Case{"orders.key_skus", "", {}},
        Case{"orders.key_skus", "17612,17612", {}}, Case{"orders.key_skus", "17 612", {}},
        Case{"orders.key_skus", "17612,,17904", {}},
        Case{"schedule.shipstation-sync", "every 0 minutes", {}},
        Case{"schedule.shipstation-sync", "every 2000 minutes", {}},
        Case{"mail.alerts_to", "nobody", {}}, Case{"mail.alerts_to", "a@b@c", {}},
        Case{"mail.alerts_to", "a@example.org\r\nBcc: x@example.org", {}},
        Case{"mail.alerts_to", "<a@example.org>", {}},
        Case{"mail.alerts_to", "a b@example.org", {}}, Case{"mail.alerts_to", "a@-x.org", {}}));

TEST(Settings, EveryUsualValueIsAllowedAndKeysAreUnique) {
  const Table table(kWorkflows);
  for (const auto& row : table.rows()) {
    EXPECT_EQ(checked(row, row.usual).value(), row.usual) << row.key;
    EXPECT_EQ(table.find(row.key), &row);
    EXPECT_NE(row.key.find('.'), std::string::npos) << row.key;
    EXPECT_FALSE(row.allowed.empty() || row.description.empty()) << row.key;
  }
  EXPECT_EQ(table.find("warehouse.colour"), nullptr);
}

TEST(Settings, TheDatabaseComesBeforeTheFileBeforeTheBuiltInValue) {
  const Table table(kWorkflows);
  const auto& cutoff = *table.find("warehouse.cutoff");
  const std::array file{FileValue{"warehouse.cutoff", "13:00", "tallyman.toml:3", ""}};
  EXPECT_EQ(effective(cutoff, {}, {}).text, "12:00");
  EXPECT_EQ(effective(cutoff, {}, {}).origin, "default");
  EXPECT_EQ(effective(cutoff, Configured(file), {}).text, "13:00");
  EXPECT_EQ(effective(cutoff, Configured(file), {}).origin, "tallyman.toml:3");
  const auto kept = effective(cutoff, Configured(file), {{"warehouse.cutoff", "14:00"}});
  EXPECT_EQ(kept.text, "14:00");
  EXPECT_EQ(kept.origin, "database");
  EXPECT_EQ(kept.warning, "");
}

TEST(Settings, AValueThatIsNotAllowedFallsBackWithAWarning) {
  const Table table(kWorkflows);
  const auto& cutoff = *table.find("warehouse.cutoff");
  const std::array file{FileValue{"warehouse.cutoff", "13:00", "tallyman.toml:3", ""}};
  const auto value = effective(cutoff, Configured(file), {{"warehouse.cutoff", "25:00"}});
  EXPECT_EQ(value.text, "13:00");
  EXPECT_EQ(value.origin, "tallyman.toml:3");
  EXPECT_NE(value.warning.find("25:00"), std::string::npos) << value.warning;
  EXPECT_NE(value.warning.find("such as 12:00"), std::string::npos) << value.warning;
}

TEST(Settings, TheOldNameOfTheSyncsIntervalIsItsSchedule) {
  const Table table(kWorkflows);
  const std::array file{FileValue{"sync.interval_minutes", "10", "TALLYMAN_SYNC_INTERVAL_MINUTES",
                                  "a whole number from 1 to 1440"},
                        FileValue{"orders.key_skus", "1,2", "default", ""}};
  const Values values(table, Configured(file), {});
  EXPECT_EQ(values.text("schedule.shipstation-sync"), "every 10 minutes");
  EXPECT_EQ(values.of("schedule.shipstation-sync").origin, "TALLYMAN_SYNC_INTERVAL_MINUTES");
  EXPECT_EQ(values.of("orders.key_skus").origin, "default");
  EXPECT_EQ(values.list("orders.key_skus").size(), 5U)
      << "a built-in value of the file says nothing";
}

TEST(Settings, AreReadAsWhatTheyMean) {
  const Table table(kWorkflows);
  const Values values(
      table, {}, {{"warehouse.holidays", "2026-12-25"}, {"mail.alerts_to", "a@x.org, b@x.org"}});
  EXPECT_EQ(values.schedule("kpi-snapshot"), work::Schedule{work::Daily{std::chrono::minutes{5}}});
  EXPECT_EQ(work::to_text(values.calendar(Zone{}).holidays), "2026-12-25");
  EXPECT_EQ(values.list("mail.alerts_to"), (std::vector<std::string>{"a@x.org", "b@x.org"}));
  EXPECT_TRUE(values.list("warehouse.holidays").size() == 1);
}

RC_GTEST_PROP(AnySettingText, NeverBreaksASettingOfTheTable, (const std::string& text)) {
  const Table table(kWorkflows);
  for (const auto& row : table.rows()) {
    const auto value = checked(row, text);
    if (value) RC_ASSERT(checked(row, *value).value() == *value);
    RC_ASSERT(effective(row, {}, {{row.key, text}}).text == (value ? *value : row.usual));
  }
}

}  // namespace
}  // namespace tallyman::settings
