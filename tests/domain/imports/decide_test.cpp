#include "domain/imports/decide.h"

#include <gtest/gtest.h>

#include "domain/imports/archive.h"
#include "domain/imports/limits.h"

namespace tallyman::imports {
namespace {

using orders::OrderStatus;

Day day(std::string_view text) { return day_from_text(text).value(); }

ImportRules rules() {
  ImportRules rules{.key_skus = {Sku{"17612"}, Sku{"17904"}, Sku{"17914"}},
                    .bundles = {},
                    .today = day("2026-11-20")};
  rules.bundles[Sku{"18235"}] = {.sku = Sku{"18235"},
                                 .description = "15 + 0",
                                 .components = {{.sku = Sku{"17612"}, .multiplier = 15}}};
  rules.bundles[Sku{"18315"}] = {.sku = Sku{"18315"},
                                 .description = "",
                                 .components = {{.sku = Sku{"17975"}, .multiplier = 15},
                                                {.sku = Sku{"17904"}, .multiplier = 1}}};
  rules.bundles[Sku{"18999"}] = {.sku = Sku{"18999"},
                                 .description = "",
                                 .state = BundleState::off,
                                 .components = {{.sku = Sku{"17612"}, .multiplier = 1}}};
  return rules;
}

Pii<orders::Address> address(const std::string& name, std::optional<std::string> street2 = {}) {
  orders::Address made;
  made.name = name;
  made.street1 = "1 Main St";
  made.street2 = std::move(street2);
  return Pii(std::move(made));
}

ShopOrder shop_order(std::vector<std::pair<std::string, std::int64_t>> lines = {{"17612", 2}}) {
  ShopOrder order;
  order.number = OrderNumber{"700015"};
  order.date = day("2026-11-19");
  order.email = Pii<std::string>("buyer@example.test");
  order.ship_to = address("Ann Example");
  order.bill_to = order.ship_to;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    order.lines.push_back({.place = {.line = static_cast<std::int64_t>(i) + 10, .column = 1},
                           .product = Sku{lines[i].first},
                           .amount = lines[i].second});
  }
  return order;
}

PlannedLines planned(const ShopOrder& order, const ImportRules& with = rules()) {
  Expander expander(with.bundles);
  return plan_lines(order, with.key_skus, expander).value();
}

Decision decided(const ShopOrder& order, const Known& known = {},
                 const ImportRules& with = rules()) {
  return decide(order, planned(order, with), known, with);
}

// What the book holds once the order has been taken in.
Known taken_in(const ShopOrder& order) {
  const auto decision = decided(order);
  Known known;
  known.order.emplace();
  known.order->header = decision.header;
  known.order->header.id = LocalOrderId{7};
  std::int64_t row = 100;
  for (auto line : decision.insert) {
    line.row = row++;
    known.order->lines.push_back(std::move(line));
  }
  known.shop_hash = decision.shop_hash;
  return known;
}

TEST(PlanLines, BundlesComeApartAndEqualSkusMerge) {
  const auto lines = planned(shop_order({{"17904", 1}, {"18235", 2}, {"17612", 3}, {"17612", 1}}));
  EXPECT_EQ(lines.kept, (std::vector<KeptLine>{{Sku{"17904"}, 1}, {Sku{"17612"}, 34}}));
  EXPECT_TRUE(lines.dropped.empty());
}

TEST(PlanLines, EveryDroppedLineSaysWhy) {
  const auto lines = planned(shop_order({{"18315", 2}, {"12345", 3}, {"18999", 4}}));
  EXPECT_EQ(lines.kept, (std::vector<KeptLine>{{Sku{"17904"}, 2}}));
  EXPECT_EQ(lines.dropped, (std::vector<DroppedLine>{
                               {{10, 1}, Sku{"17975"}, 30, "from bundle 18315, no key SKU"},
                               {{11, 1}, Sku{"12345"}, 3, "neither a key SKU nor a bundle"},
                               {{12, 1}, Sku{"18999"}, 4, "a bundle that is switched off"}}));
}

TEST(PlanLines, AWrongBundleOrTooManyUnitsIsAProblemOfTheOrder) {
  auto with = rules();
  with.bundles[Sku{"18235"}].components[0].sku = Sku{"18235"};
  Expander circle(with.bundles);
  EXPECT_EQ(plan_lines(shop_order({{"18235", 1}}), with.key_skus, circle).error().what,
            "bundle 18235 contains itself: 18235 → 18235");
  Expander sound(rules().bundles);
  const auto many = shop_order({{"18235", kAmount}});
  EXPECT_EQ(plan_lines(many, rules().key_skus, sound).error().what,
            "more than 1000000 units of 17612");
}

TEST(Decide, ANewOrderIsPendingAndTheShops) {
  const auto decision = decided(shop_order({{"18235", 1}, {"17904", 1}}));
  EXPECT_EQ(decision.action, Action::insert);
  EXPECT_EQ(decision.header.status.word, "pending");
  EXPECT_EQ(decision.header.source_system, "X-Cart");
  EXPECT_EQ(decision.header.total_items, 16);
  EXPECT_EQ(decision.header.order_date, day("2026-11-19"));
  EXPECT_EQ(decision.header.ship_to.reveal().name, "Ann Example");
  EXPECT_EQ(decision.insert.size(), 2U);
  auto undated = shop_order();
  undated.date.reset();
  EXPECT_EQ(decided(undated).header.order_date, day("2026-11-20"));
}

TEST(Decide, TheSameAgainWritesNothing) {
  const auto order = shop_order({{"18235", 1}, {"17904", 1}});
  EXPECT_EQ(decided(order, taken_in(order)).action, Action::unchanged);
  auto undated = shop_order();
  undated.date.reset();
  auto tomorrow = rules();
  tomorrow.today = day("2026-11-21");
  EXPECT_EQ(decided(undated, taken_in(undated), tomorrow).action, Action::unchanged);
}

TEST(Decide, WhatTheShopChangesOfAPendingOrderIsTakenOver) {
  auto known = taken_in(shop_order({{"17612", 2}, {"17904", 1}}));
  known.order->lines[0].sku_lot = "17612 - 250340";
  known.order->header.ship_to = address("Ann Example", "Suite 5");
  auto order = shop_order({{"17612", 3}, {"17914", 4}});
  order.email = Pii<std::string>("other@example.test");
  const auto decision = decided(order, known);
  EXPECT_EQ(decision.action, Action::update);
  EXPECT_EQ(decision.header.id, LocalOrderId{7});
  EXPECT_EQ(decision.header.total_items, 7);
  EXPECT_EQ(decision.header.ship_to.reveal().street2, "Suite 5") << "not in the file";
  ASSERT_EQ(decision.update.size(), 1U);
  EXPECT_EQ(decision.update[0].quantity, 3);
  EXPECT_EQ(decision.update[0].sku_lot, "17612 - 250340") << "a lot is not erased";
  EXPECT_EQ(decision.remove, std::vector<std::int64_t>{101});
  ASSERT_EQ(decision.insert.size(), 1U);
  EXPECT_EQ(decision.insert[0].sku, Sku{"17914"});
  for (const auto& change : decision.changes) {
    if (change.field != "customer_email") continue;
    EXPECT_EQ(change.after, std::nullopt);
  }
  EXPECT_EQ(decision.changes.size(), 5U) << "units, email, three lines";
}

TEST(Decide, WhatWasChangedHereStaysUntilTheShopSaysSomethingNew) {
  const auto order = shop_order();
  auto known = taken_in(order);
  known.order->header.ship_to = address("Corrected");
  EXPECT_EQ(decided(order, known).action, Action::unchanged);
  auto newer = order;
  newer.email = Pii<std::string>("new@example.test");
  const auto decision = decided(newer, known);
  EXPECT_EQ(decision.action, Action::update);
  EXPECT_EQ(decision.header.ship_to.reveal().name, "Ann Example");
}

TEST(Decide, AnotherBundleChangesPendingOrdersOnly) {
  const auto order = shop_order({{"18235", 1}});
  auto with = rules();
  with.bundles[Sku{"18235"}].components[0].multiplier = 16;
  auto known = taken_in(order);
  const auto decision = decided(order, known, with);
  EXPECT_EQ(decision.action, Action::update);
  EXPECT_EQ(decision.reason, "bundles or key SKUs were changed");
  EXPECT_EQ(decision.header.total_items, 16);
  known.order->header.status = orders::status_of(OrderStatus::shipped);
  EXPECT_EQ(decided(order, known, with).action, Action::unchanged);
}

TEST(Decide, WhatWentFurtherIsNeverRewritten) {
  struct Case {
    std::string what;
    std::function<void(Known&)> change;
    std::string reason;
  };
  const auto status = [](OrderStatus to) {
    return [to](Known& known) { known.order->header.status = orders::status_of(to); };
  };
  const std::vector<Case> cases{
      {"shipped", status(OrderStatus::shipped), "already shipped"},
      {"cancelled", status(OrderStatus::cancelled), "already cancelled"},
      {"uploaded", status(OrderStatus::uploaded), "already at ShipStation"},
      {"open there", status(OrderStatus::awaiting_shipment), "already at ShipStation"},
      {"an id", [](Known& known) { known.order->header.shipstation_order = {{5}}; },
       "already at ShipStation"},
      {"a link",
       [](Known& known) {
         known.order->links.push_back({.id = {5}, .status = {}, .modified = std::nullopt});
       },
       "already at ShipStation"},
      {"evidence", [](Known& known) { known.has_upload_evidence = true; },
       "already at ShipStation"},
      {"old", [](Known& known) { known.order->header.order_date = day("2026-09-20"); },
       "older than 60 days"},
      {"manual", [](Known& known) { known.order->header.source_system = "ShipStation Manual"; },
       "its number belongs to an order made in ShipStation"},
  };
  const auto order = shop_order();
  auto changed = shop_order({{"17612", 9}});
  for (const auto& one : cases) {
    auto known = taken_in(order);
    one.change(known);
    EXPECT_EQ(decided(order, known).action, Action::unchanged) << one.what;
    const auto decision = decided(changed, known);
    EXPECT_EQ(decision.action, Action::not_taken) << one.what;
    EXPECT_EQ(decision.reason, one.reason);
    EXPECT_TRUE(decision.insert.empty() && decision.update.empty() && decision.remove.empty());
    EXPECT_EQ(decision.header, known.order->header);
    // A book of before that does not know what the shop said: nothing is known to have changed.
    known.shop_hash.reset();
    EXPECT_EQ(decided(changed, known).action, Action::unchanged) << one.what;
  }
  auto nothing_left = shop_order({{"12345", 1}});
  EXPECT_EQ(decided(nothing_left, taken_in(order)).action, Action::not_taken);
}

TEST(Decide, WhatCouldNotBeTakenWhenItWasSaidIsTakenWholeWhenItCan) {
  auto order = shop_order();
  auto known = taken_in(order);
  auto moved = shop_order({{"12345", 3}});
  moved.ship_to = address("Elsewhere");
  const auto left = decided(moved, known);
  ASSERT_EQ(left.action, Action::not_taken);
  known.shop_hash = left.shop_hash;
  known.was_taken = false;
  auto with = rules();
  with.key_skus.insert(Sku{"12345"});
  const auto later = decided(moved, known, with);
  EXPECT_EQ(later.action, Action::update);
  EXPECT_EQ(later.header.ship_to, address("Elsewhere"));
}

TEST(Decide, WhatMustNotComeInStaysOutWithItsReason) {
  EXPECT_EQ(decided(shop_order({{"12345", 1}})).reason, "no key SKU in it");
  EXPECT_EQ(decided(shop_order({})).action, Action::skip);
  auto old = shop_order();
  old.date = day("2026-09-20");  // 61 days
  EXPECT_EQ(decided(old).action, Action::skip);
  EXPECT_EQ(decided(old).reason, "older than 60 days");
  old.date = day("2026-09-21");
  EXPECT_EQ(decided(old).action, Action::insert);
  EXPECT_EQ(decided(shop_order(), {.shipped = day("2026-11-01")}).reason,
            "already shipped, as history says");
  const StrangerSeen shipped{.id = {5}, .status = orders::status_of(OrderStatus::shipped)};
  const StrangerSeen open{.id = {6}, .status = orders::status_of(OrderStatus::on_hold)};
  EXPECT_EQ(decided(shop_order(), {.strangers = {shipped}}).reason,
            "ShipStation has it already: shipped");
  const auto deferred = decided(shop_order(), {.strangers = {open, shipped}});
  EXPECT_EQ(deferred.action, Action::defer);
  EXPECT_EQ(deferred.stranger->id, ShipStationOrderId{6});
  EXPECT_EQ(decided(shop_order(), {.strangers = {open}, .kept_apart = true}).action,
            Action::insert);
}

TEST(RulesHash, ChangesWithWhatChangesOrdersAndNotWithTheDay) {
  auto with = rules();
  const auto before = rules_hash(with);
  with.today = day("2027-01-01");
  with.bundles[Sku{"18999"}].components[0].multiplier = 3;  // switched off
  EXPECT_EQ(rules_hash(with), before);
  with.bundles[Sku{"18235"}].components[0].multiplier = 16;
  EXPECT_NE(rules_hash(with), before);
  with = rules();
  with.key_skus.insert(Sku{"17975"});
  EXPECT_NE(rules_hash(with), before);
}

TEST(Archive, FinishedOrdersGoAfterSixtyDaysAndOpenOnesNever) {
  const Day today = day("2026-11-20");
  const auto of = [&](OrderStatus status, std::string_view ordered,
                      std::optional<Day> shipped = std::nullopt) {
    return keeping({.status = status, .ordered = day(ordered), .shipped = shipped}, today, 60);
  };
  EXPECT_EQ(of(OrderStatus::shipped, "2026-09-20"), Keeping::to_archive);
  EXPECT_EQ(of(OrderStatus::shipped, "2026-09-21"), Keeping::in_sight);
  EXPECT_EQ(of(OrderStatus::shipped, "2026-01-01", day("2026-10-01")), Keeping::in_sight);
  EXPECT_EQ(of(OrderStatus::cancelled, "2026-01-01"), Keeping::to_archive);
  for (const auto status :
       {OrderStatus::pending, OrderStatus::uploaded, OrderStatus::failed, OrderStatus::on_hold,
        OrderStatus::awaiting_shipment, OrderStatus::awaiting_payment, OrderStatus::other}) {
    EXPECT_EQ(of(status, "2026-01-01"), Keeping::open_and_old);
  }
}

}  // namespace
}  // namespace tallyman::imports
