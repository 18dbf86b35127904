// One order element of the shop's file, as XML, read into our words: every field that is read,
// and what makes an order unreadable (facts/operations.md §2.2).
#pragma once

#include <string_view>

#include "adapters/xml/encoding.h"
#include "domain/imports/shop_order.h"

namespace tallyman::xml {

// `bytes` is "<order>…</order>", its first character at `place`.
imports::SeenOrder read_order(std::string_view bytes, Encoding encoding, imports::Place place);

// What can be told of one that is no XML: its number, where that much is plain to see.
imports::BadOrder bad_order(std::string_view bytes, imports::Place place, std::string kind,
                            std::string problem);

}  // namespace tallyman::xml
