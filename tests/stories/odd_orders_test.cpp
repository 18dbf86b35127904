// Orders that are not as orders should be: each is dealt with, and none stands in another's way.
#include <gtest/gtest.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using Rows = std::vector<std::vector<std::string>>;

std::string known_row(std::int64_t id, const std::string& number, const std::string& status) {
  return "INSERT INTO orders_inbox (order_number, order_date, status, shipstation_order_id, "
         "source_system) VALUES ('" +
         number + "', '2026-11-19', '" + status + "', '" + std::to_string(id) + "', 'X-Cart')";
}

TEST(OddOrders, AnOrderWithoutItemsIsSkippedUntilItHasSome) {
  Story story;
  const auto id = story.world().create_order({});
  story.world().create_order(goods("17612 - 250340"));
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 1);
  EXPECT_EQ(story.one("SELECT rule FROM remote_orders WHERE shipstation_order_id = " +
                      std::to_string(id)),
            "no_key_sku");
  story.world().edit(id, [](sandbox::Order& order) {
    sandbox::Line line;
    line.sku = "17914 - 250297";
    line.quantity = 2;
    order.lines.push_back(line);
  });
  EXPECT_EQ(story.sync().numbers.manual_orders_imported, 1);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(OddOrders, AKnownOrderShownWithoutItemsKeepsTheOnesItHas) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 5));
  story.sync();
  story.world().edit(id, [](sandbox::Order& order) { order.lines.clear(); });
  const auto run = story.sync();
  EXPECT_EQ(story.one("SELECT SUM(quantity) FROM order_items_inbox"), "5");
  ASSERT_EQ(run.numbers.warnings.size(), 1U);
}

TEST(OddOrders, SpacesAroundANumberAreNotPartOfIt) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 1, "  100700 "));
  story.sync();
  EXPECT_EQ(story.one("SELECT order_number FROM orders_inbox"), "100700");
  // The same number without spaces is the same number: a conflict, not a second row.
  story.world().create_order(goods("17612 - 250340", 1, "100700"));
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(run.numbers.deferred, 1);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
  story.world().create_order(goods("17612 - 250340", 1, " 100700"));
  EXPECT_EQ(story.sync(1min).numbers.deferred, 2);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM quarantine"), "0");
}

TEST(OddOrders, ASecondOrderOfAManualNumberIsACaseAndTheFirstIsUntouched) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 2, "100800"));
  story.sync();
  const auto before = story.rows("SELECT * FROM orders_inbox");
  const auto second = story.world().create_order(goods("17904 - 240276", 9, "100800"));
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.deferred, 1);
  EXPECT_EQ(story.rows("SELECT * FROM orders_inbox"), before);
  EXPECT_EQ(story.rows("SELECT kind, order_number, shipstation_order_id, state FROM cases"),
            (Rows{{"number_conflict", "100800", std::to_string(second), "open"}}));
  EXPECT_EQ(story.rows("SELECT conflicting_order_number, shipstation_order_id, "
                       "resolution_status FROM manual_order_conflicts"),
            (Rows{{"100800", std::to_string(second), "pending"}}));
  // Seen again it stays one case and one row of conflicts.
  story.sync(1min);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM cases"), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM manual_order_conflicts"), "1");
}

TEST(OddOrders, TwoNewOrdersOfOneNumberInOneReadingAreOneImportAndOneCase) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 2, "100801"));
  story.world().create_order(goods("17612 - 250237", 3, "100801"));
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 1);
  EXPECT_EQ(run.numbers.deferred, 1);
  EXPECT_EQ(story.one("SELECT total_items FROM orders_inbox"), "2");
}

TEST(OddOrders, ADeferredOrderDoesNotHoldTheOthersUp) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 2, "100802"));
  story.world().create_order(goods("17612 - 250340", 2, "100802"));
  story.sync();
  story.world().create_order(goods("17612 - 250340", 1, "100803"));
  EXPECT_EQ(story.sync().numbers.manual_orders_imported, 1);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "2");
}

