#include "domain/orders/change.h"

#include <gtest/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

using samples::find_change;
using samples::find_event;
using samples::imported;
using samples::seen;
using samples::update;
using samples::warns;

// An X-Cart order we uploaded and did not link yet, as an import wrote it.
LocalOrder uploaded_by_us() {
  LocalOrder order;
  order.header.id = LocalOrderId{1};
  order.header.number = OrderNumber{"688005"};
  order.header.order_date = samples::day("2025-10-28");
  order.header.status = status_of(OrderStatus::uploaded);
  order.header.source_system = kSourceShop;
  order.header.total_items = 5;
  order.header.bill_to = Pii<Address>(samples::address("9 Shop St"));
  order.lines = {{.row = 11,
                  .order = {},
                  .line = {},
                  .sku = Sku{"17612"},
                  .sku_lot = {},
                  .quantity = 3,
                  .unit_price = Money{1999},
                  .name = {}},
                 {.row = 12,
                  .order = {},
                  .line = {},
                  .sku = Sku{"17904"},
                  .sku_lot = {},
                  .quantity = 2,
                  .unit_price = {},
                  .name = {}}};
  return order;
}
OrderSeen seen_of_upload() {
  auto order = seen();
  order.number = OrderNumber{"688005"};
  order.lines = {samples::line(702, "17904 - 250240", 2), samples::line(701, "17612-250340", 3)};
  return order;
}
OrderChange link(const OrderSeen& order, const LocalOrder& local) {
  return plan_change(samples::decision(Action::link_and_update, Rule::number_of_our_upload), order,
                     local, samples::apply_rules(), Evidence::list_row);
}

// ---- import ----

TEST(Import, AManualOrderArrivesWholeAndStaysAwaitingShipment) {
  const auto change = plan_change(samples::import_it(), seen(), std::nullopt,
                                  samples::apply_rules(), Evidence::list_row);
  ASSERT_TRUE(change.header);
  EXPECT_FALSE(change.header->id);
  EXPECT_EQ(change.header->number.value, "100528");
  EXPECT_EQ(change.header->status.word, "awaiting_shipment");
  EXPECT_EQ(change.header->source_system, "ShipStation Manual");
  EXPECT_EQ(change.header->shipstation_order, ShipStationOrderId{9001});
  EXPECT_EQ(change.header->order_date, samples::day("2025-10-29"));
  EXPECT_EQ(change.header->total_items, 2);
  EXPECT_EQ(change.header->total_amount, Money{3998});
  EXPECT_EQ(change.header->carrier_code, "fedex");
  EXPECT_EQ(change.header->carrier_id, "77");
  EXPECT_EQ(change.header->service_code, "fedex_2day");
  EXPECT_EQ(change.header->service_name, "FedEx 2Day");
  EXPECT_EQ(change.header->ship_to.reveal().street1, "1 Example St");
  EXPECT_FALSE(change.header->tracking);
  ASSERT_EQ(change.insert.size(), 1U);
  EXPECT_EQ(change.insert[0].sku.value, "17612");
  EXPECT_EQ(change.insert[0].sku_lot, "17612 - 250340");
  EXPECT_EQ(change.insert[0].line, ShipStationLineId{501});
  EXPECT_EQ(change.insert[0].order, ShipStationOrderId{9001});
  EXPECT_EQ(change.insert[0].quantity, 2);
  EXPECT_EQ(change.insert[0].unit_price, Money{1999});
  EXPECT_EQ(change.link, ShipStationOrderId{9001});
  EXPECT_FALSE(change.newly_shipped);
  ASSERT_EQ(change.events.size(), 1U);
  EXPECT_EQ(change.events[0].kind, EventKind::imported);
  EXPECT_EQ(change.events[0].rule, Rule::import_manual);
  EXPECT_EQ(change.events[0].detail,
            "Because the test says so. It arrived with 2 units in 1 line.");
  EXPECT_TRUE(change.warnings.empty());
}

TEST(Import, AShippedOneAsksForItsParcelsAndWarnsOfWhatIsMissing) {
  auto order = seen();
  order.status = "shipped";
  order.carrier_code.reset();
  order.service_code = " ";
  order.ship_date = samples::day("2025-10-30");
  const auto change = plan_change(samples::import_it(), order, std::nullopt, samples::apply_rules(),
                                  Evidence::list_row);
  EXPECT_TRUE(change.newly_shipped);
  EXPECT_FALSE(change.header->carrier_code);
  EXPECT_FALSE(change.header->service_code);
  EXPECT_FALSE(change.header->service_name);
  EXPECT_EQ(change.header->ship_date, samples::day("2025-10-30"));
  EXPECT_TRUE(warns(change, WarningKind::missing_carrier));
  EXPECT_TRUE(warns(change, WarningKind::missing_service));
}

