// The rate budget of a credential: an exact log of what was asked in the last minute, shared by all
// threads, processes and nodes of one database (facts/reliability.md A4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

// Grants `tokens` requests at once when fewer than the limit were granted within the last minute
// and no block is in force; otherwise says how long to wait before asking again. The limit is what
// the partner's headers said last, but never above `ceiling`, the setting.
struct Grant {
  bool granted = false;
  Micros wait{};
};
Grant take_tokens(ports::Tx& tx, std::string_view credential, std::int64_t ceiling,
                  std::int64_t tokens);

// What the partner's headers said: nothing more until then; a different limit.
void tune_budget(ports::Tx& tx, std::string_view credential, std::int64_t limit,
                 std::optional<Instant> blocked_until);

struct BudgetMeter {
  std::int64_t used = 0;  // in the last minute
  std::int64_t limit = 0;
  std::optional<Instant> blocked_until;
};
BudgetMeter read_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling);

}  // namespace tallyman::book