TEST(OddOrders, TwoLotsOfOneSkuAreTwoLines) {
  Story story;
  sandbox::OrderSpec spec;
  spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
  spec.items.push_back({.sku = "17612 - 250237", .quantity = 5});
  const auto id = story.world().create_order(spec);
  story.world().ship(id);
  story.sync();
  const Rows lots{{"17612 - 250237", "5"}, {"17612 - 250340", "2"}};
  EXPECT_EQ(story.rows("SELECT sku_lot, quantity FROM order_items_inbox ORDER BY sku_lot"), lots);
  EXPECT_EQ(story.rows("SELECT sku_lot, quantity_shipped FROM shipped_items ORDER BY sku_lot"),
            lots);
}

TEST(OddOrders, AnUnknownStatusIsKeptWordByWordAndBlocksNobody) {
  Story story;
  story.sync();
  const auto odd = story.world().create_order(goods("17612 - 250340"));
  story.world().create_order(goods("17612 - 250340"));
  story.world().set_fault({.fault = sandbox::Fault::unknown_status, .order = odd});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(story.rows("SELECT order_number, status FROM orders_inbox ORDER BY order_number"),
            (Rows{{"100001", "processing"}, {"100002", "awaiting_shipment"}}));
  ASSERT_EQ(run.numbers.warnings.size(), 1U);
  EXPECT_NE(run.numbers.warnings.front().find("processing"), std::string::npos);
  story.world().clear_faults();
  story.world().touch(odd);
  story.sync();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(OddOrders, ARenumberedOrderKeepsItsRow) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  story.sync();
  story.world().edit(id, [](sandbox::Order& order) { order.number = "100955"; });
  story.sync();
  EXPECT_EQ(story.rows("SELECT id, order_number FROM orders_inbox"), (Rows{{"1", "100955"}}));
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(OddOrders, ARenumberedShippedOrderTakesItsHistoryAlong) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  story.world().ship(id);
  story.sync();
  story.world().edit(id, [](sandbox::Order& order) { order.number = "100955"; });
  story.sync();
  EXPECT_EQ(story.rows("SELECT order_number FROM shipped_orders"), (Rows{{"100955"}}));
  EXPECT_EQ(story.rows("SELECT order_number, quantity_shipped FROM shipped_items"),
            (Rows{{"100955", "2"}}));
}

TEST(OddOrders, ARenumberingToAnotherOrdersNumberIsACase) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  story.world().create_order(goods("17612 - 250340", 3));
  story.sync();
  const auto before = story.rows("SELECT * FROM orders_inbox");
  story.world().edit(id, [](sandbox::Order& order) { order.number = "100002"; });
  EXPECT_EQ(story.sync().numbers.deferred, 1);
  EXPECT_EQ(story.rows("SELECT * FROM orders_inbox"), before);
  EXPECT_EQ(story.one("SELECT kind FROM cases"), "renumbered_to_taken");
}

TEST(OddOrders, AnEditedQuantityAndARemovedLineArrive) {
  Story story;
  sandbox::OrderSpec spec;
  spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
  spec.items.push_back({.sku = "17904 - 240276", .quantity = 1});
  const auto id = story.world().create_order(spec);
  story.sync();
  story.world().edit(id, [](sandbox::Order& order) { order.lines.front().quantity = 7; });
  story.sync();
  EXPECT_EQ(story.rows("SELECT sku, quantity FROM order_items_inbox ORDER BY sku"),
            (Rows{{"17612", "7"}, {"17904", "1"}}));
  EXPECT_EQ(story.one("SELECT total_items FROM orders_inbox"), "8");
  story.world().edit(id, [](sandbox::Order& order) { order.lines.pop_back(); });
  story.sync();
  EXPECT_EQ(story.rows("SELECT sku, quantity FROM order_items_inbox"), (Rows{{"17612", "7"}}));
  EXPECT_EQ(story.one("SELECT total_items FROM orders_inbox"), "7");
}