TEST(Import, WithoutAnOrderDateItTakesTheDayOfItsCreationInShipStationsZone) {
  auto order = seen();
  order.order_date.reset();
  order.created = samples::at("2025-10-29T02:00:00Z");
  auto rules = samples::apply_rules();
  rules.zone =
      Zone("Pacific", {{samples::at("2025-03-09T10:00:00Z"), std::chrono::hours{-7}, "PDT"}});
  const auto change =
      plan_change(samples::import_it(), order, std::nullopt, rules, Evidence::list_row);
  EXPECT_EQ(change.header->order_date, samples::day("2025-10-28"));
}

TEST(Import, LinesThatDoNotShipAreNotStoredButNamed) {
  auto order = seen();
  auto discount = samples::line(502, "SAVE10", 1);
  discount.adjustment = true;
  discount.name = "Autumn discount";
  order.lines.push_back(discount);
  order.lines.push_back(samples::line(503, "17904", 0));
  order.lines.push_back(samples::line(504, "", 4));
  const auto change = plan_change(samples::import_it(), order, std::nullopt, samples::apply_rules(),
                                  Evidence::list_row);
  EXPECT_EQ(change.insert.size(), 1U);
  EXPECT_EQ(change.header->total_items, 2);
  const auto* event = find_event(change, EventKind::lines_not_stored);
  ASSERT_TRUE(event);
  EXPECT_NE(event->detail.find("Autumn discount: an adjustment"), std::string::npos);
  EXPECT_NE(event->detail.find("no quantity"), std::string::npos);
  EXPECT_NE(event->detail.find("no SKU"), std::string::npos);
}

TEST(Import, TwoLinesOfOneSkuAndTwoLotsOfOneSkuAreNormal) {
  auto order = seen();
  order.lines = {samples::line(1, "17612 - 250340", 1), samples::line(2, "17612 - 250340", 1),
                 samples::line(3, "17612 - 250237", 4)};
  const auto local = imported(order);
  ASSERT_EQ(local.lines.size(), 3U);
  EXPECT_EQ(local.header.total_items, 6);
  EXPECT_TRUE(update(order, local).empty());
}

TEST(Import, ATextNobodyMaySplitIsKeptRawWithAWarning) {
  auto order = seen();
  order.lines.push_back(samples::line(502, "ABC-1 - 5", 1));
  const auto change = plan_change(samples::import_it(), order, std::nullopt, samples::apply_rules(),
                                  Evidence::list_row);
  EXPECT_EQ(change.insert[1].sku.value, "ABC-1 - 5");
  EXPECT_FALSE(change.insert[1].sku_lot);
  EXPECT_TRUE(warns(change, WarningKind::raw_sku));
}

// ---- known orders ----

TEST(Update, EqualContentChangesNothing) { EXPECT_TRUE(update(seen(), imported(seen())).empty()); }

TEST(Update, SpacesAroundALocalNumberAreNoRenumbering) {
  auto local = imported(seen());
  local.header.number = OrderNumber{" 100528 "};
  EXPECT_TRUE(update(seen(), local).empty());
}

TEST(Update, AStatusMovesWithAnEventThatShowsBeforeAndAfter) {
  auto order = seen();
  order.status = "on_hold";
  const auto change = update(order, imported(seen()));
  ASSERT_TRUE(change.header);
  EXPECT_EQ(change.header->id, LocalOrderId{1});
  EXPECT_EQ(change.header->status.word, "on_hold");
  ASSERT_EQ(change.events.size(), 1U);
  EXPECT_EQ(change.events[0].title, "Put on hold at ShipStation");
  EXPECT_EQ(change.events[0].changes,
            (std::vector<FieldChange>{{"status", "awaiting_shipment", "on_hold"}}));
}

TEST(Update, ShippingAnOrderAsksForItsParcelsOnce) {
  auto order = seen();
  order.status = "shipped";
  const auto local = imported(seen());
  const auto change = update(order, local);
  EXPECT_TRUE(change.newly_shipped);
  EXPECT_FALSE(change.reopened);
  const auto after = samples::stored(applied(change, order, local));
  EXPECT_FALSE(update(order, after).newly_shipped);
}

TEST(Update, AnUnknownStatusIsKeptAndWarnedAbout) {
  auto order = seen();
  order.status = "processing";
  const auto change = update(order, imported(seen()));
  EXPECT_EQ(change.header->status, (Status{OrderStatus::other, "processing"}));
  EXPECT_TRUE(warns(change, WarningKind::unknown_status));
}

