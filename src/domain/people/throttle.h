// How long the next try to sign in has to wait. Failures of the last hour are counted per account
// and address, per account over all strangers, per address and in all; after some free ones each
// makes the next wait longer, up to a limit that ends by itself: nobody is locked out for good.
// One address that guesses alone never reaches the limit of the account. Where many do, strangers
// queue for the account, each address at one place, so that who asks most often is not always
// first. An address from which the account was used lately does not queue, and the program's own
// socket never waits.
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

// Those strangers who wait for one account.
struct Queue {
  std::int64_t places = 0;        // whose turn is not over
  std::optional<Instant> last{};  // the latest turn among them
  std::optional<Instant> mine{};  // the turn of this address
};

struct SignInTries {
  Failures pair;     // of this account from this address; from all known ones when this is one
  Failures account;  // of this account, from all strangers
  Failures address;
  Failures everywhere;
  Queue queue{};
  Peer peer = Peer::stranger;
};

// How long a turn stays good.
inline constexpr Micros kTurnIsGoodFor = std::chrono::minutes{1};

struct Ruling {
  Micros wait{};                  // zero: the try may be made now
  std::optional<Instant> turn{};  // a place in the queue, to be written down: then it may be made
};

// An account sees at most 24 failures an hour from known peers and 72 from strangers: never 100.
Ruling rule_sign_in(const SignInTries& tries, Instant now);

}  // namespace tallyman::people