TEST(OddOrders, AKnownRowWrittenWithFiveColumnsIsLinkedAndFilled) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 6, "600305"));
  story.script(known_row(id, "600305", "awaiting_shipment"));
  EXPECT_EQ(story.sync().numbers.status_updates, 1);
  EXPECT_EQ(story.one("SELECT shipstation_order_id FROM order_links"), std::to_string(id));
  EXPECT_EQ(story.one("SELECT total_items FROM orders_inbox"), "6");
  EXPECT_NE(story.one("SELECT ship_street1 FROM orders_inbox"), "NULL");
  EXPECT_EQ(story.one("SELECT source_system FROM orders_inbox"), "X-Cart");
}

TEST(OddOrders, AListThatShowsAShippedOrderOpenIsNotBelieved) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  const auto labels = story.world().ship(id);
  story.sync();
  story.world().void_shipment(labels.front());
  // Shipped again a moment later, which lists show only after ten minutes.
  story.clock().advance(1min);
  story.world().set_fault({.fault = sandbox::Fault::late_visibility, .amount = 600});
  story.world().ship(id);
  story.world().clear_fault(sandbox::Fault::late_visibility);
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "shipped");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_events WHERE title LIKE 'Awaiting%'"), "0");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  story.sync(15min);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM quarantine WHERE state = 'open'"), "0");
}

TEST(OddOrders, AReopenedOrderStaysShippedHereUntilItsReadByIdSucceeds) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  const auto labels = story.world().ship(id);
  story.sync();
  story.world().void_shipment(labels.front());
  story.world().set_fault({.fault = sandbox::Fault::server_error, .path = "/orders/"});
  const auto waiting = story.sync(15min);
  EXPECT_EQ(waiting.numbers.deferred, 1);
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "shipped");
  EXPECT_EQ(story.rows("SELECT error_class, state FROM quarantine"),
            (Rows{{"needs a read by id", "open"}}));
  story.world().clear_faults();
  const auto proven = story.sync(20min);  // beyond the overlap: the list is silent about it
  EXPECT_EQ(proven.numbers.received, 0);
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "awaiting_shipment");
  EXPECT_EQ(story.one("SELECT state FROM quarantine"), "resolved");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(OddOrders, AVoidedLabelUndoesTheShippedHistory) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2));
  const auto labels = story.world().ship(id);
  story.sync();
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_items"), "1");
  story.world().void_shipment(labels.front());
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.applied, 1);
  EXPECT_EQ(run.numbers.deferred, 0);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_items"), "0");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_orders"), "0");
  EXPECT_EQ(story.rows("SELECT status, tracking_number, ship_date FROM orders_inbox"),
            (Rows{{"awaiting_shipment", "NULL", "NULL"}}));
}

TEST(OddOrders, OneOfTwoLabelsVoidedLeavesTheOther) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 5));
  const auto labels = story.world().ship(id, {.packages = 2});
  story.sync();
  EXPECT_EQ(story.one("SELECT SUM(quantity_shipped) FROM shipped_items"), "5");
  story.world().void_shipment(labels.front());  // the order itself does not move
  story.sync(65min);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_items WHERE shipment_id = " +
                      std::to_string(labels.front())),
            "0");
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "shipped");
}

TEST(OddOrders, ASplitOrderIsOneOrderHere) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 6));
  story.sync();
  const auto part = story.world().split(id, 2);
  story.sync();
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_links"), "2");
  EXPECT_EQ(story.one("SELECT SUM(quantity) FROM order_items_inbox"), "6");
  story.world().ship(part);
  story.sync();
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "awaiting_shipment");
  EXPECT_EQ(story.one("SELECT SUM(quantity_shipped) FROM shipped_items"), "2");
  story.world().ship(id);
  story.sync();
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "shipped");
  EXPECT_EQ(story.one("SELECT SUM(quantity_shipped) FROM shipped_items"), "6");
}

}  // namespace
}  // namespace tallyman::tests
