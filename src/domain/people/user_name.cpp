#include "domain/people/user_name.h"

#include <algorithm>

namespace tallyman::people {

namespace {

constexpr std::size_t kShortest = 2;
constexpr std::size_t kLongest = 40;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_joint(char c) { return c == '.' || c == '_' || c == '-'; }

}  // namespace

std::optional<std::string> user_name_from(std::string_view text) {
  if (text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  std::string name(text);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool good =
      is_letter(name.front()) && is_letter_or_digit(name.back()) &&
      std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || is_joint(c); });
  if (!good) return std::nullopt;
  return name;
}

}  // namespace tallyman::people
