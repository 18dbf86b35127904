#include "views/today.h"

#include "adapters/book/breakers.h"
#include "adapters/book/watermarks.h"
#include "adapters/time/zones.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::views {
namespace {

using namespace std::chrono_literals;

class TodayScreen : public tests::BookOnBoth {
 protected:
  Today look() {
    return write([&](ports::Tx& tx) { return today(tx, rules_); });
  }
  Tile tile(std::string_view key) {
    for (auto& each : look().tiles) {
      if (each.key == key) return each;
    }
    ADD_FAILURE() << "no tile " << key;
    return {};
  }

  // A local order and, where wanted, the ShipStation order linked to it.
  void local(int id, const std::string& status, int units, int lines = 1) {
    database.script(
        "INSERT INTO orders_inbox (id, order_number, order_date, status, total_items) "
        "VALUES (" +
        text(id) + ", '" + text(id) + "', '2026-11-20', '" + status + "', " + text(units) + ")");
    for (int i = 0; i < lines; ++i) {
      database.script("INSERT INTO order_items_inbox (order_inbox_id, sku, quantity) VALUES (" +
                      text(id) + ", '17612', 1)");
    }
  }
  void remote(int id, const std::string& status, const std::string& units,
              const std::string& disposition = "applied") {
    database.script(
        "INSERT INTO remote_orders (shipstation_order_id, order_number, created_us, modified_us, "
        "status, disposition, rule, reason, run_id, first_seen_us, decided_us, units) VALUES (" +
        text(id) + ", '" + text(id) + "', 0, 0, '" + status + "', '" + disposition +
        "', 'r', 'r', 'r', 0, 0, " + units + ")");
  }
  void link(int local_id, int remote_id) {
    database.script(
        "INSERT INTO order_links (order_inbox_id, shipstation_order_id, role, rule, "
        "run_id, linked_us) VALUES (" +
        text(local_id) + ", " + text(remote_id) + ", 'primary', 'r', 'r', 0)");
  }
  void finished_run(const std::string& outcome, const std::string& failure = "NULL") {
    ++runs_;
    database.script(
        "INSERT INTO runs (run_id, workflow, mode, outcome, why, started_us, "
        "finished_us, message, failure) VALUES ('r" +
        text(runs_) + "', 'shipstation-sync', 'live', '" + outcome + "', 'schedule', " +
        text(runs_) + ", " + text(runs_) + ", 'It ended.', " + failure + ")");
  }
  static std::string text(int number) { return std::to_string(number); }

