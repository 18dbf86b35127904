// The cases that the team named when it asked for one sync instead of two, one test each.
#include <gtest/gtest.h>

#include <map>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using Rows = std::vector<std::vector<std::string>>;

constexpr auto kOrders =
    "SELECT order_number, status, source_system, total_items FROM orders_inbox ORDER BY id";
constexpr auto kItems =
    "SELECT sku, sku_lot, quantity, unit_price_cents FROM order_items_inbox ORDER BY id";
constexpr auto kShipping =
    "SELECT status, shipping_carrier_code, shipping_service_code, shipping_service_name, "
    "ship_date, tracking_number FROM orders_inbox";
constexpr auto kShippedItems =
    "SELECT ship_date, sku_lot, base_sku, quantity_shipped, order_number, tracking_number, "
    "provisional FROM shipped_items ORDER BY sku_lot, tracking_number";

// A shop order that the book knows as a script would have written it: five columns.
std::int64_t known_order(Story& story, std::string number = "600005") {
  const auto id = story.world().create_order(goods("17612 - 250340", 2, number));
  story.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, shipstation_order_id, "
      "source_system) VALUES ('" +
      number + "', '2026-11-19', 'awaiting_shipment', '" + std::to_string(id) + "', 'X-Cart')");
  return id;
}

TEST(NamedCases, ANewManualOrderIsImportedWithItsItems) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 3));
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 1);
  EXPECT_EQ(run.numbers.status_updates, 0);
  EXPECT_EQ(story.rows(kOrders),
            (Rows{{"100001", "awaiting_shipment", "ShipStation Manual", "3"}}));
  EXPECT_EQ(story.rows(kItems), (Rows{{"17612", "17612 - 250340", "3", "3999"}}));
  EXPECT_EQ(story.one("SELECT shipstation_order_id FROM orders_inbox"), std::to_string(id));
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_events WHERE kind = 'imported'"), "1");
}

TEST(NamedCases, AnImportedOrderFollowsWhatIsChangedInShipStation) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 3));
  story.sync();
  story.world().hold(id, day_from_text("2026-12-01").value());
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 0);
  EXPECT_EQ(run.numbers.status_updates, 1);
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "on_hold");
  story.world().cancel(id);
  story.sync();
  EXPECT_EQ(story.one("SELECT status FROM orders_inbox"), "cancelled");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(NamedCases, AShippedOrderGetsItsCarrierServiceAndTracking) {
  Story story;
  const auto id = known_order(story);
  story.sync();
  story.world().ship(id, {.service = "fedex_home_delivery",
                          .tracking = "794600000099",
                          .ship_date = day_from_text("2026-11-20").value()});
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.status_updates, 1);
  EXPECT_EQ(story.rows(kShipping), (Rows{{"shipped", "fedex_walleted", "fedex_home_delivery",
                                          "FedEx Home Delivery", "2026-11-20", "794600000099"}}));
  EXPECT_EQ(run.numbers.warnings, std::vector<std::string>{});
}

TEST(NamedCases, AShippedManualOrderStandsInTheShippedHistoryWithItsLot) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 4));
  story.world().ship(
      id, {.tracking = "794600000001", .ship_date = day_from_text("2026-11-20").value()});
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 1);
  EXPECT_EQ(
      story.rows("SELECT ship_date, order_number, shipstation_order_id, "
                 "shipping_carrier_code, shipping_service_name, total_items "
                 "FROM shipped_orders"),
      (Rows{{"2026-11-20", "100001", std::to_string(id), "fedex_walleted", "FedEx Ground", "4"}}));
  EXPECT_EQ(story.rows(kShippedItems),
            (Rows{{"2026-11-20", "17612 - 250340", "17612", "4", "100001", "794600000001", "0"}}));
}

TEST(NamedCases, AShippedKnownOrderStandsInTheShippedHistoryToo) {
  Story story;
  const auto id = known_order(story);
  story.sync();
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_orders"), "0");
  story.world().ship(id, {.packages = 2,
                          .tracking = "794600000077",
                          .ship_date = day_from_text("2026-11-20").value()});
  story.sync();
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipped_orders WHERE order_number = '600005'"), "1");
  // Two parcels of one SKU add up; neither overwrites the other.
  EXPECT_EQ(story.one("SELECT SUM(quantity_shipped) FROM shipped_items"), "2");
  EXPECT_EQ(story.one("SELECT COUNT(DISTINCT tracking_number) FROM shipped_items"), "2");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(NamedCases, AnOrderMarkedAsShippedIsProvisionalAndNeverCountedTwice) {
  Story story;
  const auto id = known_order(story);
  story.world().mark_as_shipped(
      id,
      {.carrier = "UPS", .tracking = "1Z999", .ship_date = day_from_text("2026-11-20").value()});
  story.sync();
  const Rows once{{"2026-11-20", "17612 - 250340", "17612", "2", "600005", "1Z999", "1"}};
  EXPECT_EQ(story.rows(kShippedItems), once);
  story.world().touch(id);
  story.sync(70min);
  EXPECT_EQ(story.rows(kShippedItems), once);
}

TEST(NamedCases, AnAbsentCarrierOrServiceIsNullAndWarnedAbout) {
  Story story;
  const auto id = known_order(story);
  story.sync();
  story.world().mark_as_shipped(id);
  const auto run = story.sync();
  EXPECT_EQ(story.rows("SELECT shipping_carrier_code, shipping_service_code FROM orders_inbox"),
            (Rows{{"NULL", "NULL"}}));
  EXPECT_EQ(run.numbers.warnings.size(), 2U);
}

TEST(NamedCases, TheSameOrderTwiceIsOneOrder) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 3));
  story.world().set_fault({.fault = sandbox::Fault::duplicate_row});
  const auto first = story.sync();
  EXPECT_EQ(first.numbers.manual_orders_imported, 1);
  EXPECT_EQ(first.numbers.received, 1);
  const auto before = story.book();
  const auto again = story.sync(1min);  // within the overlap: the row is listed again
  EXPECT_EQ(again.numbers.received, 1);
  EXPECT_EQ(again.numbers.unchanged, 1);
  EXPECT_TRUE(story.book() == before) << "the book was touched";
  story.world().touch(id);  // only modifyDate moves
  const auto touched = story.sync(1min);
  EXPECT_EQ(touched.numbers.unchanged, 1);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_items_inbox"), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_events"), "1");
}

