// Canonical text and hash of shipments and fulfilments, as in orders/content.h: unchanged content
// means no write.
#pragma once

#include <string>

#include "domain/shipments/seen.h"

namespace tallyman::shipments {

std::string canonical_text(const ShipmentSeen& seen);
std::string canonical_text(const FulfilmentSeen& seen);
std::string content_hash(const ShipmentSeen& seen);    // "v1:" and 64 hex digits
std::string content_hash(const FulfilmentSeen& seen);  // the same

}  // namespace tallyman::shipments
