// Passwords are typed without being shown, or come on standard input; never as an argument, where
// every user of the machine could read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tallyman::cli {

// At a terminal asks twice with `prompt` and shows nothing of what is typed; else takes the first
// line of standard input. None when there is none, the two differ or it is over 4096 bytes.
std::optional<std::string> read_secret(std::string_view prompt);

}  // namespace tallyman::cli
