// Whether a text is JSON from its first byte to its last. The fast reader behind wire only looks at
// what it is asked for, so a torn or garbled page would pass it; this does not let one pass.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tallyman::shipstation {

inline constexpr std::size_t kMaxJsonDepth = 64;  // an order needs 5

// None when `text` is one JSON value of at most kMaxJsonDepth nested containers (RFC 8259, strict
// grammar, any length of number). Otherwise what is wrong and at which byte, without quoting the
// text. UTF-8 is not checked here.
std::optional<std::string> json_fault(std::string_view text);

// The bytes of the first value of `text`, which starts right there and is part of sound JSON.
std::string_view first_value(std::string_view text);

}  // namespace tallyman::shipstation
