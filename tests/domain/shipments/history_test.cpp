#include "domain/shipments/history.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::shipments {
namespace {

using orders::OrderStatus;
using orders::samples::at;
using orders::samples::day;

constexpr ShipStationOrderId kOrder{9001};

orders::LocalLine line(std::int64_t id, std::string sku, std::int64_t quantity,
                       ShipStationOrderId order = kOrder) {
  const auto parsed = orders::parse_sku_text(sku, orders::samples::kKeySkus);
  return {.row = id,
          .order = order,
          .line = ShipStationLineId{id},
          .sku = parsed.base,
          .sku_lot = parsed.lot ? std::optional(to_text(parsed)) : std::nullopt,
          .quantity = quantity,
          .unit_price = {},
          .name = {}};
}

ShipmentLineSeen label_line(std::optional<std::int64_t> id, std::optional<std::string> sku,
                            std::int64_t quantity) {
  ShipmentLineSeen seen;
  if (id) seen.order_line = ShipStationLineId{*id};
  seen.sku_text = std::move(sku);
  seen.quantity = quantity;
  return seen;
}

ShipmentSeen label(std::int64_t id, std::optional<std::vector<ShipmentLineSeen>> lines) {
  ShipmentSeen seen;
  seen.id = ShipmentId{id};
  seen.order = kOrder;
  seen.created = at("2025-10-30T12:00:00Z") + std::chrono::minutes{id};
  seen.ship_date = day("2025-10-30");
  seen.tracking = "TRACK" + std::to_string(id);
  seen.carrier_code = "ups";
  seen.service_code = "ups_ground";
  seen.lines = std::move(lines);
  return seen;
}

FulfilmentSeen fulfilment(std::int64_t id) {
  FulfilmentSeen seen;
  seen.id = FulfilmentId{id};
  seen.order = kOrder;
  seen.created = at("2025-10-31T12:00:00Z");
  seen.ship_date = day("2025-10-31");
  seen.tracking = "MARKED" + std::to_string(id);
  seen.carrier = "UPS";
  return seen;
}

// Shipped, two lines: 3 x 17612 lot 250340 and 1 x 17904.
HistoryInput shipped() {
  HistoryInput input;
  auto& header = input.order.header;
  header.id = LocalOrderId{1};
  header.number = OrderNumber{"100528"};
  header.order_date = day("2025-10-28");
  header.ship_date = day("2025-10-29");
  header.status = status_of(OrderStatus::shipped);
  header.source_system = orders::kSourceManual;
  header.shipstation_order = kOrder;
  header.carrier_code = "fedex";
  header.carrier_id = "77";
  header.service_code = "fedex_2day";
  header.service_name = "FedEx 2Day";
  input.order.links = {{kOrder, header.status, std::nullopt}};
  input.order.lines = {line(1, "17612 - 250340", 3), line(2, "17904", 1)};
  input.known_skus = orders::samples::kKeySkus;
  return input;
}
std::vector<ShipmentLineSeen> both_lines() {
  return {label_line(1, "17612 - 250340", 3), label_line(2, "17904", 1)};
}

std::map<std::string, std::int64_t> units(const History& history) {
  std::map<std::string, std::int64_t> by_text;
  for (const auto& row : history.items) by_text[row.sku_lot] += row.quantity;
  return by_text;
}
using Units = std::map<std::string, std::int64_t>;

TEST(History, ALabelWithItsLinesIsTheTruth) {
  auto input = shipped();
  input.labels = {label(1, both_lines())};
  const auto history = derive_history(input);
  ASSERT_TRUE(history.order);
  EXPECT_EQ(history.order->number.value, "100528");
  EXPECT_EQ(history.order->ship_date, day("2025-10-30"));
  EXPECT_EQ(history.order->order, kOrder);
  EXPECT_EQ(history.order->carrier_code, "ups");
  EXPECT_FALSE(history.order->carrier_id) << "77 is the order's FedEx account";
  EXPECT_EQ(history.order->service_name, "Ups Ground");
  EXPECT_EQ(history.order->total_items, 4);
  ASSERT_EQ(history.items.size(), 2U);
  EXPECT_EQ(history.items[0].sku_lot, "17612 - 250340");
  EXPECT_EQ(history.items[0].base_sku.value, "17612");
  EXPECT_EQ(history.items[0].quantity, 3);
  EXPECT_EQ(history.items[0].tracking, "TRACK1");
  EXPECT_EQ(history.items[0].shipment, ShipmentId{1});
  EXPECT_EQ(history.items[0].line, ShipStationLineId{1});
  EXPECT_EQ(history.items[1].sku_lot, "17904");
  EXPECT_FALSE(history.provisional);
  EXPECT_EQ(history.tracking, std::vector<std::string>{"TRACK1"});
  EXPECT_TRUE(history.notes.empty());
}

TEST(History, AnOrderThatIsNotShippedHasNoRowsButItsTrackingNumbers) {
  for (const auto status : {OrderStatus::awaiting_shipment, OrderStatus::cancelled,
                            OrderStatus::pending, OrderStatus::other}) {
    auto input = shipped();
    input.order.header.status = status_of(status);
    input.labels = {label(1, both_lines())};
    const auto history = derive_history(input);
    EXPECT_FALSE(history.order);
    EXPECT_TRUE(history.items.empty());
    EXPECT_TRUE(history.tracking);
  }
}

TEST(History, SplitShipmentsOfOneLineAddUp) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, "17612 - 250340", 2)}}),
                  label(2, {{label_line(1, "17612 - 250340", 1), label_line(2, "17904", 1)}})};
  input.labels[1].ship_date = day("2025-11-02");
  const auto history = derive_history(input);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  ASSERT_EQ(history.items.size(), 3U);
  EXPECT_EQ(history.items[0].ship_date, day("2025-10-30"));
  EXPECT_EQ(history.items[2].ship_date, day("2025-11-02"));
  EXPECT_EQ(history.order->ship_date, day("2025-10-30"));
  EXPECT_EQ(tracking_text(*history.tracking), "TRACK1, TRACK2");
}

