// Breakers as all nodes see them: one row per partner, with the reason and the next probe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/work/breaker.h"
#include "ports/database.h"

namespace tallyman::book {

struct StoredBreaker {
  std::string partner;
  work::Breaker breaker;
  std::string reason;             // the last failure, for people; empty when closed and well
  std::optional<Instant> opened;  // while it is open or probing
};

// For a call that is about to be made; closed for a partner never called.
StoredBreaker find_breaker(ports::Tx& tx, std::string_view partner);
// The same, and nobody else changes it before this transaction ends.
StoredBreaker lock_breaker(ports::Tx& tx, std::string_view partner);
// Publishes `breaker.changed` when the state is another one than before.
void put_breaker(ports::Tx& tx, const StoredBreaker& before, const StoredBreaker& breaker);
std::vector<StoredBreaker> list_breakers(ports::Tx& tx);

}  // namespace tallyman::book