TEST(NamedCases, ARunFromTheStartAfterEverythingIsKnownWritesNothing) {
  Story story;
  story.seed(sandbox::SeedPlan::of(100));
  story.sync();
  story.sync(61min);
  const auto before = story.book();
  story.script("DELETE FROM sync_watermark");
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.received, 100);
  EXPECT_EQ(run.numbers.applied, 0);
  EXPECT_TRUE(story.book() == before) << "the book was touched";
}

TEST(NamedCases, AManualNumberWithoutAKeySkuIsSkippedWithItsReason) {
  Story story;
  story.world().create_order(goods("BRUSH-01", 1));
  const auto run = story.sync();
  EXPECT_EQ(story.rows(kOrders), Rows{});
  const std::map<std::string, std::int64_t> reasons{{"no_key_sku", 1}};
  EXPECT_EQ(run.numbers.skipped, reasons);
  EXPECT_EQ(story.rows("SELECT disposition, reason FROM remote_orders"),
            (Rows{{"skipped", "Its number starts with 10, but it contains no key SKU."}}));
}

TEST(NamedCases, AnotherNumberIsNotOurs) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 1, "S-5001"));
  const auto run = story.sync();
  EXPECT_EQ(story.rows(kOrders), Rows{});
  EXPECT_EQ(run.numbers.skipped, (std::map<std::string, std::int64_t>{{"not_ours", 1}}));
  EXPECT_TRUE(story.one("SELECT reason FROM remote_orders").starts_with("Not ours"));
}

TEST(NamedCases, AKnownManualNumberIsUpdatedAndNotImported) {
  Story story;
  known_order(story, "100500");
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 0);
  EXPECT_EQ(run.numbers.status_updates, 1);
  EXPECT_EQ(story.rows(kOrders), (Rows{{"100500", "awaiting_shipment", "X-Cart", "2"}}));
}

TEST(NamedCases, AnOrderThatWeUploadedOnceIsNotImportedWhenOurRowIsGone) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2, "100600"));
  // Our own order went on under another number; the evidence of the upload stays.
  story.script(
      "INSERT INTO orders_inbox (id, order_number, order_date, status, source_system) "
      "VALUES (7, '100601', '2026-11-19', 'cancelled', 'X-Cart');"
      "INSERT INTO shipstation_order_line_items (order_inbox_id, sku, "
      "shipstation_order_id) VALUES (7, '17612', '" +
      std::to_string(id) + "')");
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.manual_orders_imported, 0);
  EXPECT_EQ(story.one("SELECT rule FROM remote_orders"), "local_origin_gone");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
}

TEST(NamedCases, AnOrderWeUploadedWithoutKnowingItsIdIsLinkedAndUpdated) {
  Story story;
  const auto id = story.world().create_order(goods("17612 - 250340", 2, "600105"));
  story.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, source_system) "
      "VALUES ('600105', '2026-11-19', 'uploaded', 'X-Cart')");
  story.sync();
  EXPECT_EQ(story.rows("SELECT shipstation_order_id, status FROM orders_inbox"),
            (Rows{{std::to_string(id), "awaiting_shipment"}}));
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_links"), "1");
}

TEST(NamedCases, ANumberThatWeNeverUploadedWaitsForAPerson) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 2, "600205"));
  story.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, source_system) "
      "VALUES ('600205', '2026-11-19', 'pending', 'X-Cart')");
  const auto run = story.sync();
  EXPECT_EQ(run.numbers.deferred, 1);
  EXPECT_EQ(story.rows("SELECT status, shipstation_order_id FROM orders_inbox"),
            (Rows{{"pending", "NULL"}}));
  EXPECT_EQ(story.one("SELECT kind FROM cases WHERE state = 'open'"), "link_or_refuse");
}

TEST(NamedCases, ASwitchedOffSyncDoesNothing) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  story.script("UPDATE workflow_controls SET enabled = 0");
  EXPECT_EQ(story.sync().end, workflows::SyncEnd::disabled);
  EXPECT_EQ(story.world().requests(), 0);
  EXPECT_EQ(story.rows(kOrders), Rows{});
}

}  // namespace
}  // namespace tallyman::tests
