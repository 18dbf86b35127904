// The content of an order as one canonical text and its hash: equal content, equal hash, whatever
// the order of members and lines. "modified" is left out: ShipStation moves it for reasons it does
// not show (facts/shipstation.md §7).
#pragma once

#include <string>

#include "domain/orders/order_seen.h"

namespace tallyman::orders {

// Holds personal data: never logged, never stored.
std::string canonical_text(const OrderSeen& seen);

// "v2:" and the BLAKE2b-256 of the text in hex. The version changes when the text's form does, so
// that an upgrade re-applies instead of comparing different things.
std::string content_hash(const OrderSeen& seen);

}  // namespace tallyman::orders
