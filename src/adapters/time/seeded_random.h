// Chance that repeats: the same seed gives the same numbers on every machine and in every build.
// For tests, simulation and the demo; never for ids that must not be guessed.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

#include "ports/random.h"

namespace tallyman::timing {

// xoshiro256** seeded through splitmix64 (Blackman and Vigna). Thread-safe.
class SeededRandom final : public ports::Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  std::uint64_t next() override;

 private:
  std::mutex mutex_;
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace tallyman::timing
