#include "workflows/kpi_snapshot.h"

#include "adapters/book/breakers.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"
#include "adapters/time/zones.h"
#include "tests/adapters/book/book_on_both.h"
#include "workflows/table.h"

namespace tallyman::workflows {
namespace {

using namespace std::chrono_literals;

Zone chicago() {
  static const Zone zone = timing::load_zone("America/Chicago").value();
  return zone;
}

Instant at(std::string_view text) { return instant_from_text(text).value(); }
Day day(std::string_view text) { return day_from_text(text).value(); }

// 20 November in Chicago is 06:00 UTC to 06:00 UTC.
class KpiSnapshot : public tests::BookOnBoth {
 protected:
  book::Kpis count(Day of) {
    return write([&](ports::Tx& tx) { return count_kpis(tx, kDefaultAccount, of, settings_); });
  }
  void order(const std::string& number, const std::string& status, int units,
             const std::string& created = "2026-11-20T15:00:00Z") {
    database.script(
        "INSERT INTO orders_inbox (order_number, order_date, status, total_items, created_at) "
        "VALUES ('" +
        number + "', '2026-11-20', '" + status + "', " + std::to_string(units) + ", '" + created +
        "')");
  }
  void shipped(const std::string& number, const std::string& date, int units) {
    database.script("INSERT INTO shipped_orders (ship_date, order_number) VALUES ('" + date +
                    "', '" + number +
                    "'); INSERT INTO shipped_items (ship_date, base_sku, "
                    "quantity_shipped, order_number) VALUES ('" +
                    date + "', '17612', " + std::to_string(units) + ", '" + number + "')");
  }
  void run_of(std::string_view started, const std::string& outcome, int requests) {
    database.script(
        "INSERT INTO runs (run_id, workflow, mode, outcome, why, started_us, requests) VALUES ('" +
        std::string(started) + outcome + "', 'shipstation-sync', 'live', '" + outcome +
        "', 'schedule', " + std::to_string(to_micros(at(started))) + ", " +
        std::to_string(requests) + ")");
  }
  // A zone whose clock shows this hour now, whatever the database's clock says.
  Zone zone_where_it_is(int hour) {
    const Instant now = write([](ports::Tx& tx) { return tx.now(); });
    const auto utc = std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count() % 24;
    const auto east = (hour - utc + 36) % 24 - 12;
    const std::string sign = east < 0 ? "+" : "-";  // POSIX counts to the west
    return timing::load_zone("Etc/GMT" + sign + std::to_string(std::abs(east))).value();
  }
  std::int64_t take() {
    return write([&](ports::Tx& tx) {
      return take_kpi_snapshot(tx, RunId{"0123456789abcdef0123456789abcdef"}, settings_);
    });
  }
  void read_until_now() {
    write([](ports::Tx& tx) {
      book::put_watermark(tx, kDefaultAccount, "shipstation-sync", tx.now(), tx.now());
    });
  }