TEST(Update, AnAbsentValueNeverErasesAKnownOne) {
  auto local = imported(seen());
  local.header.tracking = "1Z999";
  auto bare = seen();
  bare.carrier_code.reset();
  bare.carrier_id.reset();
  bare.service_code = "";
  bare.customer_email = Pii<std::string>(" ");
  bare.total.reset();
  bare.ship_to = Pii<Address>(Address{});
  bare.bill_to = Pii<Address>(Address{});
  bare.lines[0].unit_price.reset();
  bare.lines[0].name.clear();
  bare.number = {};
  EXPECT_TRUE(update(bare, local).empty());
}

TEST(Update, AnAddressWithAStreetReplacesOursAsAWhole) {
  auto local = imported(seen());
  auto order = seen();
  Address moved = samples::address(" 5 New St ");
  moved.company = "Example Dental";
  moved.city.reset();
  order.ship_to = Pii<Address>(moved);
  const auto change = update(order, local);
  EXPECT_EQ(change.header->ship_to.reveal().street1, "5 New St");
  EXPECT_EQ(change.header->ship_to.reveal().company, "Example Dental");
  EXPECT_FALSE(change.header->ship_to.reveal().city);
  const auto* field = find_change(change, "ship_address");
  ASSERT_TRUE(field);
  EXPECT_FALSE(field->before || field->after) << "personal data does not belong in the timeline";
}

TEST(Update, ABillingNameAloneDoesNotCostUsTheBillingAddress) {
  auto local = imported(seen());
  auto order = seen();
  Address name_only;
  name_only.name = "B Example";
  order.bill_to = Pii<Address>(name_only);
  EXPECT_TRUE(update(order, local).empty());
  local.header.bill_to = Pii<Address>(Address{});
  const auto change = update(order, local);
  EXPECT_EQ(change.header->bill_to.reveal().name, "B Example");

  const auto named = samples::stored(applied(change, order, local));
  order.bill_to = Pii<Address>(Address{});
  EXPECT_TRUE(update(order, named).empty()) << "an empty address erases nothing";
}

TEST(Update, CarrierServiceAmountAndEmailFollowShipStation) {
  auto order = seen();
  order.carrier_code = "stamps_com";
  order.service_code = "usps_priority_mail";
  order.total = Money{4100};
  order.customer_email = Pii<std::string>("new@example.com");
  const auto change = update(order, imported(seen()));
  EXPECT_EQ(change.header->carrier_code, "stamps_com");
  EXPECT_EQ(change.header->service_name, "Usps Priority Mail");
  EXPECT_EQ(change.header->total_amount, Money{4100});
  EXPECT_EQ(find_change(change, "shipping_carrier_code")->before, "fedex");
  EXPECT_EQ(find_change(change, "total_amount_cents")->after, "4100");
  EXPECT_FALSE(find_change(change, "customer_email")->after);
}

TEST(Update, RenumberingChangesTheNumberWithItsOwnEvent) {
  auto order = seen();
  order.number = OrderNumber{"100999"};
  const auto change = plan_change(samples::decision(Action::update, Rule::renumbered), order,
                                  imported(seen()), samples::apply_rules(), Evidence::list_row);
  EXPECT_EQ(change.header->number.value, "100999");
  ASSERT_TRUE(find_event(change, EventKind::renumbered));
  EXPECT_EQ(find_change(change, "order_number")->before, "100528");
}

TEST(Update, TheSourceOfAnOrderNeverChanges) {
  auto local = uploaded_by_us();
  const auto order = seen_of_upload();
  const auto change = link(order, local);
  EXPECT_EQ(change.header->source_system, "X-Cart");
}

TEST(Update, ATotalThatDoesNotFitTheLinesIsCorrectedAndTold) {
  auto local = imported(seen());
  local.header.total_items = 1;
  const auto change = update(seen(), local);
  EXPECT_EQ(change.header->total_items, 2);
  EXPECT_TRUE(find_change(change, "total_items"));
}

// ---- late and doubtful views ----

TEST(Evidence, AListRowAloneDoesNotReopenAShippedOrder) {
  auto shipped = seen();
  shipped.status = "shipped";
  const auto local = imported(shipped);
  auto late = seen();
  late.modified = shipped.modified + std::chrono::minutes{5};
  late.carrier_code = "ups";
  const auto change = update(late, local);
  EXPECT_TRUE(change.needs_read_by_id);
  EXPECT_FALSE(change.empty());
  EXPECT_FALSE(change.header);
  EXPECT_TRUE(change.insert.empty() && change.update.empty() && change.remove.empty());
  ASSERT_TRUE(find_event(change, EventKind::withheld));
  EXPECT_EQ(applied(change, late, local), local);
}

