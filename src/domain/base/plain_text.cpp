#include "domain/base/plain_text.h"

#include <cstdint>

namespace tallyman {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_tail(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

// Bytes of the character that begins at `at`; 0 when none does.
std::size_t length_of_character(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80U) return 1;
  if (first < 0xC2U || first > 0xF4U) return 0;
  std::size_t length = 2;
  if (first >= 0xE0U) ++length;
  if (first >= 0xF0U) ++length;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_tail(text, at + i)) return 0;
  }
  const unsigned char second = byte_at(text, at + 1);
  const bool is_overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool is_surrogate = first == 0xEDU && second >= 0xA0U;
  const bool is_beyond = first == 0xF4U && second >= 0x90U;
  return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

bool is_control(std::string_view text, std::size_t at) {
  const unsigned char byte = byte_at(text, at);
  return (byte < 0x20U && byte != '\n' && byte != '\t') || byte == 0x7FU;
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t limit) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_of_character(text, at);
    const bool is_fit = length > 0 && !is_control(text, at);
    const std::string_view add = is_fit ? text.substr(at, length) : "?";
    if (plain.size() + add.size() > limit) break;
    plain += add;
    at += length == 0 ? 1 : length;
  }
  return plain;
}

}  // namespace tallyman