  KpiSettings settings_{.warehouse = chicago(), .proof = [](ports::Tx& tx, AccountId) {
                          return KpiProof{.as_of = tx.now(), .proven = true, .proof = "Proven."};
                        }};
};
INSTANTIATE_TEST_SUITE_P(Workflows, KpiSnapshot, tests::kBothDialects, tests::dialect_name);

TEST_P(KpiSnapshot, CountsTheDayOfTheWarehouseAndNotOfGreenwich) {
  order("1", "awaiting_shipment", 3, "2026-11-20T05:59:59Z");  // the evening before
  order("2", "pending", 2, "2026-11-20T06:00:00Z");
  order("3", "on_hold", 5, "2026-11-21T05:59:59Z");
  order("4", "shipped", 7, "2026-11-21T06:00:00Z");  // the morning after
  shipped("4", "2026-11-20", 7);
  shipped("5", "2026-11-20", 1);
  shipped("6", "2026-11-19", 9);
  run_of("2026-11-20T05:00:00Z", "ok", 100);
  run_of("2026-11-20T07:00:00Z", "ok", 3);
  run_of("2026-11-21T05:00:00Z", "partial", 4);
  run_of("2026-11-20T08:00:00Z", "failed", 2);
  run_of("2026-11-20T09:00:00Z", "skipped", 0);
  const auto kpis = count(day("2026-11-20"));
  EXPECT_EQ(kpis.orders_today, 2);
  EXPECT_EQ(kpis.orders_awaiting, 1);
  EXPECT_EQ(kpis.units_to_ship, 5) << "awaiting and pending";
  EXPECT_EQ(kpis.orders_on_hold, 1);
  EXPECT_EQ(kpis.pending_uploads, 1);
  EXPECT_EQ(kpis.shipments_sent, 2);
  EXPECT_EQ(kpis.units_shipped, 8);
  EXPECT_EQ(kpis.runs_ok, 2);
  EXPECT_EQ(kpis.runs_failed, 1);
  EXPECT_EQ(kpis.requests, 9);
  EXPECT_TRUE(kpis.proven);
  EXPECT_EQ(kpis.proof, "Proven.");
}

TEST_P(KpiSnapshot, TakenAgainOnTheSameDayItReplacesTheRow) {
  settings_.warehouse = zone_where_it_is(15);
  order("1", "awaiting_shipment", 3);
  const auto take = [&](const std::string& run) {
    return write([&](ports::Tx& tx) { return take_kpi_snapshot(tx, RunId{run}, settings_); });
  };
  EXPECT_EQ(take("r1"), 1);
  order("2", "awaiting_shipment", 4);
  EXPECT_EQ(take("r2"), 1);
  const auto rows = write([&](ports::Tx& tx) {
    return book::list_kpis(tx, kDefaultAccount, kpi_day(tx.now(), settings_.warehouse), 10);
  });
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].units_to_ship, 7);
  EXPECT_EQ(rows[0].run, RunId{"r2"});
  EXPECT_TRUE(rows[0].as_of);
}

TEST_P(KpiSnapshot, EveryAccountHasItsOwnRow) {
  settings_.warehouse = zone_where_it_is(15);
  database.script(
      "INSERT INTO accounts (account_id, partner, name) VALUES (2, 'shipstation', 'B')");
  order("1", "awaiting_shipment", 3);
  EXPECT_EQ(write([&](ports::Tx& tx) { return take_kpi_snapshot(tx, RunId{"r"}, settings_); }), 2);
  const auto of = [&](std::int64_t account) {
    return write([&](ports::Tx& tx) {
      return book::list_kpis(tx, AccountId{account}, kpi_day(tx.now(), settings_.warehouse), 10);
    });
  };
  EXPECT_EQ(of(1).at(0).orders_awaiting, 1);
  EXPECT_EQ(of(2).at(0).orders_awaiting, 0);
}

TEST_P(KpiSnapshot, TheSystemIsOnlineDegradedOrOffline) {
  EXPECT_EQ(count(day("2026-11-20")).system_status, "offline") << "never read";
  read_until_now();
  EXPECT_EQ(count(day("2026-11-20")).system_status, "online");
  run_of("2026-11-20T08:00:00Z", "failed", 2);
  EXPECT_EQ(count(day("2026-11-20")).system_status, "degraded");
  run_of("2026-11-20T09:00:00Z", "ok", 2);
  EXPECT_EQ(count(day("2026-11-20")).system_status, "online");
  write([](ports::Tx& tx) {
    const auto before = book::lock_breaker(tx, "shipstation");
    auto open = before;
    open.breaker.state = work::BreakerState::open;
    book::put_breaker(tx, before, open);
  });
  EXPECT_EQ(count(day("2026-11-20")).system_status, "degraded");
}

