#include "domain/orders/content.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

using samples::seen;

TEST(OrderContent, EveryMeaningfulFieldChangesTheHash) {
  using Edit = std::function<void(OrderSeen&)>;
  const Edit edits[] = {
      [](auto& o) { o.id.value += 1; },
      [](auto& o) { o.number.value += "x"; },
      [](auto& o) { o.key += "x"; },
      [](auto& o) { o.created += Micros{1}; },
      [](auto& o) { o.order_date.reset(); },
      [](auto& o) { o.order_date = *o.order_date + std::chrono::days{1}; },
      [](auto& o) { o.status = "shipped"; },
      [](auto& o) { o.customer_email.reset(); },
      [](auto& o) { o.customer_email = Pii<std::string>("other@example.com"); },
      [](auto& o) { o.bill_to = Pii<Address>(samples::address("3 Example St")); },
      [](auto& o) { o.ship_to = Pii<Address>(samples::address("3 Example St")); },
      [](auto& o) { std::swap(o.ship_to, o.bill_to); },
      [](auto& o) { o.lines.clear(); },
      [](auto& o) { o.lines.push_back(o.lines[0]); },
      [](auto& o) { o.lines[0].id.value += 1; },
      [](auto& o) { o.lines[0].key = "k"; },
      [](auto& o) { o.lines[0].sku_text = "17612 - 250237"; },
      [](auto& o) { o.lines[0].sku_text.reset(); },
      [](auto& o) { o.lines[0].name = "Kit"; },
      [](auto& o) { o.lines[0].quantity += 1; },
      [](auto& o) { o.lines[0].unit_price = Money{1}; },
      [](auto& o) { o.lines[0].adjustment = true; },
      [](auto& o) { o.total = Money{1}; },
      [](auto& o) { o.carrier_code = "ups"; },
      [](auto& o) { o.carrier_code = ""; },
      [](auto& o) { o.carrier_code.reset(); },
      [](auto& o) { o.carrier_id = "78"; },
      [](auto& o) { o.service_code = "fedex_ground"; },
      [](auto& o) { o.ship_date = samples::day("2025-10-30"); },
      [](auto& o) { o.store_id = 4; },
      [](auto& o) { o.parent = ShipStationOrderId{1}; },
      [](auto& o) { o.merged = {ShipStationOrderId{1}}; },
      [](auto& o) { o.merged_or_split = true; },
      [](auto& o) { o.externally_fulfilled = true; },
  };
  std::vector<std::string> hashes{content_hash(seen())};
  for (const auto& edit : edits) {
    auto order = seen();
    edit(order);
    hashes.push_back(content_hash(order));
  }
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::unique(hashes).begin(), hashes.end());
  EXPECT_TRUE(hashes[0].starts_with("v2:"));
  EXPECT_EQ(hashes[0].size(), 3U + 64U);
}

TEST(OrderContent, EveryPartOfAnAddressCounts) {
  std::optional<std::string> Address::* const parts[] = {
      &Address::name,    &Address::company, &Address::street1, &Address::street2,
      &Address::street3, &Address::city,    &Address::state,   &Address::postal_code,
      &Address::country, &Address::phone};
  std::vector<std::string> hashes;
  for (const auto part : parts) {
    auto order = seen();
    Address address = order.ship_to.reveal();
    address.*part = "changed";
    order.ship_to = Pii<Address>(address);
    hashes.push_back(content_hash(order));
  }
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::unique(hashes).begin(), hashes.end());
}

TEST(OrderContent, TheModifyStampAloneIsNoChange) {
  auto order = seen();
  order.modified += std::chrono::hours{5};
  EXPECT_EQ(content_hash(order), content_hash(seen()));
}

TEST(OrderContent, TextsNeverRunTogether) {
  auto a = seen();
  auto b = seen();
  a.lines[0].sku_text = "17612\nname=1:x";
  a.lines[0].name = "";
  b.lines[0].sku_text = "17612";
  b.lines[0].name = "x";
  EXPECT_NE(content_hash(a), content_hash(b));
}

RC_GTEST_PROP(OrderContent, TheOrderOfLinesMeansNothing, (std::vector<std::uint8_t> lines)) {
  auto order = seen();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    order.lines.push_back(samples::line(600 + static_cast<std::int64_t>(i), "17904", lines[i]));
    order.merged.push_back(ShipStationOrderId{lines[i]});
  }
  auto turned = order;
  std::ranges::reverse(turned.lines);
  std::ranges::reverse(turned.merged);
  RC_ASSERT(content_hash(turned) == content_hash(order));
}

}  // namespace
}  // namespace tallyman::orders
