#include "adapters/time/system_random.h"

#include <sodium.h>

#include "domain/base/check.h"

namespace tallyman::timing {

SystemRandom::SystemRandom() { check(sodium_init() >= 0, "libsodium starts"); }

std::uint64_t SystemRandom::next() {
  std::uint64_t bits = 0;
  randombytes_buf(&bits, sizeof bits);
  return bits;
}

}  // namespace tallyman::timing
