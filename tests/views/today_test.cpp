#include "views/today.h"

#include "adapters/book/breakers.h"
#include "adapters/book/controls.h"
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
  // So long ago.
  void finished_run(const std::string& outcome, const std::string& failure = "NULL",
                    Micros ago = 0s) {
    const Instant now = write([](ports::Tx& tx) { return tx.now(); });
    const auto us = std::to_string(to_micros(now - ago) + ++runs_);
    database.script(
        "INSERT INTO runs (run_id, workflow, mode, outcome, why, started_us, "
        "finished_us, message, failure) VALUES ('r" +
        text(runs_) + "', 'shipstation-sync', 'live', '" + outcome + "', 'schedule', " + us + ", " +
        us + ", 'It ended (curl: 28).', " + failure + ")");
  }
  void read_until(Micros ago) {
    write([&](ports::Tx& tx) {
      book::put_watermark(tx, kDefaultAccount, "shipstation-sync", tx.now() - ago, tx.now() - ago);
    });
  }
  // "kind title" of what needs attention.
  std::vector<std::string> waiting() {
    std::vector<std::string> all;
    for (const auto& item : look().attention) all.push_back(item.kind + ": " + item.title);
    return all;
  }
  void switch_off(std::string_view who, std::string_view reason) {
    write([&](ports::Tx& tx) { book::turn(tx, "shipstation-sync", book::Turn::off, who, reason); });
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

TEST_P(TodayScreen, AFigureIsProvenForThreeIntervalsAndThenSaysSinceWhenNothingWasRead) {
  finished_run("ok");
  read_until(14min);
  EXPECT_TRUE(tile("awaiting_orders").provenance.proven);
  EXPECT_EQ(tile("awaiting_orders").provenance.reading, Reading::current);
  read_until(16min);
  const auto old = tile("awaiting_orders").provenance;
  EXPECT_FALSE(old.proven);
  EXPECT_EQ(old.reading, Reading::late);
  EXPECT_TRUE(old.proof.starts_with("Not read since ")) << old.proof;
  EXPECT_FALSE(look().provenance.proven);
  EXPECT_TRUE(tile("open_cases").provenance.proven) << "the book itself is read now";
  rules_.reading.schedule = work::Interval{.length = std::chrono::minutes{10}};
  EXPECT_TRUE(tile("awaiting_orders").provenance.proven) << "by the schedule in force";
}

TEST_P(TodayScreen, AnOldFigureAfterAFailureNamesItInPlainWords) {
  finished_run("ok", "NULL", 1h);
  finished_run("failed", "'timeout'");
  const auto proof = tile("awaiting_orders").provenance.proof;
  EXPECT_NE(proof.find("the last sync failed. ShipStation did not answer in time."),
            std::string::npos)
      << proof;
  EXPECT_EQ(proof.find("curl"), std::string::npos);
}

TEST_P(TodayScreen, ASyncThatIsOffOrNotSetUpProvesNothingAndNeedsAttention) {
  finished_run("ok");
  EXPECT_TRUE(waiting().empty());
  switch_off("user:ana", "stocktaking");
  EXPECT_EQ(tile("awaiting_orders").provenance.reading, Reading::off);
  EXPECT_FALSE(tile("awaiting_orders").provenance.proven);
  EXPECT_EQ(waiting(), std::vector<std::string>{"sync: The sync is switched off"});
  EXPECT_EQ(look().attention[0].detail, "Nothing new comes from ShipStation. Reason: stocktaking");
  rules_.reading.is_set_up = false;
  EXPECT_EQ(tile("awaiting_orders").provenance.reading, Reading::not_set_up);
  EXPECT_EQ(waiting(), std::vector<std::string>{"sync: ShipStation is not set up"});
  EXPECT_EQ(look().attention_total, 1);
}

TEST_P(TodayScreen, WhatShipStationKnowsHasNoValueBeforeItWasRead) {
  local(1, "pending", 4);
  finished_run("failed", "'credentials refused'");
  for (const auto* key : {"awaiting_orders", "units_to_ship", "shipped_today", "on_hold"}) {
    EXPECT_EQ(tile(key).value, std::nullopt) << key;
    EXPECT_EQ(tile(key).second, std::nullopt) << key;
    EXPECT_EQ(tile(key).provenance.reading, Reading::never) << key;
    EXPECT_FALSE(tile(key).provenance.proven) << key;
  }
  EXPECT_EQ(tile("pending_uploads").value, 4);
  finished_run("ok");
  EXPECT_EQ(tile("awaiting_orders").value, 0);
}

TEST_P(TodayScreen, ARefusedKeyIsToldOnce) {
  finished_run("failed", "'credentials refused'");
  switch_off("tallyman", "ShipStation refused the credentials.");
  EXPECT_EQ(waiting(), std::vector<std::string>{"run: The last run failed"});
  database.script(
      "INSERT INTO alerts (rule, subject, fact_hash, severity, state, title, detail, opened_us, "
      "last_seen_us) VALUES ('credentials_refused', 'shipstation', 'h', 'critical', 'open', "
      "'ShipStation refuses our credentials', 'It answered: 401 (curl).', 5, 5)");
  EXPECT_EQ(waiting(), std::vector<std::string>{"alert: ShipStation refuses our credentials"});
  EXPECT_EQ(look().attention_total, 1);
  EXPECT_EQ(look().attention[0].detail.find("curl"), std::string::npos);
  EXPECT_EQ(look().attention[0].technical, "It answered: 401 (curl).");
}

TEST_P(TodayScreen, APartnersFailureIsOneSentenceAndItsChainIsKeptAside) {
  finished_run("ok");
  finished_run("failed", "'timeout'");
  ASSERT_EQ(look().attention.size(), 1U);
  EXPECT_EQ(look().attention[0].detail,
            "ShipStation did not answer in time. Nothing is lost; it is tried again by itself.");
  EXPECT_EQ(look().attention[0].technical, "It ended (curl: 28).");
  finished_run("failed");  // of our own making: its message is the sentence
  EXPECT_EQ(look().attention[0].detail, "It ended (curl: 28).");
  EXPECT_EQ(look().attention[0].technical, "");
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
  finished_run("ok");
  remote(11, "awaiting_shipment", "2", "skipped");
  database.script("UPDATE remote_orders SET survivor_id = 12");
  EXPECT_EQ(tile("units_to_ship").second, 0);
  EXPECT_TRUE(tile("units_to_ship").because.empty());
}

TEST_P(TodayScreen, ShippedUnitsOfTodayAndOfSevenDays) {
  finished_run("ok");
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
                "critical alert disk /settings", "critical run shipstation-sync /sync",
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
  EXPECT_EQ(look().attention[0].technical, "5 requests in a row failed.");
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
