// What a password must be (ASVS 5.0 §6.2): long enough and not among those that everybody tries.
// Which kinds of characters it has is its owner's business.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "domain/base/result.h"

namespace tallyman::people {

inline constexpr std::size_t kShortestPassword = 8;   // characters
inline constexpr std::size_t kLongestPassword = 256;  // bytes of UTF-8; nothing is cut off

// Why this cannot be the password of the user of that name; none when it can. `password` is UTF-8.
std::optional<Problem> refuse_password(std::string_view password, std::string_view user_name);

// One of those that are tried first, with capitals, digits for letters ("p4ssw0rd") and digits or
// signs at its end ("Welcome2026!") seen through.
bool is_common_password(std::string_view password);

}  // namespace tallyman::people
