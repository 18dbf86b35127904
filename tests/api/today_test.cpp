#include "adapters/book/controls.h"
#include "api/api_test.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

json::object tile(const json::object& today, std::string_view key) {
  for (const auto& each : today.at("tiles").as_array()) {
    if (each.at("key").as_string() == key) return each.as_object();
  }
  ADD_FAILURE() << "no tile " << key;
  return {};
}

TEST_F(ApiTest, TodayTellsTheNumbersOfARealSync) {
  context_.cutoff = [](ports::Tx&) { return std::optional<std::string>("12:00"); };
  const auto shipped = manual_order("100001");
  manual_order("100002");
  story_.world().create_order(goods("99999", 4, "500"));  // not ours
  story_.sync();
  story_.world().ship(shipped);
  story_.sync();
  const auto today = get("/api/v1/today");
  EXPECT_EQ(today.at("date").as_string(), "2026-11-20");
  EXPECT_EQ(today.at("weekday").as_string(), "Friday");
  EXPECT_EQ(today.at("cutoff").at("time").as_string(), "12:00");
  EXPECT_FALSE(today.at("cutoff").at("passed").as_bool()) << "it is a quarter past seven there";
  EXPECT_TRUE(today.at("proven").as_bool()) << today.at("proof");
  EXPECT_EQ(tile(today, "awaiting_orders").at("value").as_int64(), 1);
  EXPECT_EQ(tile(today, "shipped_today").at("value").as_int64(), 2);
  const auto units = tile(today, "units_to_ship");
  EXPECT_EQ(units.at("value").as_int64(), 2);
  EXPECT_EQ(units.at("second").as_int64(), 6);
  EXPECT_EQ(units.at("difference").as_int64(), 4);
  ASSERT_EQ(units.at("because").as_array().size(), 1U);
  EXPECT_EQ(units.at("because").at(0).as_string(),
            "4 units more in ShipStation: 1 order, not ours.");
  EXPECT_EQ(today.at("last_sync").at("outcome").as_string(), "ok");
  EXPECT_TRUE(today.at("attention").as_array().empty());
  EXPECT_EQ(today.at("attention_total").as_int64(), 0);
}

TEST_F(ApiTest, TodayOfAnEmptyBookSaysThatNothingWasReadYet) {
  const auto today = get("/api/v1/today");
  EXPECT_TRUE(today.at("cutoff").is_null());
  EXPECT_TRUE(today.at("last_sync").is_null());
  EXPECT_FALSE(today.at("proven").as_bool());
  EXPECT_EQ(today.at("reading").as_string(), "never");
  EXPECT_TRUE(tile(today, "awaiting_orders").at("value").is_null());
  EXPECT_TRUE(tile(today, "watermark_age_minutes").at("value").is_null());
}

TEST_F(ApiTest, ASyncThatIsOffSaysWhoWhenAndWhyAndItsFiguresAreNotProven) {
  story_.sync();
  EXPECT_EQ(get("/api/v1/today").at("reading").as_string(), "current");
  EXPECT_TRUE(get("/api/v1/sync/status").at("off").is_null());
  story_.database().transact(ports::TxMode::write, [](ports::Tx& tx) {
    book::turn(tx, "shipstation-sync", book::Turn::off, "user:ana", "stocktaking");
  });
  const auto off = get("/api/v1/sync/status").at("off").as_object();
  EXPECT_EQ(off.at("reason").as_string(), "stocktaking");
  EXPECT_EQ(off.at("by").as_string(), "user:ana");
  EXPECT_TRUE(off.at("at").is_string());
  const auto today = get("/api/v1/today");
  EXPECT_EQ(today.at("reading").as_string(), "off");
  EXPECT_FALSE(today.at("proven").as_bool());
  EXPECT_EQ(today.at("attention").at(0).at("kind").as_string(), "sync");
  EXPECT_EQ(get("/api/v1/orders").at("reading").as_string(), "off");
}

TEST_F(ApiTest, AFailureOfThePartnerIsASentenceAndItsWordsStandBeside) {
  story_.sync();
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  story_.sync();
  const auto sync = get("/api/v1/today").at("last_sync").as_object();
  EXPECT_EQ(sync.at("message").as_string(),
            "ShipStation could not be reached. Nothing is lost; it is tried again by itself.");
  EXPECT_TRUE(sync.at("technical").as_string().find("watermark") != std::string::npos);
}

TEST_F(ApiTest, ABreakerIsShownWithItsReasonAndItsNextProbe) {
  EXPECT_TRUE(get("/api/v1/breakers").at("items").as_array().empty());
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  story_.sync();
  story_.sync(1s);
  const auto items = get("/api/v1/breakers").at("items").as_array();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].at("partner").as_string(), "shipstation");
  EXPECT_EQ(items[0].at("state").as_string(), "open");
  EXPECT_EQ(items[0].at("failures").as_int64(), 5);
  EXPECT_NE(items[0].at("reason").as_string().find("not reachable"), std::string::npos);
  EXPECT_FALSE(items[0].at("next_probe_at").is_null());
  const auto today = get("/api/v1/today");
  EXPECT_EQ(today.at("attention_total").as_int64(), 2) << "the failed run and the breaker";
}

TEST_F(ApiTest, TheBudgetTellsItsShares) {
  const auto budget = get("/api/v1/budget");
  EXPECT_EQ(budget.at("limit").as_int64(), 38);
  EXPECT_EQ(budget.at("background_limit").as_int64(), 28);
  EXPECT_EQ(budget.at("people_floor").as_int64(), 10);
  EXPECT_EQ(budget.at("used").as_int64(), 0);
  EXPECT_TRUE(budget.at("last_429_at").is_null());
}

TEST_F(ApiTest, NumbersOfPastDaysNewestFirst) {
  story_.script(
      "INSERT INTO system_kpis (snapshot_date, units_shipped, as_of_us, proven, proof) VALUES "
      "('2026-11-18', 7, 5, 1, 'Proven.'), ('2026-11-19', 8, NULL, 0, ''), "
      "('2026-09-01', 9, 5, 1, 'Proven.')");
  const auto items = get("/api/v1/kpis").at("items").as_array();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].at("date").as_string(), "2026-11-19");
  EXPECT_EQ(items[1].at("units_shipped").as_int64(), 7);
  EXPECT_EQ(get("/api/v1/kpis?days=400").at("items").as_array().size(), 3U);
  EXPECT_EQ(get("/api/v1/kpis?days=1").at("items").as_array().size(), 0U);
  EXPECT_EQ(send("GET", "/api/v1/kpis?days=401").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/kpis?days=x").status, 400);
}

}  // namespace
}  // namespace tallyman::tests
