#include "domain/orders/why.h"

#include <gtest/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

TEST(Why, AManualOrderTellsItsStoryInOneParagraph) {
  auto empty = samples::seen();
  const auto decision = route(empty, {}, samples::routing_rules());
  empty.lines.clear();
  const auto arrival =
      plan_change(decision, empty, std::nullopt, samples::apply_rules(), Evidence::list_row);
  auto filled = samples::seen();
  const auto local = samples::stored(applied(arrival, empty, std::nullopt));
  const auto repair = samples::update(filled, local);
  filled.status = "shipped";
  const auto shipped = samples::update(filled, samples::stored(applied(repair, filled, local)));

  WhyInput input{.number = "100528",
                 .created = "29 Oct 08:58",
                 .source_system = std::string(kSourceManual),
                 .steps = {}};
  const auto add = [&](const OrderChange& change, std::string when, std::string by) {
    for (const auto& event : change.events) {
      input.steps.push_back({when, by, event.kind, event.rule, event.title, event.detail});
    }
  };
  add(arrival, "29 Oct 09:05", "run 8f1d");
  add(repair, "09:11", "run 8f1e");
  add(shipped, "12:40", "run 8f2a");
  EXPECT_EQ(why_in_words(input),
            "Created by hand in ShipStation on 29 Oct 08:58. Imported 29 Oct 09:05 by run 8f1d "
            "because its number starts with 10, it contains key SKU 17612, and it is not one of "
            "ours. It arrived with 0 items. Items changed 09:11 by run 8f1e: it had no items; "
            "2 x 17612 - 250340 came with this reading. Shipped at ShipStation 12:40 by run 8f2a.");
}

TEST(Why, AnOrderWithoutRecordsSaysSo) {
  const auto text =
      why_in_words({.number = "688005", .created = "", .source_system = "X-Cart", .steps = {}});
  EXPECT_TRUE(text.starts_with("Came from X-Cart. Nothing is recorded")) << text;
}

}  // namespace
}  // namespace tallyman::orders
