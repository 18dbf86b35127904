#include <algorithm>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/orders/change.h"
#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

using samples::find_change;
using samples::find_event;
using samples::imported;
using samples::line;
using samples::seen;
using samples::stored;
using samples::update;

TEST(Lines, OfAKnownOrderAreKeptInStep) {
  auto before = seen();
  before.lines = {line(1, "17612 - 250237", 2), line(2, "17904", 1)};
  const auto local = imported(before);
  auto after = seen();
  after.lines = {line(1, "17612 - 250340", 3), line(3, "17914", 1)};
  const auto change = update(after, local);
  ASSERT_EQ(change.update.size(), 1U);
  EXPECT_EQ(change.update[0].row, local.lines[0].row);
  EXPECT_EQ(change.update[0].sku_lot, "17612 - 250340");
  ASSERT_EQ(change.insert.size(), 1U);
  EXPECT_EQ(change.insert[0].sku.value, "17914");
  EXPECT_EQ(change.remove, std::vector<std::int64_t>{*local.lines[1].row});
  EXPECT_EQ(change.header->total_items, 4);
  ASSERT_TRUE(find_event(change, EventKind::items_changed));
  EXPECT_EQ(find_change(change, "line 17612 quantity")->after, "3");
  EXPECT_EQ(find_change(change, "line 17612 sku_lot")->before, "17612 - 250237");
  EXPECT_EQ(find_change(change, "line 17914")->after, "1");
  EXPECT_EQ(find_change(change, "line 17904")->before, "1");
}

TEST(Lines, ALineReplacedByAnotherOfTheSameSkuIsAnotherLine) {
  auto order = seen();
  order.lines[0].id = ShipStationLineId{777};
  const auto local = imported(seen());
  const auto change = update(order, local);
  ASSERT_EQ(change.insert.size(), 1U);
  EXPECT_EQ(change.insert[0].line, ShipStationLineId{777});
  EXPECT_EQ(change.remove, std::vector<std::int64_t>{*local.lines[0].row});
  EXPECT_FALSE(change.header) << "nothing in the order's own row changed";
}

TEST(Lines, ThatDoNotShipAreNamedOnceNotWithEveryChange) {
  auto order = seen();
  order.lines.push_back(line(502, "17904", 0));
  const auto local = imported(order);
  order.status = "on_hold";
  EXPECT_FALSE(find_event(update(order, local), EventKind::lines_not_stored));
}

TEST(Lines, ALotTakenOffIsTakenOffHereToo) {
  auto order = seen();
  order.lines[0].sku_text = "17612";
  const auto change = update(order, imported(seen()));
  ASSERT_EQ(change.update.size(), 1U);
  EXPECT_FALSE(change.update[0].sku_lot);
}

TEST(Lines, AnOrderShownWithoutLinesKeepsOurs) {
  auto order = seen();
  order.status = "shipped";
  order.lines.clear();
  const auto change = update(order, imported(seen()));
  EXPECT_TRUE(change.remove.empty());
  EXPECT_EQ(change.header->total_items, 2);
  EXPECT_TRUE(samples::warns(change, WarningKind::no_lines_seen));
}

TEST(Lines, AGhostIsRepairedByTheUpdatePath) {
  auto empty = seen();
  empty.lines.clear();
  const auto local = imported(empty);
  EXPECT_EQ(local.header.total_items, 0);
  const auto change = update(seen(), local);
  EXPECT_EQ(change.insert.size(), 1U);
  EXPECT_EQ(change.header->total_items, 2);
  EXPECT_NE(find_event(change, EventKind::items_changed)->detail.find("no items"),
            std::string::npos);
}

TEST(Lines, ALineIdThatComesTwiceIsNotStoredTwice) {
  auto order = seen();
  order.lines = {line(1, "17612", 1), line(1, "17904", 2)};
  const auto local = imported(order);
  ASSERT_EQ(local.lines.size(), 2U);
  EXPECT_NE(local.lines[0].line.has_value(), local.lines[1].line.has_value());
  EXPECT_TRUE(update(order, local).empty());
}

