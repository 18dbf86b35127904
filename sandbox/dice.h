// Chance of the sandbox: the same seed always throws the same numbers, on every compiler.
#pragma once

#include <cstdint>
#include <string>

#include "domain/base/check.h"
#include "ports/random.h"

namespace tallyman::sandbox {

// SplitMix64. Not for secrets.
class Dice final : public ports::Random {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() override {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mixed(state_);
  }

  // 0 … limit-1. The tiny bias of the remainder does not matter here.
  std::int64_t below(std::int64_t limit) {
    check(limit > 0, "a throw needs at least one side");
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
  }

  bool chance(double probability) {
    return static_cast<double>(next() >> 11U) * 0x1.0p-53 < probability;
  }

  // A well spread value of `bits`, without state: for answers that must not change between reads.
  static std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
    return bits ^ (bits >> 31U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace tallyman::sandbox