TEST(Evidence, AReadByIdOrAVoidReopensIt) {
  auto shipped = seen();
  shipped.status = "shipped";
  shipped.ship_date = samples::day("2025-10-30");
  const auto local = imported(shipped);
  for (const auto evidence : {Evidence::read_by_id, Evidence::void_seen}) {
    const auto change = update(seen(), local, evidence);
    ASSERT_TRUE(change.header);
    EXPECT_EQ(change.header->status.word, "awaiting_shipment");
    EXPECT_FALSE(change.header->ship_date);
    EXPECT_TRUE(change.reopened);
    EXPECT_FALSE(find_event(change, EventKind::status_changed)->detail.empty());
  }
}

TEST(Evidence, ACancelledOrderThatShippedAfterAllNeedsNoProof) {
  auto cancelled = seen();
  cancelled.status = "cancelled";
  auto shipped = seen();
  shipped.status = "shipped";
  const auto change = update(shipped, imported(cancelled));
  EXPECT_EQ(change.header->status.word, "shipped");
  EXPECT_TRUE(change.newly_shipped);
}

TEST(Evidence, AViewOlderThanTheOneAppliedSaysNothing) {
  auto newer = seen();
  newer.status = "on_hold";
  const auto local = imported(newer);
  auto older = seen();
  older.modified = newer.modified - std::chrono::seconds{1};
  EXPECT_TRUE(update(older, local).empty());
  EXPECT_TRUE(update(older, local, Evidence::read_by_id).empty());

  // In the repeated hour of a fall-back night a newer stamp may lie before an older one.
  auto rules = samples::apply_rules();
  rules.stamps_may_go_back = std::chrono::hours{1};
  EXPECT_FALSE(plan_change(samples::update_it(), older, local, rules, Evidence::list_row).empty());
}

TEST(Evidence, AWordOfOursFromShipStationDoesNotMakeAnOrderUploadable) {
  auto order = seen();
  order.status = "pending";
  const auto change = update(order, imported(seen()));
  EXPECT_EQ(change.header->status.known, OrderStatus::other);
  EXPECT_EQ(change.header->status.word, "shipstation:pending");
}

TEST(CasesAndSkips, ChangeNothing) {
  for (const auto action : {Action::open_case, Action::skip}) {
    EXPECT_TRUE(plan_change(samples::decision(action, Rule::not_ours), seen(), imported(seen()),
                            samples::apply_rules(), Evidence::list_row)
                    .empty());
  }
}

// ---- linking ----

TEST(Linking, RowsWithoutLineIdsAreAdoptedAndNotDoubled) {
  const auto local = uploaded_by_us();
  const auto order = seen_of_upload();
  const auto change = link(order, local);
  EXPECT_EQ(change.link, order.id);
  EXPECT_TRUE(change.insert.empty());
  EXPECT_TRUE(change.remove.empty());
  ASSERT_EQ(change.update.size(), 2U);
  const auto after = samples::stored(applied(change, order, local));
  EXPECT_EQ(after.header.status.word, "awaiting_shipment");
  EXPECT_EQ(after.header.shipstation_order, order.id);
  EXPECT_EQ(after.header.total_items, 5);
  EXPECT_EQ(after.lines[0].line, ShipStationLineId{701});
  EXPECT_EQ(after.lines[0].sku_lot, "17612 - 250340");
  EXPECT_EQ(after.lines[1].line, ShipStationLineId{702});
  EXPECT_EQ(after.lines[1].unit_price, Money{1999});
  EXPECT_TRUE(update(order, after).empty());
}

TEST(Linking, RowsThatScriptsWroteRawAreAdoptedByTheBestLikeness) {
  auto local = uploaded_by_us();
  local.lines = {{.row = 1,
                  .order = {},
                  .line = {},
                  .sku = Sku{"17612 - 250237"},
                  .sku_lot = {},
                  .quantity = 1,
                  .unit_price = {},
                  .name = {}},
                 {.row = 2,
                  .order = {},
                  .line = {},
                  .sku = Sku{"17612"},
                  .sku_lot = "17612-250340",
                  .quantity = 1,
                  .unit_price = {},
                  .name = {}}};
  auto order = seen_of_upload();
  order.lines = {samples::line(1, "17612 - 250340", 1), samples::line(2, "17612 - 250237", 1)};
  const auto after = samples::stored(applied(link(order, local), order, local));
  ASSERT_EQ(after.lines.size(), 2U);
  EXPECT_EQ(after.lines[0].line, ShipStationLineId{2});
  EXPECT_EQ(after.lines[0].sku.value, "17612");
  EXPECT_EQ(after.lines[1].line, ShipStationLineId{1});
}

TEST(Linking, AScriptRowThatIsNotInShipStationGoes) {
  auto local = uploaded_by_us();
  auto order = seen_of_upload();
  order.lines.erase(order.lines.begin());
  const auto change = link(order, local);
  EXPECT_EQ(change.remove, std::vector<std::int64_t>{12});
  EXPECT_EQ(change.header->total_items, 3);
}

}  // namespace
}  // namespace tallyman::orders