TEST(History, TheLotThatShippedIsTheLabelsNotTheOrders) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, "17612-250237", 3), label_line(2, "17904", 1)}})};
  EXPECT_EQ(units(derive_history(input)), (Units{{"17612 - 250237", 3}, {"17904", 1}}));
}

TEST(History, RowsFromTheOrderAloneAreProvisionalAndReplacedNotAddedTo) {
  auto input = shipped();
  const auto before = derive_history(input);
  EXPECT_TRUE(before.provisional);
  EXPECT_EQ(units(before), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  EXPECT_EQ(before.order->ship_date, day("2025-10-29"));
  EXPECT_EQ(before.order->carrier_code, "fedex");
  EXPECT_EQ(before.order->carrier_id, "77");
  EXPECT_FALSE(before.tracking) << "nothing known of parcels: what stands stays";
  for (const auto& row : before.items) EXPECT_TRUE(row.provisional && !row.shipment);

  input.labels = {label(1, std::nullopt)};
  const auto unread = derive_history(input);
  EXPECT_TRUE(unread.provisional);
  EXPECT_EQ(unread.items[0].tracking, "TRACK1");
  EXPECT_EQ(unread.items[0].shipment, ShipmentId{1});
  EXPECT_EQ(units(unread), units(before));

  input.labels = {label(2, std::nullopt), label(1, std::nullopt)};
  EXPECT_EQ(derive_history(input), [&] {
    std::swap(input.labels[0], input.labels[1]);
    return derive_history(input);
  }()) << "the first label, in whatever order they were read";

  input.labels = {label(1, both_lines())};
  const auto after = derive_history(input);
  EXPECT_FALSE(after.provisional);
  EXPECT_EQ(units(after), units(before));
}

TEST(History, ALineNoLabelNamesStaysProvisionalUntilOneDoes) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, "17612 - 250340", 3)}})};
  const auto part = derive_history(input);
  EXPECT_TRUE(part.provisional);
  EXPECT_EQ(units(part), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  input.labels.push_back(label(2, {{label_line(2, "17904", 1)}}));
  const auto whole = derive_history(input);
  EXPECT_FALSE(whole.provisional);
  EXPECT_EQ(units(whole), units(part));
}

