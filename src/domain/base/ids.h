// Ids are types that never mix: passing a LotCode where a Sku is wanted does not compile.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace tallyman {

// A value of Rep that only equals, orders and hashes against ids of the same Tag.
template <class Tag, class Rep>
struct Id {
  Rep value{};
  friend auto operator<=>(const Id&, const Id&) = default;
  friend bool operator==(const Id&, const Id&) = default;
};

using AccountId = Id<struct AccountTag, std::int64_t>;                    // accounts.account_id
using LocalOrderId = Id<struct LocalOrderTag, std::int64_t>;              // orders_inbox.id
using ShipStationOrderId = Id<struct ShipStationOrderTag, std::int64_t>;  // "orderId"
using ShipStationLineId = Id<struct ShipStationLineTag, std::int64_t>;    // "orderItemId"
using ShipmentId = Id<struct ShipmentTag, std::int64_t>;                  // "shipmentId"
using FulfilmentId = Id<struct FulfilmentTag, std::int64_t>;              // "fulfillmentId"
using OrderNumber = Id<struct OrderNumberTag, std::string>;  // what people read; not unique
using Sku = Id<struct SkuTag, std::string>;
using LotCode = Id<struct LotCodeTag, std::string>;  // opaque text, for example "250340"
using JobId = Id<struct JobTag, std::int64_t>;       // jobs.job_id
using RunId = Id<struct RunTag, std::string>;        // 32 hex digits, 128 random bits

inline constexpr AccountId kDefaultAccount{1};

}  // namespace tallyman

template <class Tag, class Rep>
struct std::hash<tallyman::Id<Tag, Rep>> {
  std::size_t operator()(const tallyman::Id<Tag, Rep>& id) const {
    return std::hash<Rep>{}(id.value);
  }
};
