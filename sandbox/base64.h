// Base64 for Basic authentication.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tallyman::sandbox {

inline std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) text += kDigits[bits >> (held - 6) & 63U];
  }
  if (held > 0) text += kDigits[bits << (6 - held) & 63U];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace tallyman::sandbox
