// The words that are tried first when somebody guesses passwords.
#pragma once

#include <string_view>

namespace tallyman::people {

// Small letters, separated by blanks or line ends. A word here stands also for itself with
// capitals, look-alikes and a tail of digits or signs (see password.h).
std::string_view common_passwords();

}  // namespace tallyman::people
