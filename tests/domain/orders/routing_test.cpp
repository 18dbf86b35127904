#include "domain/orders/routing.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "domain/orders/local_order.h"
#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

LocalRef local(std::int64_t id, std::string number, std::vector<std::int64_t> linked,
               std::string_view source = kSourceShop) {
  LocalRef ref{.id = LocalOrderId{id},
               .number = OrderNumber{std::move(number)},
               .linked = {},
               .source_system = std::string(source),
               .uploaded_by_us = false,
               .is_final = false};
  for (const auto link : linked) ref.linked.push_back(ShipStationOrderId{link});
  return ref;
}
LocalRef uploaded(LocalRef ref) {
  ref.uploaded_by_us = true;
  return ref;
}

struct Case {
  const char* name;
  std::function<void(OrderSeen&, LocalKnowledge&)> given;
  Action action;
  Rule rule;
  std::int64_t target;  // 0: none
  std::optional<CaseKind> kase;
  const char* because;  // a part of the sentence
};

// Every order starts as samples::seen(): manual, 100528, ShipStation 9001, key SKU 17612.
const Case kCases[] = {
    {"no number and not known",
     [](auto& s, auto&) { s.number = OrderNumber{"  "}; },
     Action::skip,
     Rule::empty_number,
     0,
     {},
     "no order number"},
    {"no number but known by id",
     [](auto& s, auto& k) {
       s.number = {};
       k.by_id = local(1, "100528", {9001});
     },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"known by id",
     [](auto&, auto& k) { k.by_id = k.by_number = local(1, "100528", {9001}); },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"known by id, number written with spaces",
     [](auto&, auto& k) { k.by_id = k.by_number = local(1, " 100528 ", {9001}); },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"known by id without any key SKU",
     [](auto& s, auto& k) {
       s.lines.clear();
       k.by_id = local(1, "100528", {9001});
     },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"known by id although of local origin",
     [](auto&, auto& k) {
       k.by_id = local(1, "100528", {9001});
       k.of_local_origin = true;
     },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"renumbered to a free number",
     [](auto&, auto& k) { k.by_id = local(1, "100400", {9001}); },
     Action::update,
     Rule::renumbered,
     1,
     {},
     "renumbered to 100528"},
    {"a split part with a number of its own does not renumber the order",
     [](auto& s, auto& k) {
       s.number = OrderNumber{"100528-1"};
       k.by_id = local(1, "100528", {9000, 9001});
     },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"renumbered to the number of another order",
     [](auto&, auto& k) {
       k.by_id = local(1, "100400", {9001});
       k.by_number = local(2, "100528", {}, kSourceManual);
     },
     Action::open_case, Rule::renumbered_to_taken, 1, CaseKind::renumbered_to_taken, "100400"},
    {"another row with the same number in other spaces is no renumbering",
     [](auto&, auto& k) {
       k.by_id = local(1, "100528", {9001});
       k.by_number = local(2, "100528 ", {});
     },
     Action::update,
     Rule::known_by_id,
     1,
     {},
     "ShipStation id"},
    {"a split part whose parent is known",
     [](auto& s, auto& k) {
       s.number = OrderNumber{"100528-1"};
       s.parent = ShipStationOrderId{9000};
       k.family = local(1, "100528", {9000});
     },
     Action::join_family,
     Rule::split_family,
     1,
     {},
     "100528"},
    {"a split part with the same number",
     [](auto& s, auto& k) {
       s.parent = ShipStationOrderId{9000};
       k.family = k.by_number = local(1, "100528", {9000});
     },
     Action::join_family,
     Rule::split_family,
     1,
     {},
     "part of it"},
    {"a split part with the same number that names no parent",
     [](auto& s, auto& k) {
       s.merged_or_split = true;
       k.by_number = local(1, "100528", {9000});
     },
     Action::join_family,
     Rule::split_family,
     1,
     {},
     "part of it"},
    {"a split of an X-Cart order joins although its number is not manual",
     [](auto& s, auto& k) {
       s.number = OrderNumber{"688005"};
       s.parent = ShipStationOrderId{9000};
       k.family = k.by_number = uploaded(local(1, "688005", {9000}));
     },
     Action::join_family,
     Rule::split_family,
     1,
     {},
     "688005"},
    {"a survivor that swallowed our order of this number",
     [](auto& s, auto& k) {
       s.merged_or_split = true;
       s.merged = {ShipStationOrderId{9000}};
       k.by_number = local(1, "100528", {9000});
     },
     Action::join_family,
     Rule::split_family,
     1,
     {},
     "merged"},
    {"a survivor of others with our number is a conflict",
     [](auto& s, auto& k) {
       s.merged_or_split = true;
       s.merged = {ShipStationOrderId{7000}};
       k.by_number = local(1, "100528", {9000}, kSourceManual);
     },
     Action::open_case, Rule::number_taken_by_manual, 1, CaseKind::number_conflict, "9000"},
    {"a split part whose number belongs to another order",
     [](auto& s, auto& k) {
       s.parent = ShipStationOrderId{9000};
       k.family = local(1, "100400", {9000});
       k.by_number = local(2, "100528", {});
     },
     Action::open_case, Rule::family_number_taken, 2, CaseKind::number_conflict, "100400"},
    {"by number, not linked, uploaded by us",
     [](auto& s, auto& k) {
       s.number = OrderNumber{"688005"};
       k.by_number = uploaded(local(1, "688005", {}));
     },
     Action::link_and_update,
     Rule::number_of_our_upload,
     1,
     {},
     "uploaded"},
    {"by number with spaces, not linked, uploaded by us",
     [](auto& s, auto& k) {
       s.number = OrderNumber{" 688005 "};
       k.by_number = uploaded(local(1, "688005  ", {}));
     },
     Action::link_and_update,
     Rule::number_of_our_upload,
     1,
     {},
     "number 688005 "},
    {"by number, not linked, never uploaded",
     [](auto& s, auto& k) {
       s.number = OrderNumber{"688005"};
       k.by_number = local(1, "688005", {});
     },
     Action::open_case, Rule::number_never_uploaded, 1, CaseKind::link_or_refuse, "X-Cart"},
    {"by manual number, not linked, never uploaded, is no import",
     [](auto&, auto& k) { k.by_number = local(1, "100528", {}, kSourceManual); }, Action::open_case,
     Rule::number_never_uploaded, 1, CaseKind::link_or_refuse, "Manual"},
    {"by number, linked to another, ours manual",
     [](auto&, auto& k) { k.by_number = local(1, "100528", {9000}, kSourceManual); },
     Action::open_case, Rule::number_taken_by_manual, 1, CaseKind::number_conflict, "9000"},
    {"by number, linked to another, ours from the shop",
     [](auto&, auto& k) { k.by_number = uploaded(local(1, "100528", {9000})); }, Action::open_case,
     Rule::number_taken_by_shop, 1, CaseKind::number_conflict, "X-Cart"},
    {"manual number of local origin, local row gone",
     [](auto&, auto& k) { k.of_local_origin = true; },
     Action::skip,
     Rule::local_origin_gone,
     0,
     {},
     "uploaded it ourselves"},
    {"merged into an order of ours",
     [](auto&, auto& k) { k.survivor = local(1, "100400", {8000}); },
     Action::skip,
     Rule::merged_into_survivor,
     0,
     {},
     "100400"},
    {"another number",
     [](auto& s, auto&) { s.number = OrderNumber{"688005"}; },
     Action::skip,
     Rule::not_ours,
     0,
     {},
     "Not ours"},
    {"a number that only contains the prefix",
     [](auto& s, auto&) { s.number = OrderNumber{"910528"}; },
     Action::skip,
     Rule::not_ours,
     0,
     {},
     "910528"},
    {"manual number without lines",
     [](auto& s, auto&) { s.lines.clear(); },
     Action::skip,
     Rule::no_key_sku,
     0,
     {},
     "no key SKU"},
    {"manual number with a SKU that only starts like a key SKU",
     [](auto& s, auto&) { s.lines = {samples::line(1, "176120 - 250340", 1)}; },
     Action::skip,
     Rule::no_key_sku,
     0,
     {},
     "no key SKU"},
    {"manual number whose key SKU does not ship",
     [](auto& s, auto&) { s.lines[0].quantity = 0; },
     Action::skip,
     Rule::no_key_sku,
     0,
     {},
     "no key SKU"},
    {"manual, key SKU, not ours",
     [](auto&, auto&) {},
     Action::import,
     Rule::import_manual,
     0,
     {},
     "Its number starts with 10, it contains key SKU 17612, and it is not one of ours."},
    {"manual, key SKU behind another line, written without spaces",
     [](auto& s, auto&) {
       s.lines = {samples::line(1, "OTHER-1", 1), samples::line(2, "17904-250240", 1)};
     },
     Action::import,
     Rule::import_manual,
     0,
     {},
     "key SKU 17904"},
    {"manual and cancelled is imported as what it is",
     [](auto& s, auto&) { s.status = "cancelled"; },
     Action::import,
     Rule::import_manual,
     0,
     {},
     "17612"},
};

