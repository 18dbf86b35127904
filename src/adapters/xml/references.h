// The character references of XML. The parser leaves what it does not know as it is; here an order
// with one is refused instead, because "&company;" stands in no address.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tallyman::xml {

// Where the first '&' of `text` (UTF-8) begins nothing that XML knows without a declaration; those
// in comments and CDATA sections are text.
std::optional<std::size_t> find_unknown_reference(std::string_view text);

}  // namespace tallyman::xml
