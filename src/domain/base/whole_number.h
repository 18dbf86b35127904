// A whole number from text, all of it or nothing: "-17", but neither "", " 17", "+17" nor "17x".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tallyman {

std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace tallyman