// ---- split families ----

OrderSeen part(std::int64_t id, std::string status, std::vector<LineSeen> lines) {
  auto order = seen();
  order.id = ShipStationOrderId{id};
  order.status = std::move(status);
  order.lines = std::move(lines);
  return order;
}
LocalOrder join(const OrderSeen& child, const LocalOrder& local, OrderChange* out = nullptr) {
  const auto change = plan_change(samples::decision(Action::join_family, Rule::split_family), child,
                                  local, samples::apply_rules(), Evidence::list_row);
  if (out) *out = change;
  return stored(applied(change, child, local));
}

TEST(Family, ASplitIsOneLocalOrderWhoseLinesAddUp) {
  const auto whole = part(9001, "awaiting_shipment", {line(1, "17612", 3), line(2, "17904", 1)});
  auto local = imported(whole);
  auto child = part(9002, "awaiting_shipment", {line(21, "17904", 1)});
  child.number = OrderNumber{"100528-1"};
  child.total = Money{5};
  child.ship_to = Pii<Address>(samples::address("8 Other St"));
  OrderChange joined;
  local = join(child, local, &joined);
  EXPECT_EQ(joined.link, child.id);
  EXPECT_TRUE(joined.remove.empty()) << "the parent's lines are not the child's to remove";
  EXPECT_EQ(local.header.number.value, "100528");
  EXPECT_EQ(local.header.shipstation_order, whole.id);
  EXPECT_EQ(local.header.total_amount, Money{3998});
  EXPECT_EQ(local.header.ship_to.reveal().street1, "1 Example St");

  auto rest = part(9001, "awaiting_shipment", {line(1, "17612", 3)});
  rest.modified += std::chrono::minutes{1};
  local = stored(applied(update(rest, local), rest, local));
  EXPECT_EQ(local.header.total_items, 4);
  EXPECT_EQ(local.lines.size(), 2U);
  EXPECT_TRUE(update(rest, local).empty());
  EXPECT_TRUE(update(child, local).empty());
}

TEST(Family, PartsMayCarryTheSameLineId) {
  const auto whole = part(9001, "awaiting_shipment", {line(1, "17612", 2)});
  const auto child = part(9002, "awaiting_shipment", {line(1, "17612", 1)});
  auto local = join(child, imported(whole));
  ASSERT_EQ(local.lines.size(), 2U);
  EXPECT_EQ(local.header.total_items, 3);
  EXPECT_TRUE(update(whole, local).empty());
  EXPECT_TRUE(update(child, local).empty());
}

TEST(Family, IsOpenUntilItsLastPartIsShipped) {
  auto first = part(9001, "awaiting_shipment", {line(1, "17612", 3)});
  auto second = part(9002, "awaiting_shipment", {line(21, "17904", 1)});
  auto local = join(second, imported(first));
  first.status = "shipped";
  auto change = update(first, local);
  EXPECT_TRUE(change.newly_shipped);
  EXPECT_TRUE(find_event(change, EventKind::status_changed));
  local = stored(applied(change, first, local));
  EXPECT_EQ(local.header.status.word, "awaiting_shipment");
  EXPECT_TRUE(update(first, local).empty());

  second.status = "shipped";
  change = update(second, local);
  local = stored(applied(change, second, local));
  EXPECT_EQ(local.header.status.word, "shipped");

  // A late view of one part is withheld although the order once was open with it.
  second.status = "awaiting_shipment";
  EXPECT_TRUE(update(second, local).needs_read_by_id);
}

