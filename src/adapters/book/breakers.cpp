#include "adapters/book/breakers.h"

#include <fmt/format.h>

#include "adapters/book/live_events.h"
#include "adapters/book/sql/breakers.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr std::int64_t kPartners = 100;

template <class Row>
StoredBreaker breaker_from(std::string_view partner, const Row& row) {
  return {.partner = std::string(partner),
          .breaker = {.state = work::breaker_state_from(row.state),
                      .failures = row.failures,
                      .openings = row.openings,
                      .next_probe = row.next_probe_us.value_or(Instant{})},
          .reason = row.reason,
          .opened = row.opened_us};
}

}  // namespace

StoredBreaker find_breaker(ports::Tx& tx, std::string_view partner) {
  const auto row = ports::select_one<sql::FindBreaker>(tx, {.partner = partner});
  if (row) return breaker_from(partner, *row);
  return {.partner = std::string(partner), .breaker = {}, .reason = {}, .opened = std::nullopt};
}

StoredBreaker lock_breaker(ports::Tx& tx, std::string_view partner) {
  ports::execute<sql::OpenBreaker>(tx, {.partner = partner, .now_us = tx.now()});
  return breaker_from(partner, *ports::select_one<sql::LockBreaker>(tx, {.partner = partner}));
}

void put_breaker(ports::Tx& tx, const StoredBreaker& before, const StoredBreaker& breaker) {
  const bool closed = breaker.breaker.state == work::BreakerState::closed;
  const std::string_view state = work::word(breaker.breaker.state);
  ports::execute<sql::PutBreaker>(
      tx, {.partner = breaker.partner,
           .state = state,
           .failures = breaker.breaker.failures,
           .openings = breaker.breaker.openings,
           .reason = breaker.reason,
           .opened_us = breaker.opened,
           .next_probe_us = closed ? std::nullopt : std::optional(breaker.breaker.next_probe),
           .now_us = tx.now()});
  if (before.breaker.state == breaker.breaker.state) return;
  publish(tx, "breaker.changed",
          fmt::format(R"({{"partner":"{}","state":"{}"}})", breaker.partner, state));
}

std::vector<StoredBreaker> list_breakers(ports::Tx& tx) {
  std::vector<StoredBreaker> all;
  for (const auto& row : ports::select<sql::ListBreakers>(tx, {.limit = kPartners})) {
    all.push_back(breaker_from(row.partner, row));
  }
  return all;
}

}  // namespace tallyman::book
