// Texts out of JSON and out of failed answers, where the JSON library is too strict or of no help.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tallyman::shipstation {

// The text of a sound JSON string token, quotes included. A lone half of a surrogate pair becomes
// U+FFFD: a name cut in the middle of an emoji is still a name.
std::string unescaped_loosely(std::string_view token);

// One line for a person: white space runs become one space, control characters and words with '@'
// (addresses) are left out, and it is cut to `limit` bytes at a whole character. Always UTF-8.
std::string one_line(std::string_view text, std::size_t limit);

}  // namespace tallyman::shipstation
