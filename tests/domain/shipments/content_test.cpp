#include "domain/shipments/content.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::shipments {
namespace {

using orders::samples::at;
using orders::samples::day;

ShipmentSeen label() {
  ShipmentSeen seen;
  seen.id = ShipmentId{1};
  seen.order = ShipStationOrderId{9001};
  seen.created = at("2025-10-30T12:00:00Z");
  seen.ship_date = day("2025-10-30");
  seen.tracking = "TRACK1";
  seen.carrier_code = "ups";
  seen.service_code = "ups_ground";
  seen.lines = {{ShipStationLineId{1}, "17612 - 250340", "PT Kit", 3},
                {ShipStationLineId{2}, "17904", "Travel Kit", 1}};
  return seen;
}

FulfilmentSeen fulfilment() {
  FulfilmentSeen seen;
  seen.id = FulfilmentId{1};
  seen.order = ShipStationOrderId{9001};
  seen.created = at("2025-10-31T12:00:00Z");
  seen.ship_date = day("2025-10-31");
  seen.tracking = "MARKED1";
  seen.carrier = "UPS";
  return seen;
}

TEST(ShipmentContent, EveryMeaningfulFieldChangesTheHash) {
  using Edit = std::function<void(ShipmentSeen&)>;
  const Edit edits[] = {
      [](auto& s) { s.id.value += 1; },
      [](auto& s) { s.order.reset(); },
      [](auto& s) { s.number = OrderNumber{"1"}; },
      [](auto& s) { s.created += Micros{1}; },
      [](auto& s) { s.ship_date.reset(); },
      [](auto& s) { s.tracking = ""; },
      [](auto& s) { s.tracking.reset(); },
      [](auto& s) { s.carrier_code = "fedex"; },
      [](auto& s) { s.service_code.reset(); },
      [](auto& s) { s.cost = Money{235}; },
      [](auto& s) { s.return_label = true; },
      [](auto& s) { s.voided = true; },
      [](auto& s) { s.voided_at = s.created; },
      [](auto& s) { s.lines.reset(); },
      [](auto& s) { s.lines->clear(); },
      [](auto& s) { (*s.lines)[0].quantity += 1; },
      [](auto& s) { (*s.lines)[0].sku_text.reset(); },
      [](auto& s) { (*s.lines)[0].order_line.reset(); },
      [](auto& s) { (*s.lines)[0].name = "x"; },
  };
  std::vector<std::string> hashes{content_hash(label())};
  for (const auto& edit : edits) {
    auto changed = label();
    edit(changed);
    hashes.push_back(content_hash(changed));
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end());

  auto turned = label();
  std::reverse(turned.lines->begin(), turned.lines->end());
  EXPECT_EQ(content_hash(turned), content_hash(label()));
}

TEST(FulfilmentContent, EveryMeaningfulFieldChangesTheHash) {
  using Edit = std::function<void(FulfilmentSeen&)>;
  const Edit edits[] = {
      [](auto& s) { s.id.value += 1; },
      [](auto& s) { s.order.reset(); },
      [](auto& s) { s.number = OrderNumber{"1"}; },
      [](auto& s) { s.created += Micros{1}; },
      [](auto& s) { s.ship_date.reset(); },
      [](auto& s) { s.tracking.reset(); },
      [](auto& s) { s.carrier.reset(); },
      [](auto& s) { s.voided = true; },
      [](auto& s) { s.voided_at = s.created; },
  };
  std::vector<std::string> hashes{content_hash(fulfilment())};
  for (const auto& edit : edits) {
    auto changed = fulfilment();
    edit(changed);
    hashes.push_back(content_hash(changed));
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace
}  // namespace tallyman::shipments
