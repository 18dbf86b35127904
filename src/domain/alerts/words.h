// Small texts inside findings, and where else alerts are spoken of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/base/time.h"

namespace tallyman::alerts {

// "40 s", "7 min", "2 h 14 min", "3 days".
std::string length_text(Micros length);

// One line of at most `most` bytes, cut between characters: what others sent, fit to be quoted.
std::string one_line(std::string_view text, std::size_t most);

// "1 order", "3 orders".
std::string counted(std::int64_t count, std::string_view noun);

}  // namespace tallyman::alerts