  TodayRules rules_{.warehouse = timing::load_zone("America/Chicago").value(), .credential = "key"};
  int runs_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Views, TodayScreen, tests::kBothDialects, tests::dialect_name);

TEST_P(TodayScreen, TheDifferenceOfUnitsIsTheSumOfItsNamedCauses) {
  finished_run("ok");
  local(1, "awaiting_shipment", 3);  // agrees
  remote(11, "awaiting_shipment", "3");
  link(1, 11);
  local(2, "pending", 4);  // to be uploaded
  local(3, "awaiting_shipment", 5, 0);
  local(4, "awaiting_shipment", 6);  // one of two parts is shipped
  remote(14, "awaiting_shipment", "2");
  remote(15, "shipped", "4");
  link(4, 14);
  link(4, 15);
  local(5, "awaiting_shipment", 0, 0);  // a ghost
  remote(16, "awaiting_shipment", "9");
  link(5, 16);
  local(6, "on_hold", 7);  // on hold here, awaiting there
  remote(17, "awaiting_shipment", "7");
  link(6, 17);
  remote(18, "awaiting_shipment", "20", "skipped");
  remote(19, "awaiting_shipment", "1", "skipped");
  remote(20, "awaiting_shipment", "30", "deferred");
  remote(21, "shipped", "99", "skipped");
  const auto units = tile("units_to_ship");
  EXPECT_EQ(units.value, 3 + 4 + 5 + 6 + 0);
  EXPECT_EQ(units.second, 3 + 2 + 9 + 7 + 20 + 1 + 30);
  EXPECT_EQ(units.difference, 72 - 18);
  EXPECT_EQ(units.because,
            (std::vector<std::string>{
                "21 units more in ShipStation: 2 orders, not ours.",
                "30 units more in ShipStation: 1 order, waiting for a decision.",
                "7 units more in ShipStation: 1 order, on hold, shipped or closed here.",
                "4 units more here: 1 order, not uploaded yet.",
                "5 units more here: 1 order, not seen in ShipStation yet.",
                "4 units more here: 1 order, split, and a part awaits no more there.",
                "9 units more in ShipStation: 1 order, arrived without their lines."}));
  EXPECT_TRUE(units.provenance.proven) << units.provenance.proof;
}

TEST_P(TodayScreen, ADifferenceWithoutACauseIsNotProven) {
  finished_run("ok");
  local(1, "awaiting_shipment", 3);
  remote(11, "awaiting_shipment", "2");
  link(1, 11);
  const auto units = tile("units_to_ship");
  EXPECT_EQ(units.because,
            std::vector<std::string>{"1 unit more here: 1 order, for a reason not known."});
  EXPECT_FALSE(units.provenance.proven);
  EXPECT_TRUE(tile("awaiting_orders").provenance.proven);
}

TEST_P(TodayScreen, OrdersReadBeforeUnitsWereCountedAreSaidSo) {
  finished_run("ok");
  remote(11, "awaiting_shipment", "NULL", "skipped");
  const auto units = tile("units_to_ship");
  EXPECT_EQ(units.because,
            std::vector<std::string>{"Units not known: 1 order, read before units were counted."});
  EXPECT_FALSE(units.provenance.proven);
}

TEST_P(TodayScreen, AMergedOrderThatIsGoneIsNotToBeShipped) {
  remote(11, "awaiting_shipment", "2", "skipped");
  database.script("UPDATE remote_orders SET survivor_id = 12");
  EXPECT_EQ(tile("units_to_ship").second, 0);
  EXPECT_TRUE(tile("units_to_ship").because.empty());
}

TEST_P(TodayScreen, ShippedUnitsOfTodayAndOfSevenDays) {
  const auto now = write([](ports::Tx& tx) { return tx.now(); });
  const Day day = rules_.warehouse.day(now);
  const auto shipped = [&](int age, int units, int provisional) {
    const std::string date = to_text(day - std::chrono::days{age});
    database.script("INSERT INTO shipped_orders (ship_date, order_number, provisional) VALUES ('" +
                    date + "', '" + text(age) + "', " + text(provisional) +
                    "); INSERT INTO shipped_items (ship_date, base_sku, quantity_shipped) VALUES "
                    "('" +
                    date + "', '17612', " + text(units) + ")");
  };
  shipped(0, 5, 1);
  shipped(6, 10, 0);
  shipped(7, 100, 0);
  EXPECT_EQ(tile("shipped_today").value, 5);
  EXPECT_EQ(tile("shipped_today").second, 1);
  EXPECT_EQ(tile("shipped_today").because.size(), 1U) << "known from the order alone";
  EXPECT_EQ(tile("shipped_7_days").value, 15);
  EXPECT_EQ(tile("shipped_7_days").second, 2);
}

TEST_P(TodayScreen, EveryTileSaysAsOfWhenWhetherProvenAndWhereToLook) {
  const auto page = look();
  EXPECT_EQ(page.tiles.size(), 10U);
  for (const auto& each : page.tiles) {
    EXPECT_FALSE(each.provenance.proof.empty()) << each.key;
    EXPECT_GT(each.provenance.as_of, Instant{}) << each.key;
    EXPECT_TRUE(each.link.starts_with('/')) << each.key;
    EXPECT_FALSE(each.label.empty());
  }
  EXPECT_EQ(tile("watermark_age_minutes").value, std::nullopt) << "not read yet";
  EXPECT_FALSE(tile("awaiting_orders").provenance.proven) << "ShipStation has not been read";
  EXPECT_TRUE(tile("pending_uploads").provenance.proven) << "only the book itself knows";
  write([](ports::Tx& tx) {
    book::put_watermark(tx, kDefaultAccount, "shipstation-sync", tx.now(), tx.now() - 7min);
  });
  EXPECT_EQ(tile("watermark_age_minutes").value, 7);
}

TEST_P(TodayScreen, WhatNeedsAPersonIsListedGravestAndOldestFirst) {
  finished_run("failed", "'credentials refused'");
  database.script(
      "INSERT INTO alerts (rule, subject, fact_hash, severity, state, title, detail, evidence, "
      "opened_us, last_seen_us, snoozed_until_us) VALUES "
      "('disk_low', 'disk', 'h', 'critical', 'open', 'Disk', 'Full.', '/settings', 5, 5, NULL), "
      "('node_silent', 'n', 'h', 'info', 'open', 'Node', 'Silent.', '', 1, 5, NULL), "
      "('run_too_long', 'w', 'h', 'warning', 'open', 'Slow', 'Slow.', '', 1, 5, 9000000000000000), "
      "('run_too_long', 'v', 'h', 'warning', 'resolved', 'Slow', 'Slow.', '', 1, 5, NULL), "
      "('quarantine_not_empty', 'q', 'h', 'warning', 'open', 'Q', 'Q.', '', 1, 5, NULL)");
  database.script(
      "INSERT INTO cases (kind, order_number, shipstation_order_id, fact_hash, evidence, run_id, "
      "opened_us) VALUES ('number_conflict', '10/7', 1, 'h', 'Two of them.', 'r', 30)");
  database.script(
      "INSERT INTO quarantine (entity, entity_key, entity_number, stream, error_class, problem, "
      "first_seen_us, last_seen_us, run_id) VALUES "
      "('order', '4711', '100528', 'orders', 'unreadable', 'No price.', 20, 20, 'r'), "
      "('hole', 'w', NULL, 'orders', 'server error', 'A hole.', 40, 40, 'r')");
  const auto page = look();
  std::vector<std::string> seen;
  for (const auto& item : page.attention) {
    seen.push_back(std::string(word(item.severity)) + " " + item.kind + " " + item.subject + " " +
                   item.link);
  }
  EXPECT_EQ(seen,
            (std::vector<std::string>{
                "critical run shipstation-sync /sync", "critical alert disk /settings",
                "warning quarantine 100528 /orders/100528", "warning case 10/7 /orders/10%2F7",
                "warning quarantine w /sync", "info alert n /alerts"}));
  EXPECT_EQ(page.attention_total, 6);
  EXPECT_EQ(page.attention[3].title, "One number, several ShipStation orders");
}

TEST_P(TodayScreen, AFailureThatAnAlertTellsIsNotToldTwice) {
  finished_run("failed");
  database.script(
      "INSERT INTO alerts (rule, subject, fact_hash, severity, state, title, detail, opened_us, "
      "last_seen_us) VALUES ('run_failed_repeatedly', 'shipstation-sync', 'h', 'warning', 'open', "
      "'Failed', 'Three times.', 5, 5)");
  const auto page = look();
  ASSERT_EQ(page.attention.size(), 1U);
  EXPECT_EQ(page.attention[0].kind, "alert");
  EXPECT_EQ(page.attention_total, 1);
}

TEST_P(TodayScreen, AnOpenBreakerNeedsAttentionAndAClosedOneDoesNot) {
  write([](ports::Tx& tx) {
    const auto before = book::lock_breaker(tx, "shipstation");
    auto open = before;
    open.breaker.state = work::BreakerState::open;
    open.reason = "5 requests in a row failed.";
    open.opened = tx.now();
    book::put_breaker(tx, before, open);
  });
  ASSERT_EQ(look().attention.size(), 1U);
  EXPECT_EQ(look().attention[0].detail, "5 requests in a row failed.");
  database.script("UPDATE breakers SET state = 'closed'");
  EXPECT_TRUE(look().attention.empty());
}

TEST_P(TodayScreen, MoreThanFiftyAreCountedAndNotListed) {
  for (int i = 0; i < 60; ++i) {
    database.script(
        "INSERT INTO cases (kind, order_number, shipstation_order_id, fact_hash, evidence, run_id, "
        "opened_us) VALUES ('duplicate', '" +
        text(i) + "', " + text(i) + ", 'h', 'e', 'r', 1)");
  }
  EXPECT_EQ(look().attention.size(), 50U);
  EXPECT_EQ(look().attention_total, 60);
}

TEST_P(TodayScreen, TheCutOffCountsDownInTheWarehouseZone) {
  EXPECT_FALSE(look().cutoff);
  const auto now = write([](ports::Tx& tx) { return tx.now(); });
  const auto local = rules_.warehouse.to_local(now);
  rules_.cutoff = TimeOfDay{.hour = 0, .minute = 0};
  EXPECT_TRUE(look().cutoff->passed);
  EXPECT_FALSE(look().cutoff->minutes_left);
  rules_.cutoff = TimeOfDay{.hour = 23, .minute = 59};
  const auto left =
      std::chrono::ceil<std::chrono::minutes>(LocalTime{day_of(local)} + 23h + 59min - local);
  if (left > 1min) {  // not in the last minute of the day
    ASSERT_TRUE(look().cutoff->minutes_left);
    EXPECT_NEAR(static_cast<double>(*look().cutoff->minutes_left),
                static_cast<double>(left.count()), 1.0);
  }
}

TEST(TimeOfDay, IsReadOrRefused) {
  EXPECT_EQ(time_of_day_from("12:05")->minute, 5);
  for (const auto* text : {"", "12", "24:00", "12:60", "-1:00", "noon", "12:00:00"}) {
    EXPECT_FALSE(time_of_day_from(text)) << text;
  }
}

}  // namespace
}  // namespace tallyman::views
