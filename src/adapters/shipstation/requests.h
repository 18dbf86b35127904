// Our questions as ShipStation's query strings (facts/shipstation.md §4). Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/zone.h"
#include "ports/shipstation.h"

namespace tallyman::shipstation {

// Path and query, for example "/orders?modifyDateStart=2026-11-01%2001%3A30%3A00&…&page=1".
// Bounds are written in `zone`. Page and page size out of range are our own mistake (check()).
std::string target(const ports::OrderQuery& query, const Zone& zone);
std::string target(const ports::ShipmentQuery& query, const Zone& zone);
std::string target(const ports::FulfilmentQuery& query, const Zone& zone);
std::string target(ShipStationOrderId id);

// Everything but letters, digits and "-._~" as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace tallyman::shipstation
