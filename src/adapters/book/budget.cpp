#include "adapters/book/budget.h"

#include <algorithm>
#include <chrono>

#include "adapters/book/sql/budget.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr Micros kWindow = std::chrono::minutes{1};
}

Grant take_tokens(ports::Tx& tx, std::string_view credential, std::int64_t ceiling,
                  std::int64_t tokens) {
  ports::execute<sql::OpenBudget>(tx, {.credential = credential, .limit_per_minute = ceiling});
  const auto budget = ports::select_one<sql::LockBudget>(tx, {.credential = credential});
  const std::int64_t limit = std::min(budget->limit_per_minute, ceiling);
  const Instant now = tx.now();
  if (budget->blocked_until_us > now) {
    return {.granted = false, .wait = budget->blocked_until_us - now};
  }
  const auto recent =
      ports::select<sql::RecentGrants>(tx, {.credential = credential, .since_us = now - kWindow});
  const auto used = static_cast<std::int64_t>(recent.size());
  if (used + tokens > limit) {
    // Free again when enough of the oldest grants have left the window.
    const auto leaving = std::min(used, used + tokens - limit);
    if (leaving <= 0) return {.granted = false, .wait = kWindow};
    const Instant oldest = recent[static_cast<std::size_t>(leaving - 1)].granted_us;
    return {.granted = false, .wait = oldest + kWindow - now + Micros{1}};
  }
  for (std::int64_t i = 0; i < tokens; ++i) {
    ports::execute<sql::GrantRequest>(tx, {.credential = credential, .now_us = now});
  }
  ports::execute<sql::ForgetGrants>(tx, {.credential = credential, .before_us = now - 2 * kWindow});
  return {.granted = true, .wait = {}};
}

void tune_budget(ports::Tx& tx, std::string_view credential, std::int64_t limit,
                 std::optional<Instant> blocked_until) {
  ports::execute<sql::TuneBudget>(tx, {.credential = credential,
                                       .limit_per_minute = limit,
                                       .blocked_until_us = blocked_until.value_or(Instant{})});
}

BudgetMeter read_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling) {
  const auto row = ports::select_one<sql::FindBudget>(tx, {.credential = credential});
  BudgetMeter meter{.used = 0, .limit = ceiling, .blocked_until = std::nullopt};
  if (!row) return meter;
  meter.limit = std::min(row->limit_per_minute, ceiling);
  if (row->blocked_until_us > tx.now()) meter.blocked_until = row->blocked_until_us;
  meter.used =
      static_cast<std::int64_t>(ports::select<sql::RecentGrants>(
                                    tx, {.credential = credential, .since_us = tx.now() - kWindow})
                                    .size());
  return meter;
}

}  // namespace tallyman::book
