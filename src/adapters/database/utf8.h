// Text that one database would take and the other refuse must be refused by both.
#pragma once

#include <string_view>

namespace tallyman::database {

// Well-formed UTF-8 without NUL: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_storable_text(std::string_view text);

}  // namespace tallyman::database