TEST(History, ALineNamedInPartIsNotToppedUpButNoted) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, "17612 - 250340", 2), label_line(2, "17904", 1)}})};
  const auto history = derive_history(input);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 2}, {"17904", 1}}));
  EXPECT_EQ(history.notes, std::vector<std::string>{"17612: 2 shipped, 3 ordered"});
}

TEST(History, AVoidUndoesItsEffects) {
  auto input = shipped();
  input.labels = {label(1, both_lines())};
  input.labels[0].voided = true;
  const auto undone = derive_history(input);
  EXPECT_FALSE(undone.order);
  EXPECT_TRUE(undone.items.empty());
  ASSERT_TRUE(undone.tracking);
  EXPECT_TRUE(undone.tracking->empty());

  input.labels.push_back(label(2, both_lines()));
  const auto again = derive_history(input);
  EXPECT_EQ(units(again), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  EXPECT_EQ(again.tracking, std::vector<std::string>{"TRACK2"});
}

TEST(History, ReturnLabelsCountForNothing) {
  auto input = shipped();
  input.labels = {label(1, both_lines()), label(2, both_lines())};
  input.labels[1].return_label = true;
  const auto history = derive_history(input);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  EXPECT_EQ(history.tracking, std::vector<std::string>{"TRACK1"});
}

TEST(History, MarkedAsShippedGivesProvisionalRowsWithTheFulfilmentsFacts) {
  auto input = shipped();
  input.fulfilments = {fulfilment(1)};
  const auto history = derive_history(input);
  EXPECT_TRUE(history.provisional);
  EXPECT_EQ(history.order->ship_date, day("2025-10-31"));
  EXPECT_EQ(history.order->carrier_code, "fedex") << "UPS is a display name, not a code";
  EXPECT_EQ(history.items[0].tracking, "MARKED1");
  EXPECT_EQ(history.items[0].ship_date, day("2025-10-31"));
  EXPECT_EQ(history.tracking, std::vector<std::string>{"MARKED1"});
  input.fulfilments[0].voided = true;
  EXPECT_FALSE(derive_history(input).order);
}

TEST(History, ALabelVoidedAndThenMarkedAsShippedIsShippedOnce) {
  auto input = shipped();
  input.labels = {label(1, both_lines())};
  input.labels[0].voided = true;
  input.fulfilments = {fulfilment(1)};
  EXPECT_EQ(units(derive_history(input)), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
}

TEST(History, AShippedOrderWithoutDatesAndItemsHasItsRowByTheOrderDate) {
  auto input = shipped();
  input.order.header.ship_date.reset();
  input.order.lines.clear();
  const auto history = derive_history(input);
  ASSERT_TRUE(history.order);
  EXPECT_EQ(history.order->ship_date, day("2025-10-28"));
  EXPECT_EQ(history.order->total_items, 0);
}

TEST(History, LabelLinesWithoutAKnownLineIdCoverByTheirSku) {
  auto input = shipped();
  input.order.lines[1].line.reset();
  input.labels = {label(1, {{label_line(77, "17612 - 250340", 3), label_line({}, "17904", 1)}})};
  const auto history = derive_history(input);
  EXPECT_FALSE(history.provisional);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
}

TEST(History, ALabelLineWithoutSkuTakesItFromItsOrderLine) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, {}, 3), label_line(2, " ", 1), label_line({}, {}, 5),
                             label_line(2, "17904", 0)}})};
  const auto history = derive_history(input);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  EXPECT_FALSE(history.provisional);
}

