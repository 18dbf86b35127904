// Which lines of a ShipStation order are things that ship, and why the others are not stored
// (requirements B3, facts/shipstation.md §5 and §11).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/orders/order_seen.h"

namespace tallyman::orders {

// Nothing for a line that is stored; else the reason, for the order's timeline.
std::optional<std::string_view> why_not_stored(const LineSeen& line);

// Units to ship: the quantities of the lines that are stored.
std::int64_t units(const OrderSeen& order);

}  // namespace tallyman::orders
