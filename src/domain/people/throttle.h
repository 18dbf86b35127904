// How long the next try to sign in has to wait. Failures of the last hour are counted per account,
// per address and in all; after some free ones each makes the next wait longer, up to a limit that
// ends by itself: nobody is locked out for good. Strangers can hold up strangers only: an address
// from which the account was used lately is counted apart, and the program's own socket never
// waits.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/base/time.h"

namespace tallyman::people {

inline constexpr Micros kFailuresCount = std::chrono::hours{1};  // for so long
inline constexpr Micros kPeerStaysKnown = std::chrono::days{30};

struct Failures {
  std::int64_t count = 0;  // within kFailuresCount
  std::optional<Instant> last{};
};

enum class Peer { stranger, known };  // known: the account was used from there lately

struct SignInTries {
  Failures account;  // from known peers, or from strangers, as `peer` is
  Failures address;
  Failures everywhere;
  Peer peer = Peer::stranger;
};

// Zero when the try may be made. With 5 free failures and then at most one each 100 s, an account
// sees less than 50 failures an hour from strangers and as many from known peers: never over 100.
Micros wait_before_sign_in(const SignInTries& tries, Instant now);

}  // namespace tallyman::people