TEST(Routing, EveryRowOfTheTableDecidesAsWritten) {
  std::set<Rule> used;
  for (const auto& c : kCases) {
    OrderSeen seen = samples::seen();
    LocalKnowledge known;
    c.given(seen, known);
    const auto decision = route(seen, known, samples::routing_rules());
    EXPECT_EQ(key(decision.action), key(c.action)) << c.name;
    EXPECT_EQ(key(decision.rule), key(c.rule)) << c.name;
    EXPECT_EQ(decision.target ? decision.target->value : 0, c.target) << c.name;
    EXPECT_EQ(decision.kase, c.kase) << c.name;
    EXPECT_NE(decision.because.find(c.because), std::string::npos)
        << c.name << ": " << decision.because;
    EXPECT_TRUE(decision.because.ends_with('.')) << c.name;
    used.insert(decision.rule);
  }
  EXPECT_EQ(used.size(), kRules) << "a row of the table has no case";
}

TEST(Routing, AnOrderImportedEarlierInTheBatchIsKnownToTheNext) {
  const auto first = samples::seen();
  auto second = first;
  second.id = ShipStationOrderId{9002};
  EXPECT_EQ(route(first, {}, samples::routing_rules()).action, Action::import);

  LocalKnowledge now;
  now.by_number = local(1, "100528", {9001}, kSourceManual);
  EXPECT_EQ(route(second, now, samples::routing_rules()).rule, Rule::number_taken_by_manual);
}