TEST(Family, ASurvivorTakesTheLinesAndThePlaceOfWhatItSwallowed) {
  auto local = imported(part(9001, "awaiting_shipment", {line(1, "17612", 3)}));
  auto survivor = part(9005, "awaiting_shipment", {line(51, "17612", 3), line(52, "17904", 2)});
  survivor.merged = {ShipStationOrderId{9001}};
  survivor.merged_or_split = true;
  OrderChange change;
  local = join(survivor, local, &change);
  EXPECT_EQ(change.unlink, std::vector<ShipStationOrderId>{ShipStationOrderId{9001}});
  EXPECT_EQ(local.header.shipstation_order, survivor.id);
  EXPECT_EQ(local.header.total_items, 5);
  EXPECT_EQ(local.lines.size(), 2U);
  ASSERT_EQ(local.links.size(), 1U);
  EXPECT_TRUE(update(survivor, local).empty());
}

TEST(Family, WhatWasSwallowedHasNoSayInTheStatus) {
  auto survivor = part(9005, "shipped", {line(51, "17612", 3)});
  survivor.merged = {ShipStationOrderId{9001}};
  const auto local =
      join(survivor, imported(part(9001, "awaiting_shipment", {line(1, "17612", 3)})));
  EXPECT_EQ(local.header.status.word, "shipped");
}

// ---- properties ----

OrderSeen any_order() {
  auto order = seen();
  order.lines.clear();
  const auto count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    const auto sku = *rc::gen::element<std::string>("17612", "17612 - 250340", "17612-250237",
                                                    "17904", "X-1", "", "DISCOUNT");
    auto one = line(*rc::gen::inRange(0, 8), sku, *rc::gen::inRange(-1, 4));
    one.adjustment = sku == "DISCOUNT";
    order.lines.push_back(one);
  }
  order.status = *rc::gen::element<std::string>("awaiting_shipment", "on_hold", "shipped",
                                                "cancelled", "processing", "pending");
  if (*rc::gen::arbitrary<bool>()) order.carrier_code.reset();
  if (*rc::gen::arbitrary<bool>()) order.service_code = "ups_ground";
  if (*rc::gen::arbitrary<bool>()) order.ship_to = Pii<Address>(Address{});
  return order;
}

std::int64_t sum(const LocalOrder& order) {
  std::int64_t total = 0;
  for (const auto& one : order.lines) total += one.quantity;
  return total;
}

RC_GTEST_PROP(Lines, ApplyingAnOrderASecondTimeChangesNothing, ()) {
  const auto before = any_order();
  const auto after = any_order();
  auto local = imported(before);
  RC_ASSERT(update(before, local).empty());
  local = stored(applied(update(after, local, Evidence::read_by_id), after, local));
  RC_ASSERT(update(after, local, Evidence::read_by_id).empty());
  RC_ASSERT(update(after, local).empty());
  RC_ASSERT(local.header.total_items == sum(local));
}

RC_GTEST_PROP(Lines, TheOrderOfLinesInTheDocumentMeansNothing, (unsigned seed)) {
  const auto local = imported(any_order());
  const auto order = any_order();
  auto turned = order;
  std::shuffle(turned.lines.begin(), turned.lines.end(), std::minstd_rand(seed));
  const auto a = update(order, local, Evidence::read_by_id);
  auto b = update(turned, local, Evidence::read_by_id);
  // Warnings are listed as the document lists the lines.
  b.warnings = a.warnings;
  RC_ASSERT(a == b);
}

RC_GTEST_PROP(Lines, WhatStandsInTheEndIsWhatShipStationShowed, ()) {
  const auto order = any_order();
  const auto local = imported(any_order());
  const auto after = applied(update(order, local, Evidence::read_by_id), order, local);
  std::int64_t want = 0;
  std::size_t lines = 0;
  for (const auto& one : order.lines) {
    if (one.adjustment || one.quantity <= 0 || one.sku_text->empty()) continue;
    want += one.quantity;
    ++lines;
  }
  RC_ASSERT(after.header.total_items == want);
  RC_ASSERT(after.lines.size() == lines);
}

}  // namespace
}  // namespace tallyman::orders
