// Old orders through a real worker, on both databases.
#include "workflows/orders_cleanup.h"

#include <fmt/format.h>

#include "adapters/book/order_list.h"
#include "adapters/book/orders.h"
#include "adapters/time/zones.h"
#include "engine/worker_test.h"

namespace tallyman::engine {
namespace {

class OrdersCleanup : public Workers {
 protected:
  OrdersCleanup() {
    worker_ = worker({{std::string(workflows::kOrdersCleanup),
                       workflows::orders_cleanup(
                           {.account = kDefaultAccount,
                            .warehouse = timing::load_zone("UTC").value(),
                            .archive_days = [](ports::Tx&) { return std::int64_t{60}; }})}});
  }
  book::Job clean() {
    book::NewJob job;
    job.kind = workflows::kOrdersCleanup;
    return when(add(job), JobState::done);
  }
  std::string day(int days) {
    return ports::transact(*database, ports::TxMode::read, [&](ports::Tx& tx) {
      return to_text(timing::load_zone("UTC").value().day(tx.now()) - std::chrono::days{days});
    });
  }
  void order(const std::string& number, const std::string& status, int days_ago) {
    database.script(
        fmt::format("INSERT INTO orders_inbox (order_number, order_date, status, "
                    "shipstation_order_id) VALUES ('{}', '{}', '{}', '9{}')",
                    number, day(days_ago), status, number));
  }
  std::string archived() {
    std::string all;
    for (const auto& row : database.rows("SELECT order_number FROM orders_inbox WHERE archived_us "
                                         "IS NOT NULL ORDER BY order_number")) {
      all += row.at(0) + " ";
    }
    return all;
  }
  std::string listed(const book::OrderFilter& filter) {
    std::string all;
    ports::transact(*database, ports::TxMode::read, [&](ports::Tx& tx) {
      for (const auto& row : book::list_orders(tx, kDefaultAccount, filter, std::nullopt, 100)) {
        all += row.number.value + " ";
      }
    });
    return all;
  }
  std::unique_ptr<Worker> worker_;
};
INSTANTIATE_TEST_SUITE_P(Workflows, OrdersCleanup, kBothDialects, dialect_name);

TEST_P(OrdersCleanup, FinishedOrdersLeaveAfterSixtyDaysAndNothingOfThemIsLost) {
  order("1", "shipped", 61);
  order("2", "shipped", 60);
  order("3", "cancelled", 100);
  order("4", "awaiting_shipment", 100);
  order("5", "shipped", 100);  // but shipped yesterday
  database.script(fmt::format(
      "INSERT INTO shipped_orders (ship_date, order_number) VALUES ('{}', '5');"
      "INSERT INTO shipstation_order_line_items (order_inbox_id, sku, shipstation_order_id) "
      "SELECT id, '17612', '91' FROM orders_inbox WHERE order_number = '1'",
      day(1)));
  const auto job = clean();
  EXPECT_EQ(job.message, "2 orders left the inbox view. 1 of those as old stay: they are open.");
  EXPECT_EQ(archived(), "1 3 ");
  EXPECT_EQ(count("orders_inbox"), "5");
  EXPECT_EQ(count("shipstation_order_line_items"), "1") << "the evidence of upload";
  EXPECT_EQ(one("SELECT title FROM order_events WHERE order_number = '1'"), "Left the inbox view");

  EXPECT_EQ(listed({}).find('1'), std::string::npos);
  EXPECT_EQ(listed({.search = "1"}), "1 ") << "whoever searches finds it";
  EXPECT_EQ(listed({.archive = book::Archive::only}), "3 1 ");
  EXPECT_EQ(ports::transact(*database, ports::TxMode::read,
                            [](ports::Tx& tx) {
                              return book::count_by_status(tx, kDefaultAccount)["shipped"].orders;
                            }),
            2);
  EXPECT_EQ(clean().message,
            "0 orders left the inbox view. 1 of those as old stay: they are open.");
}

TEST_P(OrdersCleanup, ARunThatWasCutOffDoesNotSayForeverThatItRuns) {
  database.script(
      "INSERT INTO runs (run_id, account_id, workflow, mode, outcome, why, asked_by, started_us) "
      "VALUES ('cut', 1, 'orders-cleanup', 'live', 'running', 'x', 'x', 1), "
      "('other', 1, 'xml-import', 'live', 'running', 'x', 'x', 1)");
  clean();
  EXPECT_EQ(one("SELECT outcome FROM runs WHERE run_id = 'cut'"), "failed");
  EXPECT_EQ(one("SELECT outcome FROM runs WHERE run_id = 'other'"), "running")
      << "of another workflow";
}

TEST_P(OrdersCleanup, AnOrderThatIsOpenAgainComesBack) {
  order("1", "shipped", 100);
  clean();
  EXPECT_EQ(archived(), "1 ");
  // As the sync writes it.
  ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
    const LocalOrderId ids[] = {
        book::find_by_number(tx, kDefaultAccount, OrderNumber{"1"}).value()};
    auto order = book::load_orders(tx, ids).at(ids[0]);
    orders::OrderChange change;
    change.header = order.header;
    change.header->status = orders::status_of(orders::OrderStatus::awaiting_shipment);
    orders::OrderSeen seen;
    orders::Decision decision;
    decision.target = ids[0];
    book::OrderWrite writes[] = {
        {.seen = &seen, .decision = &decision, .change = &change, .order = std::nullopt}};
    book::write_changes(tx, kDefaultAccount, RunId{"r"}, writes);
  });
  EXPECT_EQ(archived(), "");
  // As somebody writes it by plain SQL.
  order("2", "cancelled", 100);
  clean();
  database.script("UPDATE orders_inbox SET status = 'on_hold' WHERE order_number = '2'");
  EXPECT_EQ(
      clean().message,
      "0 orders left the inbox view. 1 came back, because they are open again. 2 of those as old "
      "stay: they are open.");
  EXPECT_EQ(archived(), "");
}

TEST_P(OrdersCleanup, BytesOfOldFilesGoButNotThoseOfTheNewest) {
  const auto* const bytes = GetParam() == ports::Dialect::sqlite ? "x'78'" : "'x'::bytea";
  database.script(fmt::format(
      "INSERT INTO import_files (import_id, name, source, sha256, size_bytes, received_us, "
      "received_by, outcome, body_encoding, body) VALUES "
      "(1, 'orders.xml', 'folder', 'a', 1, 1, 's', 'ok', 'plain', {0}), "
      "(2, 'orders.xml', 'folder', 'b', 1, 2, 's', 'ok', 'plain', {0}), "
      "(3, 'other.xml', 'upload', 'c', 1, 1, 's', 'ok', 'plain', {0}), "
      "(4, 'third.xml', 'upload', 'd', 1, 1, 's', 'waiting', 'plain', {0});"
      "INSERT INTO import_findings (import_id, position, kind, line, col, reason) VALUES "
      "(1, 1, 'order_skipped', 1, 1, 'r'), (2, 1, 'order_skipped', 1, 1, 'r')",
      bytes));
  clean();
  EXPECT_EQ(count("import_files"), "4");
  EXPECT_EQ(count("import_files WHERE body IS NULL"), "1");
  EXPECT_EQ(one("SELECT CAST(import_id AS TEXT) FROM import_findings"), "2");
}

}  // namespace
}  // namespace tallyman::engine
