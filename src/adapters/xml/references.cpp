#include "adapters/xml/references.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace tallyman::xml {

namespace {

constexpr std::size_t kLongest = 10;  // "#x0010FFFF"

bool is_character(std::uint32_t code) {
  if (code < 0x20U) return code == '\t' || code == '\n' || code == '\r';
  return code <= 0x10FFFFU && !(code >= 0xD800U && code <= 0xDFFFU) && code != 0xFFFEU &&
         code != 0xFFFFU;
}

bool is_number(std::string_view digits) {
  const int base = digits.starts_with('x') ? 16 : 10;
  if (base == 16) digits.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = digits.data() + digits.size();
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): `end` says where it ends
  const auto [stop, error] = std::from_chars(digits.data(), end, code, base);
  return error == std::errc{} && stop == end && is_character(code);
}

bool is_known(std::string_view reference) {
  constexpr std::array<std::string_view, 5> kNames = {"amp", "lt", "gt", "quot", "apos"};
  if (reference.starts_with('#')) return is_number(reference.substr(1));
  return std::ranges::find(kNames, reference) != kNames.end();
}

// Behind the section that begins at `at`, if one does.
std::size_t behind_section(std::string_view text, std::size_t at) {
  constexpr std::array<std::array<std::string_view, 2>, 3> kSections = {
      {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}};
  for (const auto& [begin, end] : kSections) {
    if (text.substr(at, begin.size()) != begin) continue;
    const auto found = text.find(end, at + begin.size());
    return found == std::string_view::npos ? text.size() : found + end.size();
  }
  return at + 1;
}

}  // namespace

std::optional<std::size_t> find_unknown_reference(std::string_view text) {
  std::size_t at = 0;
  while ((at = text.find_first_of("<&", at)) != std::string_view::npos) {
    if (text[at] == '<') {
      at = behind_section(text, at);
      continue;
    }
    const auto end = text.substr(at + 1, kLongest + 1).find(';');
    if (end == std::string_view::npos || !is_known(text.substr(at + 1, end))) return at;
    at += end + 2;
  }
  return std::nullopt;
}

}  // namespace tallyman::xml
