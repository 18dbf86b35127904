// Chance from outside: seeded in tests, the kernel's in production.
#pragma once

#include <cstdint>
#include <string>

namespace tallyman::ports {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;
};

// 128 random bits as 32 hex digits: run ids and lease holders.
inline std::string random_hex128(Random& random) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (int part = 0; part < 2; ++part) {
    std::uint64_t bits = random.next();
    for (int digit = 0; digit < 16; ++digit, bits >>= 4) text += kHex[bits & 15U];
  }
  return text;
}

}  // namespace tallyman::ports
