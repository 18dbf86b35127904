// ShipStation's bytes to our words (facts/shipstation.md §5, §8.1). Tolerant of what the partner
// leaves out or adds, strict about what we read: an element with any unusable member becomes
// Unreadable with its path, so that nothing is lost silently.
#pragma once

#include <string>

#include "domain/base/result.h"
#include "domain/base/zone.h"
#include "ports/shipstation.h"

namespace tallyman::shipstation {

// All of these take the body of a successful answer (its capacity may grow, its bytes stay) and
// read naive times in `zone`. A Problem means that the answer as a whole cannot be trusted: not
// JSON to its last byte, no list, no total.
Result<ports::OrderPage> read_order_page(std::string& body, const Zone& zone,
                                         ports::OrderQuery::Sort sorted_by);
Result<ports::ShipmentPage> read_shipment_page(std::string& body, const Zone& zone);
Result<ports::FulfilmentPage> read_fulfilment_page(std::string& body, const Zone& zone);

// GET /orders/{id}. An order that cannot be read is a Problem with its path.
Result<ports::Document<orders::OrderSeen>> read_order(std::string& body, const Zone& zone);

}  // namespace tallyman::shipstation
