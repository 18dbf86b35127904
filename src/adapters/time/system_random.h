// Chance from the kernel, fit for tokens and ids that nobody may guess.
#pragma once

#include "ports/random.h"

namespace tallyman::timing {

// Thread-safe.
class SystemRandom final : public ports::Random {
 public:
  SystemRandom();
  std::uint64_t next() override;
};

}  // namespace tallyman::timing
