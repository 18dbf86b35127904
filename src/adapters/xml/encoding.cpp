#include "adapters/xml/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "domain/base/plain_text.h"

namespace tallyman::xml {

namespace {

constexpr std::size_t kDeclarationMost = 1'000;  // bytes
constexpr std::size_t kNameMost = 40;

// Windows-1252 from 0x80; 0: no character stands there.
constexpr std::array<std::uint16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view declaration_of(std::string_view text) {
  constexpr std::string_view kBegin = "<?xml";
  if (!text.starts_with(kBegin) || text.size() == kBegin.size()) return {};
  if (std::string_view(" \t\r\n").find(text[kBegin.size()]) == std::string_view::npos) return {};
  const auto end = text.substr(0, kDeclarationMost).find("?>");
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

// The value of encoding="…", lower case; none where it is not said.
std::optional<std::string> declared(std::string_view declaration) {
  const auto at = declaration.find("encoding");
  if (at == std::string_view::npos) return std::nullopt;
  const auto quote = declaration.find_first_of("\"'", at);
  if (quote == std::string_view::npos) return std::nullopt;
  const auto end = declaration.find(declaration[quote], quote + 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string name(declaration.substr(quote + 1, end - quote - 1));
  std::ranges::transform(name, name.begin(), lower);
  return name;
}

std::optional<Encoding> by_name(std::string_view name) {
  constexpr std::array<std::string_view, 4> kUtf8 = {"utf-8", "utf8", "us-ascii", "ascii"};
  constexpr std::array<std::string_view, 7> kLatin1 = {
      "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"};
  if (std::ranges::find(kUtf8, name) != kUtf8.end()) return Encoding::utf8;
  if (std::ranges::find(kLatin1, name) != kLatin1.end()) return Encoding::latin1;
  return std::nullopt;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto length = length_of_character(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void append(std::string& text, std::uint16_t character) {
  if (character < 0x800U) {
    text += static_cast<char>(0xC0U | (character >> 6U));
  } else {
    text += static_cast<char>(0xE0U | (character >> 12U));
    text += static_cast<char>(0x80U | ((character >> 6U) & 0x3FU));
  }
  text += static_cast<char>(0x80U | (character & 0x3FU));
}

bool is_control(unsigned char byte) {
  return byte < 0x20U && byte != '\t' && byte != '\n' && byte != '\r';
}

Utf8 from_latin1(std::string_view bytes) {
  Utf8 made;
  made.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint16_t character =
        byte >= 0x80U && byte < 0xA0U ? kWindows.at(byte - 0x80U) : std::uint16_t{byte};
    if (character == 0 || is_control(byte)) return {std::move(made.text), false};
    if (character < 0x80U) {
      made.text += c;
    } else {
      append(made.text, character);
    }
  }
  return made;
}

Utf8 from_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto length = length_of_character(bytes, at);
    if (length == 0 || is_control(static_cast<unsigned char>(bytes[at]))) {
      return {std::string(bytes.substr(0, at)), false};
    }
    at += length;
  }
  return {std::string(bytes), true};
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string_view word(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::latin1: return "ISO-8859-1";
  }
  return "?";
}

Result<Decoded> find_encoding(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) return Decoded{.encoding = Encoding::utf8, .begin = kMark.size()};
  const auto first_two = bytes.substr(0, 2);
  if (first_two == "\xFE\xFF" || first_two == "\xFF\xFE" ||
      first_two.find('\0') != std::string_view::npos) {
    return problem("it is UTF-16 or UTF-32; ISO-8859-1 and UTF-8 are read");
  }
  const auto name = declared(declaration_of(bytes));
  if (!name) return Decoded{.encoding = is_utf8(bytes) ? Encoding::utf8 : Encoding::latin1};
  const auto encoding = by_name(*name);
  if (!encoding) {
    return problem(fmt::format("its encoding is {}; ISO-8859-1 and UTF-8 are read",
                               plain_text(*name, kNameMost)));
  }
  return Decoded{.encoding = *encoding};
}

Utf8 to_utf8(std::string_view bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return from_utf8(bytes);
    case Encoding::latin1: return from_latin1(bytes);
  }
  return {};
}

imports::Place behind(imports::Place from, std::string_view text, Encoding encoding) {
  for (const char c : text) {
    if (c == '\n') {
      ++from.line;
      from.column = 1;
    } else if (encoding == Encoding::latin1 || !is_inside_character(c)) {
      ++from.column;
    }
  }
  return from;
}

}  // namespace tallyman::xml
