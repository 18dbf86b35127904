// The kinds of values that settings have: each function gives a value's one spelling, or none when
// it is not of that kind. Private to settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/whole_number.h"

namespace tallyman::settings {

// "Read" is a function of the domain: Result<T> from text, with a to_text(T) beside T.
template <auto Read>
std::optional<std::string> as(std::string_view text) {
  const auto read = Read(text);
  if (!read) return std::nullopt;
  return to_text(*read);
}

template <std::int64_t Least, std::int64_t Most>
std::optional<std::string> number(std::string_view text) {
  const auto value = whole_number(text);
  if (!value || *value < Least || *value > Most) return std::nullopt;
  return std::to_string(*value);
}

std::optional<std::string> days(std::string_view text);
std::optional<std::string> time_of_day(std::string_view text);
std::optional<std::string> skus(std::string_view text);
// What a mail server would not take as an address, or a line break in it, is refused.
std::optional<std::string> addresses(std::string_view text);

// The parts between commas without the blanks around them; none for an empty text.
std::vector<std::string> parts_of(std::string_view text);

}  // namespace tallyman::settings