TEST(Routing, ANumberRangeKeepsLongNumbersOfTheShopOut) {
  auto rules = samples::routing_rules();
  EXPECT_TRUE(is_manual_number(OrderNumber{"1000005"}, rules));
  rules.manual_range = NumberRange{100000, 109999};
  EXPECT_FALSE(is_manual_number(OrderNumber{"1000005"}, rules));
  EXPECT_TRUE(is_manual_number(OrderNumber{" 100000 "}, rules));
  EXPECT_TRUE(is_manual_number(OrderNumber{"109999"}, rules));
  EXPECT_FALSE(is_manual_number(OrderNumber{"100528-1"}, rules));
  EXPECT_FALSE(is_manual_number(OrderNumber{"10"}, rules));
  EXPECT_FALSE(is_manual_number(OrderNumber{""}, rules));
  rules.manual_prefix.clear();
  EXPECT_FALSE(is_manual_number(OrderNumber{"100528"}, rules)) << "no prefix is no rule";
}

TEST(Routing, OrdersSwallowedByASurvivorBecomeCasesUnlessTheyFollowByThemselves) {
  auto seen = samples::seen();
  seen.merged = {ShipStationOrderId{9000}, ShipStationOrderId{8000}, ShipStationOrderId{7000}};
  LocalKnowledge known;
  known.by_id = known.by_number = local(1, "100528", {9001, 9000}, kSourceManual);
  auto done = local(3, "100200", {7000});
  done.is_final = true;
  known.absorbed = {*known.by_id, local(2, "100300", {8000}), local(2, "100300", {8000}), done};
  const auto away = merged_away(seen, known);
  ASSERT_EQ(away.size(), 1U);
  EXPECT_EQ(away[0].id, LocalOrderId{2});
}

TEST(Routing, TheFactsOfACaseIgnoreWhatMovesEveryDay) {
  LocalKnowledge known;
  known.by_number = local(1, "100528", {9000}, kSourceManual);
  const auto hash = [&](const OrderSeen& seen) {
    const auto decision = route(seen, known, samples::routing_rules());
    return case_facts_hash(*decision.kase, case_facts(decision, seen, known));
  };
  const auto first = hash(samples::seen());
  auto later = samples::seen();
  later.modified = samples::at("2025-11-05T00:00:00Z");
  later.status = "on_hold";
  EXPECT_EQ(hash(later), first);
  later.id = ShipStationOrderId{9002};
  EXPECT_NE(hash(later), first);
}

TEST(Routing, KeysComeBack) {
  for (std::size_t i = 0; i < kRules; ++i) {
    const auto rule = static_cast<Rule>(i);
    EXPECT_EQ(rule_from_key(key(rule)), rule);
  }
  EXPECT_FALSE(rule_from_key("never_heard_of"));
}

}  // namespace
}  // namespace tallyman::orders