TEST(History, OneLineTwiceOnOneLabelIsOneRow) {
  auto input = shipped();
  input.labels = {label(1, {{label_line(1, "17612 - 250340", 1), label_line(1, "17612-250340", 2),
                             label_line(2, "17904", 1)}})};
  const auto history = derive_history(input);
  EXPECT_EQ(history.items.size(), 2U);
  EXPECT_EQ(units(history), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
}

TEST(History, OfASplitFamilyCountsThePartsThatShipped) {
  const ShipStationOrderId child{9002};
  auto input = shipped();
  input.order.header.status = status_of(OrderStatus::awaiting_shipment);
  input.order.lines[1] = line(2, "17904", 1, child);
  input.order.links = {{child, status_of(OrderStatus::awaiting_shipment), std::nullopt},
                       {kOrder, status_of(OrderStatus::shipped), std::nullopt}};
  input.labels = {label(1, {{label_line(1, "17612 - 250340", 3)}})};
  const auto first = derive_history(input);
  ASSERT_TRUE(first.order);
  EXPECT_EQ(units(first), (Units{{"17612 - 250340", 3}}));
  EXPECT_FALSE(first.provisional);

  input.order.links[0].status = status_of(OrderStatus::shipped);
  input.order.header.status = status_of(OrderStatus::shipped);
  input.labels.push_back(label(2, {{label_line(2, "17904", 1)}}));
  input.labels[1].order = child;
  const auto both = derive_history(input);
  EXPECT_EQ(units(both), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
  EXPECT_EQ(both.order->order, kOrder);
  EXPECT_EQ(both.tracking->size(), 2U);
}

TEST(History, AnOrderAScriptWroteWithoutAnyLinkHasHistoryToo) {
  auto input = shipped();
  input.order.links.clear();
  input.order.header.shipstation_order.reset();
  for (auto& one : input.order.lines) one.order.reset();
  input.labels = {label(1, both_lines())};
  EXPECT_EQ(units(derive_history(input)), (Units{{"17612 - 250340", 3}, {"17904", 1}}));
}

// ---- properties ----

HistoryInput any_input() {
  auto input = shipped();
  const auto labels = *rc::gen::inRange(0, 5);
  for (int i = 1; i <= labels; ++i) {
    auto one = label(i, std::vector<ShipmentLineSeen>{});
    const auto count = *rc::gen::inRange(0, 4);
    for (int n = 0; n < count; ++n) {
      const auto id = *rc::gen::inRange(1, 3);
      one.lines->push_back(
          label_line(id, id == 1 ? "17612 - 250340" : "17904", *rc::gen::inRange(1, 4)));
    }
    one.voided = *rc::gen::weightedElement<bool>({{3, false}, {1, true}});
    one.return_label = *rc::gen::weightedElement<bool>({{5, false}, {1, true}});
    input.labels.push_back(one);
  }
  if (*rc::gen::arbitrary<bool>()) input.fulfilments = {fulfilment(1)};
  return input;
}

RC_GTEST_PROP(History, WhatShippedOfALineIsWhatTheLabelsSay, ()) {
  const auto input = any_input();
  const auto history = derive_history(input);
  for (const auto& ours : input.order.lines) {
    std::int64_t on_labels = 0;
    for (const auto& one : input.labels) {
      if (one.voided || one.return_label) continue;
      for (const auto& piece : *one.lines) {
        if (piece.order_line == ours.line) on_labels += piece.quantity;
      }
    }
    std::int64_t in_rows = 0;
    bool provisional = false;
    for (const auto& row : history.items) {
      if (row.line != ours.line) continue;
      in_rows += row.quantity;
      provisional = provisional || row.provisional;
    }
    if (on_labels > 0) {
      RC_ASSERT(in_rows == on_labels);
      RC_ASSERT(!provisional);
    } else {
      RC_ASSERT(in_rows == (history.order ? ours.quantity : 0));
      RC_ASSERT(provisional == history.order.has_value());
    }
  }
}

RC_GTEST_PROP(History, TheOrderOfWhatWeReadMeansNothing, ()) {
  const auto input = any_input();
  auto turned = input;
  std::reverse(turned.labels.begin(), turned.labels.end());
  for (auto& one : turned.labels) std::reverse(one.lines->begin(), one.lines->end());
  std::reverse(turned.order.lines.begin(), turned.order.lines.end());
  RC_ASSERT(derive_history(turned) == derive_history(input));
}

}  // namespace
}  // namespace tallyman::shipments
