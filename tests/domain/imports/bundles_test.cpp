#include "domain/imports/bundles.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/imports/limits.h"

namespace tallyman::imports {
namespace {

Bundle bundle(const std::string& sku, std::vector<Component> components,
              BundleState state = BundleState::active) {
  return {.sku = Sku{sku}, .description = {}, .state = state, .components = std::move(components)};
}
Bundles all(std::vector<Bundle> list) {
  Bundles bundles;
  for (auto& one : list) bundles[one.sku] = std::move(one);
  return bundles;
}
Component of(const std::string& sku, std::int64_t times) {
  return {.sku = Sku{sku}, .multiplier = times};
}

TEST(Bundles, ComeApartOverSeveralLevelsAndEqualSkusAddUp) {
  Expander expander(
      all({bundle("box", {of("17612", 4), of("mix", 2), of("17914", 1)}),
           bundle("mix", {of("17612", 1), of("trio", 3)}), bundle("trio", {of("17904", 3)})}));
  EXPECT_EQ(expander.units_of(Sku{"box"}).value(),
            (Units{{Sku{"17612"}, 6}, {Sku{"17904"}, 18}, {Sku{"17914"}, 1}}));
  EXPECT_EQ(expander.units_of(Sku{"17612"}).value(), (Units{{Sku{"17612"}, 1}}));
}

TEST(Bundles, OneThatIsSwitchedOffStaysWhole) {
  Expander expander(all({bundle("box", {of("17612", 4), of("mix", 2)}),
                         bundle("mix", {of("17904", 1)}, BundleState::off)}));
  EXPECT_EQ(expander.units_of(Sku{"mix"}).value(), (Units{{Sku{"mix"}, 1}}));
  EXPECT_EQ(expander.units_of(Sku{"box"}).value(), (Units{{Sku{"17612"}, 4}, {Sku{"mix"}, 2}}));
}

TEST(Bundles, OneThatContainsItselfNamesTheCircle) {
  Expander expander(all({bundle("start", {of("a", 1)}), bundle("a", {of("17612", 1), of("b", 1)}),
                         bundle("b", {of("c", 1)}), bundle("c", {of("a", 1)}),
                         bundle("alone", {of("alone", 1)})}));
  EXPECT_EQ(expander.units_of(Sku{"start"}).error().what,
            "bundle a contains itself: a → b → c → a");
  EXPECT_EQ(expander.units_of(Sku{"alone"}).error().what,
            "bundle alone contains itself: alone → alone");
  EXPECT_FALSE(expander.units_of(Sku{"b"}));
}

TEST(Bundles, ManyLevelsThatDoubleCostNoTimeAndAreTooLarge) {
  std::vector<Bundle> list;
  for (int level = 0; level < 19; ++level) {
    list.push_back(
        bundle("l" + std::to_string(level), {of("l" + std::to_string(level + 1), 2), of("x", 1)}));
  }
  list.push_back(bundle("l19", {of("17612", 2), of("y", 1)}));
  Expander expander(all(list));
  EXPECT_EQ(expander.units_of(Sku{"l1"}).value().at(Sku{"17612"}), 1 << 19);
  EXPECT_NE(expander.units_of(Sku{"l0"}).error().what.find("more than 1000000 units"),
            std::string::npos);
  // Twenty levels that each name the next one twice are a million paths, and one look each.
  list.back() = bundle("l19", {of("l20", 2), of("y", 1)});
  list.push_back(bundle("l20", {of("17612", 1)}));
  EXPECT_NE(Expander(all(list)).units_of(Sku{"l0"}).error().what.find("levels"), std::string::npos);
}

TEST(Bundles, WhatIsStoredIsChecked) {
  const Bundles others = all({bundle("a", {of("b", 1)})});
  const auto wrong = [&](const Bundle& one) {
    const auto found = what_is_wrong(one, others);
    return found ? found->what : std::string();
  };
  EXPECT_EQ(wrong(bundle("c", {of("17612", 40)})), "");
  EXPECT_EQ(wrong(bundle("b", {of("a", 1)})), "Bundle b contains itself: b → a → b.");
  EXPECT_EQ(wrong(bundle("b", {of("a", 1)}, BundleState::off)),
            "Bundle b contains itself: b → a → b.")
      << "it may be switched on again";
  EXPECT_EQ(wrong(bundle("c", {})), "A bundle has 1 to 100 components.");
  EXPECT_EQ(wrong(bundle("c", {of("x", 1), of("x", 2)})),
            "x stands there twice: add its units up.");
  EXPECT_NE(wrong(bundle("c", {of("x", 0)})), "");
  EXPECT_NE(wrong(bundle("c", {of("x", kMultiplier + 1)})), "");
  EXPECT_NE(wrong(bundle("c", {of("", 1)})), "");
  EXPECT_NE(wrong(bundle(" c", {of("x", 1)})), "");
  EXPECT_NE(wrong(bundle(std::string(51, 'c'), {of("x", 1)})), "");
}

// Whatever points to whatever: an answer, and never one that depends on what was asked before.
TEST(Bundles, AnyTableGivesTheSameAnswerInAnyOrder) {
  rc::check([] {
    const auto sku = [](int i) { return Sku{std::string(1, static_cast<char>('a' + i))}; };
    Bundles bundles;
    const int count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
      Bundle one{.sku = sku(i), .description = {}, .components = {}};
      const int parts = *rc::gen::inRange(1, 4);
      for (int p = 0; p < parts; ++p) {
        one.components.push_back({.sku = sku(*rc::gen::inRange(0, 12)),
                                  .multiplier = *rc::gen::inRange<std::int64_t>(1, 4)});
      }
      bundles[one.sku] = one;
    }
    Expander upwards(bundles);
    Expander downwards(bundles);
    std::map<Sku, std::optional<Units>> first;
    const auto ask = [](Expander& expander, const Sku& of_this) {
      auto units = expander.units_of(of_this);
      return units ? std::optional(*units) : std::nullopt;
    };
    for (int i = 0; i < count; ++i) first[sku(i)] = ask(upwards, sku(i));
    for (int i = count - 1; i >= 0; --i) RC_ASSERT(ask(downwards, sku(i)) == first[sku(i)]);
  });
}

}  // namespace
}  // namespace tallyman::imports
