// Shipments (labels bought in ShipStation) and fulfilments (marked as shipped, external) as
// ShipStation showed them, in our words (facts/shipstation.md §4.2, §5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/money.h"
#include "domain/base/time.h"

namespace tallyman::shipments {

struct ShipmentLineSeen {
  std::optional<ShipStationLineId> order_line;  // "orderItemId"
  std::optional<std::string> sku_text;
  std::string name;
  std::int64_t quantity = 0;
  friend bool operator==(const ShipmentLineSeen&, const ShipmentLineSeen&) = default;
};

struct ShipmentSeen {
  ShipmentId id;
  std::optional<ShipStationOrderId> order;  // a label without order has none
  std::optional<OrderNumber> number;
  Instant created;
  std::optional<Day> ship_date;
  std::optional<std::string> tracking;
  std::optional<std::string> carrier_code;
  std::optional<std::string> service_code;
  std::optional<Money> cost;
  bool return_label = false;
  bool voided = false;
  std::optional<Instant> voided_at;
  std::optional<std::vector<ShipmentLineSeen>> lines;  // absent unless asked for
  friend bool operator==(const ShipmentSeen&, const ShipmentSeen&) = default;
};

struct FulfilmentSeen {
  FulfilmentId id;
  std::optional<ShipStationOrderId> order;
  std::optional<OrderNumber> number;
  Instant created;
  std::optional<Day> ship_date;
  std::optional<std::string> tracking;  // an empty text counts as absent
  std::optional<std::string> carrier;   // may be a display name ("UPS")
  bool voided = false;
  std::optional<Instant> voided_at;
  friend bool operator==(const FulfilmentSeen&, const FulfilmentSeen&) = default;
};

}  // namespace tallyman::shipments
