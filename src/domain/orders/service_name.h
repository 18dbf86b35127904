// The name people read for a ShipStation service code (facts/operations.md §4.4).
#pragma once

#include <string>
#include <string_view>

namespace tallyman::orders {

// From the table ("fedex_2day" is "FedEx 2Day"), else the code in title case ("Usps Priority
// Mail").
std::string service_name(std::string_view code);

}  // namespace tallyman::orders
