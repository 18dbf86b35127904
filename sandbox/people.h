// The people who work in the pretend ShipStation, and the account's own rules. Who does what next
// is decided by the seed.
#pragma once

#include <cstdint>

#include "sandbox/dice.h"
#include "sandbox/shipstation/account.h"

namespace tallyman::sandbox {

class People {
 public:
  explicit People(std::uint64_t seed) : dice_(seed) {}

  // One thing somebody does; when it is impossible just now, something else or nothing happens.
  void act(Account& account, Instant at);
  // Somebody changes the quantity of `count` random open orders: rows jump to the end of a list.
  void shuffle(Account& account, std::int64_t count, Instant at);

 private:
  Dice dice_;
};

}  // namespace tallyman::sandbox
