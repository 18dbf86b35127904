// The rate budget of a credential: an exact log of what was asked in the last minute, shared by all
// threads, processes and nodes of one database (facts/reliability.md A4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/time.h"
#include "domain/work/rate_share.h"
#include "ports/database.h"

namespace tallyman::book {

struct TokensWanted {
  std::string_view credential;
  std::int64_t ceiling = 0;  // the setting; the partner's headers may only lower it
  std::int64_t tokens = 1;   // together or not at all; cut down to what this side may ever have
  work::Urgency urgency = work::Urgency::background;
  Micros window = work::kRateWindow;
  // All tokens but the first may be used until then; their requests count from there.
  Micros hold{};
};

struct Grant {
  bool granted = false;
  Micros wait{};            // not granted: ask again after this
  std::int64_t tokens = 0;  // granted: how many
  Instant at{};             // the database's time, under the lock
};
Grant take_tokens(ports::Tx& tx, const TokensWanted& wanted);

// What the partner's headers said: a limit of requests in a minute.
void lower_limit(ports::Tx& tx, std::string_view credential, std::int64_t ceiling,
                 std::int64_t limit);

enum class BlockedBy { its_window, throttled, our_clock };  // throttled: it answered 429
// Nobody sends for so long. A block in force that ends later stays.
void block_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling, Micros length,
                  BlockedBy why);

struct BudgetMeter {
  std::int64_t used = 0;  // in the last minute
  std::int64_t limit = 0;
  std::optional<Instant> blocked_until;
  std::optional<Instant> last_throttled;  // its last 429
  std::int64_t used_by_people = 0;        // of `used`
  work::RateShares shares{};
};
BudgetMeter read_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling);

}  // namespace tallyman::book
