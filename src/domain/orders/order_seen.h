// An order as ShipStation showed it, in our words. Made by adapters/shipstation; no JSON travels
// further in. Members follow facts/shipstation.md §5 (V1 Order).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/money.h"
#include "domain/base/secret.h"
#include "domain/base/time.h"
#include "domain/orders/address.h"

namespace tallyman::orders {

struct LineSeen {
  ShipStationLineId id;                 // "orderItemId"
  std::optional<std::string> key;       // "lineItemKey"
  std::optional<std::string> sku_text;  // untouched, for example "17612 - 250340"
  std::string name;
  std::int64_t quantity = 0;
  std::optional<Money> unit_price;
  bool adjustment = false;  // discount or fee: not a thing that ships
  friend bool operator==(const LineSeen&, const LineSeen&) = default;
};

struct OrderSeen {
  ShipStationOrderId id;
  OrderNumber number;  // trimmed; never unique at ShipStation
  std::string key;     // "orderKey"
  Instant created;
  Instant modified;
  std::optional<Day> order_date;  // the marketplace's word, not reliably Pacific: the date part
  std::string status;             // ShipStation's word, verbatim; unknown words are kept
  std::optional<Pii<std::string>> customer_email;
  Pii<Address> bill_to;
  Pii<Address> ship_to;
  std::vector<LineSeen> lines;
  std::optional<Money> total;
  std::optional<std::string> carrier_code;
  std::optional<std::string> carrier_id;  // billToMyOtherAccount, else carrierId (operations §4.4)
  std::optional<std::string> service_code;
  std::optional<Day> ship_date;
  std::optional<std::int64_t> store_id;
  std::optional<ShipStationOrderId> parent;  // "advancedOptions.parentId" of a split
  std::vector<ShipStationOrderId> merged;    // "advancedOptions.mergedIds"
  bool merged_or_split = false;
  bool externally_fulfilled = false;
  friend bool operator==(const OrderSeen&, const OrderSeen&) = default;
};

}  // namespace tallyman::orders