// One attempt of one job, straight on the book.
class Attempt final : public engine::JobContext {
 public:
  explicit Attempt(ports::Database& database) : database_(database) {}
  JobId job() const override { return JobId{7}; }
  const RunId& run() const override { return run_; }
  const std::string& args() const override { return args_; }
  const std::string& asked_by() const override { return asked_by_; }
  const std::string& why() const override { return why_; }
  int attempt() const override { return 1; }
  const std::string& cursor() const override { return none_; }
  std::stop_token stop() const override { return {}; }
  std::stop_token hurried() const override { return {}; }
  void transact(const std::function<void(ports::Tx&)>& work) override {
    database_.transact(ports::TxMode::write, work);
  }
  void set_cursor(ports::Tx&, std::string_view) override {}
  void progress(std::string_view, std::int64_t, std::int64_t) override {}
  void log(engine::LogLevel, std::string_view) override {}

 private:
  ports::Database& database_;
  RunId run_{"0123456789abcdef0123456789abcdef"};
  std::string args_ = "{}";
  std::string asked_by_ = "schedule";
  std::string why_ = "daily at 23:55";
  std::string none_;
};

TEST_P(KpiSnapshot, TheJobLeavesTheRowAndItsRunTogether) {
  settings_.warehouse = zone_where_it_is(15);
  Attempt attempt(*database);
  const auto end = kpi_snapshot(settings_)(attempt);
  ASSERT_TRUE(std::holds_alternative<engine::JobDone>(end));
  EXPECT_NE(std::get<engine::JobDone>(end).message.find("kept for 1 account."), std::string::npos);
  const auto run = write([&](ports::Tx& tx) { return book::find_run(tx, attempt.run()); });
  ASSERT_TRUE(run);
  EXPECT_EQ(run->workflow, "kpi-snapshot");
  EXPECT_EQ(run->outcome, "ok");
  EXPECT_EQ(run->why, "daily at 23:55");
  EXPECT_EQ(one("SELECT run_id FROM system_kpis"), attempt.run().value);
}

TEST_P(KpiSnapshot, YesterdayIsOnlyKeptByABookThatWasAtWorkThen) {
  settings_.warehouse = zone_where_it_is(3);
  Attempt first(*database);
  const auto end = kpi_snapshot(settings_)(first);
  EXPECT_TRUE(std::get<engine::JobDone>(end).message.starts_with("Nothing was at work on "));
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM system_kpis"), "0");
  const Instant now = write([](ports::Tx& tx) { return tx.now(); });
  run_of(to_text(now - 1h), "ok", 1);  // this morning
  EXPECT_EQ(take(), 0);
  run_of(to_text(now - 5h), "failed", 1);  // late last evening
  EXPECT_EQ(take(), 1);
}

TEST_P(KpiSnapshot, TheFirstDayOfABookIsKept) {
  settings_.warehouse = zone_where_it_is(15);
  EXPECT_EQ(take(), 1);
}

TEST(KpiDay, UntilSixInTheMorningItIsTheDayBefore) {
  EXPECT_EQ(kpi_day(at("2026-11-21T05:55:00Z"), chicago()), day("2026-11-20"));  // 23:55
  EXPECT_EQ(kpi_day(at("2026-11-21T11:59:00Z"), chicago()), day("2026-11-20"));  // 05:59, late
  EXPECT_EQ(kpi_day(at("2026-11-21T12:00:00Z"), chicago()), day("2026-11-21"));
  // Nights on which the clock changes.
  EXPECT_EQ(kpi_day(at("2026-11-02T05:55:00Z"), chicago()), day("2026-11-01"));
  EXPECT_EQ(kpi_day(at("2026-03-09T04:55:00Z"), chicago()), day("2026-03-08"));
}

TEST(KpiSnapshotRow, IsInTheTableOfWorkflows) {
  const auto* row = find_workflow(kKpiSnapshot);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->usual_schedule, "daily at 23:55");
}

}  // namespace
}  // namespace tallyman::workflows
