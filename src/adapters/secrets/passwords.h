// Password hashes by libsodium: argon2id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "ports/passwords.h"

namespace tallyman::secrets {

// OWASP ASVS 5.0, appendix C: t=2, m=19456 KiB, p=1. Tests may take less.
struct HashCost {
  std::uint64_t passes = 2;
  std::size_t memory_kib = 19'456;  // at least 8
  std::ptrdiff_t at_a_time = 2;     // at most 8; others wait for their turn
};

std::unique_ptr<ports::Passwords> make_passwords(const HashCost& cost = {});

}  // namespace tallyman::secrets
