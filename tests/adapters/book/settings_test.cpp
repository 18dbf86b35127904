#include "adapters/book/settings.h"

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

constexpr std::string_view kCutoff = "warehouse.cutoff";

class KeptSettings : public BookOnBoth {
 protected:
  bool set(std::string_view value, std::string_view reason = "") {
    return write(
        [&](ports::Tx& tx) { return book::set_setting(tx, kCutoff, value, "user:ana", reason); });
  }
  bool reset() {
    return write(
        [&](ports::Tx& tx) { return book::reset_setting(tx, kCutoff, "user:ben", "again"); });
  }
  settings::Stored stored() {
    return write([](ports::Tx& tx) { return book::stored_settings(tx); });
  }
};
INSTANTIATE_TEST_SUITE_P(Book, KeptSettings, kBothDialects, dialect_name);

TEST_P(KeptSettings, AreSetChangedAndTakenBackWithTheirHistory) {
  EXPECT_TRUE(set("13:00", "winter"));
  EXPECT_FALSE(set("13:00")) << "it has been so already";
  EXPECT_TRUE(set("14:00"));
  EXPECT_EQ(stored(), (settings::Stored{{"warehouse.cutoff", "14:00"}}));
  EXPECT_TRUE(reset());
  EXPECT_FALSE(reset());
  EXPECT_TRUE(stored().empty());
  const auto history = write([](ports::Tx& tx) { return book::setting_history(tx, kCutoff, 10); });
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[2].before, std::nullopt);
  EXPECT_EQ(history[2].after, "13:00");
  EXPECT_EQ(history[2].reason, "winter");
  EXPECT_EQ(history[1].before, "13:00");
  EXPECT_EQ(history[1].who, "user:ana");
  EXPECT_EQ(history[0].after, std::nullopt);
  EXPECT_EQ(history[0].who, "user:ben");
  const auto last = write([](ports::Tx& tx) { return book::last_setting_changes(tx); });
  EXPECT_EQ(last.at("warehouse.cutoff").who, "user:ben");
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM audit_log"), "3");
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM live_events WHERE kind = 'settings.changed'"),
            "3");
}

TEST_P(KeptSettings, RowsOfScriptsCountAndRowsOfOneSkuDoNot) {
  database.script(
      "INSERT INTO configuration_params (category, parameter_name, value, sku) VALUES "
      "('warehouse', 'cutoff', '11:00', NULL), ('warehouse', 'cutoff', '10:00', '17612'), "
      "('Rates', 'order_charge', '4.25', NULL)");
  EXPECT_EQ(stored(),
            (settings::Stored{{"Rates.order_charge", "4.25"}, {"warehouse.cutoff", "11:00"}}));
  EXPECT_TRUE(set("12:30"));
  EXPECT_TRUE(reset());
  EXPECT_EQ(one("SELECT value FROM configuration_params WHERE sku = '17612'"), "10:00");
}

}  // namespace
}  // namespace tallyman::tests
