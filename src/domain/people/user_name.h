// What a person is called here: small letters and digits, so that nobody can look like another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tallyman::people {

inline constexpr std::string_view kUserNameRule =
    "a name of 2 to 40 letters and digits, with . _ - between them, that begins with a letter";

// The name with capitals made small, or none when it breaks kUserNameRule.
std::optional<std::string> user_name_from(std::string_view text);

}  // namespace tallyman::people
