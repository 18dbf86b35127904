// Every named statement fits the migrated schema, and rows that scripts write fit the program.
#include "adapters/book/history.h"
#include "adapters/book/orders.h"
#include "adapters/book/sql/all.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

class Statements : public BookOnBoth {};
INSTANTIATE_TEST_SUITE_P(Book, Statements, kBothDialects, dialect_name);

TEST_P(Statements, EveryOneOfThemFitsTheSchema) {
  ASSERT_GT(book::sql::all_statements().size(), 40U);
  for (const auto* statement : book::sql::all_statements()) {
    EXPECT_NO_THROW(database->prepare(*statement)) << statement->name;
  }
}

class RowsOfScripts : public BookOnBoth {};
INSTANTIATE_TEST_SUITE_P(Book, RowsOfScripts, kBothDialects, dialect_name);

TEST_P(RowsOfScripts, FiveColumnsAreAnOrder) {
  database.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, shipstation_order_id, "
      "source_system) VALUES ('600005', '2026-11-19', 'awaiting_shipment', '373700001', 'X-Cart')");
  const auto order = write([](ports::Tx& tx) {
    const ShipStationOrderId ids[] = {ShipStationOrderId{373700001}};
    const LocalOrderId local[] = {book::find_by_remote(tx, kDefaultAccount, ids).front().value()};
    return book::load_orders(tx, local).at(local[0]);
  });
  EXPECT_EQ(order.header.number.value, "600005");
  EXPECT_EQ(order.header.order_date, day_from_text("2026-11-19").value());
  EXPECT_EQ(order.header.status.word, "awaiting_shipment");
  EXPECT_EQ(order.header.shipstation_order, ShipStationOrderId{373700001});
  EXPECT_EQ(order.header.total_items, 0);
  EXPECT_TRUE(order.lines.empty());
}

TEST_P(RowsOfScripts, DatesInOtherFormsAreBroughtIntoTheOneForm) {
  database.script(
      "INSERT INTO orders_inbox (order_number, order_date, created_at, updated_at) VALUES "
      "('1', '2026-11-19 08:30:00', '2026-11-19 10:00:00', '2026-11-19T10:00:00Z')");
  const auto order = write([](ports::Tx& tx) {
    const LocalOrderId local[] = {
        book::find_by_number(tx, kDefaultAccount, OrderNumber{"1"}).value()};
    return book::load_orders(tx, local).at(local[0]);
  });
  EXPECT_EQ(order.header.order_date, day_from_text("2026-11-19").value());
  if (GetParam() == ports::Dialect::sqlite) {
    EXPECT_EQ(one("SELECT created_at FROM orders_inbox"), "2026-11-19T10:00:00.000000Z");
    EXPECT_EQ(one("SELECT updated_at FROM orders_inbox"), "2026-11-19T10:00:00.000000Z");
  }
}

TEST_P(RowsOfScripts, WhatIsNoDateIsRefused) {
  EXPECT_THROW(database.script("INSERT INTO orders_inbox (order_number, order_date) "
                               "VALUES ('1', 'some day')"),
               ports::DbFailure);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM orders_inbox"), "0");
}

TEST_P(RowsOfScripts, TwoRowsOfOneNumberAreRefused) {
  const auto* const insert =
      "INSERT INTO orders_inbox (order_number, order_date) VALUES ('1', '2026-11-19')";
  database.script(insert);
  EXPECT_THROW(database.script(insert), ports::DbFailure);
}

class History : public BookOnBoth {};
INSTANTIATE_TEST_SUITE_P(Book, History, kBothDialects, dialect_name);

TEST_P(History, RefreshedAgainItChangesNothing) {
  database.script(
      "INSERT INTO orders_inbox (id, order_number, order_date, status, shipstation_order_id, "
      "ship_date) VALUES (7, '600005', '2026-11-19', 'shipped', '373700001', '2026-11-20');"
      "INSERT INTO order_items_inbox (order_inbox_id, sku, sku_lot, quantity) VALUES "
      "(7, '17612', '17612 - 250340', 3), (7, '17612', '17612 - 250237', 4)");
  const orders::KnownSkus known{Sku{"17612"}};
  const LocalOrderId ids[] = {LocalOrderId{7}};
  const auto refresh = [&] {
    return write([&](ports::Tx& tx) {
      return book::refresh_history(tx, kDefaultAccount, RunId{"run"}, ids, known);
    });
  };
  const auto first = refresh();
  EXPECT_EQ(first.orders_written, 1);
  EXPECT_EQ(first.items_written, 2);
  const auto* const items =
      "SELECT sku_lot || ' ' || CAST(quantity_shipped AS TEXT) FROM shipped_items "
      "ORDER BY sku_lot";
  const auto rows = database.rows(items);
  EXPECT_EQ(rows,
            (std::vector<std::vector<std::string>>{{"17612 - 250237 4"}, {"17612 - 250340 3"}}));
  const auto again = refresh();
  EXPECT_EQ(again.orders_written + again.items_written + again.items_removed, 0);
  EXPECT_EQ(again.tracking_changed, 0);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM order_events"), "1");

  database.script("UPDATE orders_inbox SET status = 'awaiting_shipment'");
  EXPECT_EQ(refresh().items_removed, 2);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM shipped_orders"), "0");
}

}  // namespace
}  // namespace tallyman::tests
