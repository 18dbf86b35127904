#include "adapters/shipstation/json_text.h"

#include <charconv>
#include <cstdint>

#include <simdjson.h>

namespace tallyman::shipstation {

namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append_utf8(std::string& text, std::uint32_t code) {
  const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | (code >> 6U));
  } else {
    if (code < 0x10000) {
      put(0xE0 | (code >> 12U));
    } else {
      put(0xF0 | (code >> 18U));
      put(0x80 | ((code >> 12U) & 0x3FU));
    }
    put(0x80 | ((code >> 6U) & 0x3FU));
  }
  put(0x80 | (code & 0x3FU));
}

// The four hex digits behind "\u" at `at`.
std::uint32_t unit_at(std::string_view token, std::size_t at) {
  std::uint32_t unit = 0;
  const auto hex = token.substr(at, 4);
  std::from_chars(hex.data(), hex.data() + hex.size(), unit, 16);
  return unit;
}

// Reads "\uXXXX" (and its second half) whose digits start at `at`; answers the place behind.
std::size_t append_escaped_unit(std::string& text, std::string_view token, std::size_t at) {
  std::uint32_t code = unit_at(token, at);
  at += 4;
  if (is_high(code) && token.substr(at, 2) == "\\u" && is_low(unit_at(token, at + 2))) {
    code = 0x10000 + ((code - 0xD800) << 10U) + (unit_at(token, at + 2) - 0xDC00);
    at += 6;
  } else if (is_high(code) || is_low(code)) {
    code = kReplacement;
  }
  append_utf8(text, code);
  return at;
}

char plain_escape(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
  }
  return c;
}

}  // namespace

std::string unescaped_loosely(std::string_view token) {
  std::string text;
  if (token.size() < 2) return text;
  token = token.substr(1, token.size() - 2);
  for (std::size_t at = 0; at < token.size();) {
    if (token[at] != '\\' || at + 1 == token.size()) {
      text += token[at++];
    } else if (token[at + 1] == 'u' && at + 6 <= token.size()) {
      at = append_escaped_unit(text, token, at + 2);
    } else {
      text += plain_escape(token[at + 1]);
      at += 2;
    }
  }
  return text;
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line;
  std::string word;
  const auto finish_word = [&] {
    if (word.empty() || word.find('@') != std::string::npos) return word.clear();
    if (!line.empty()) line += ' ';
    line += word;
    word.clear();
  };
  for (const char c : text) {
    if (line.size() > limit) break;
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F) {
      word += c;
    } else {
      finish_word();
    }
  }
  finish_word();
  // A gateway's page may be in any encoding; what we store and show is UTF-8.
  if (!simdjson::validate_utf8(line.data(), line.size())) {
    for (char& c : line) c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
  }
  if (line.size() <= limit) return line;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

}  // namespace tallyman::shipstation
