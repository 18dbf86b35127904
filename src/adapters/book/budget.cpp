#include "adapters/book/budget.h"

#include <algorithm>
#include <vector>

#include "adapters/book/sql/budget.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using namespace std::chrono_literals;

constexpr Micros kPeopleWait = 2s;       // a waiting person asks every second, see engine
constexpr Micros kLongestBlock = 15min;  // longer than any that we ever set

// A request arrives a little later than it was granted, one more than another: grants count for a
// sixtieth longer than the partner's window, so that its window never sees one too many.
Micros counted(const TokensWanted& wanted) { return wanted.window + wanted.window / 60; }

void open(ports::Tx& tx, std::string_view credential, std::int64_t ceiling) {
  ports::execute<sql::OpenBudget>(tx, {.credential = credential, .limit_per_minute = ceiling});
}

// The rows of the window. A clock that was put back leaves grants in the future: those count as
// granted now, which holds them longer than needed and never shorter.
std::vector<work::GrantSeen> log_of(ports::Tx& tx, const TokensWanted& wanted, Instant now) {
  const auto load = [&] {
    std::vector<work::GrantSeen> log;
    for (const auto& row : ports::select<sql::RecentGrants>(
             tx, {.credential = wanted.credential, .since_us = now - counted(wanted)})) {
      log.push_back(
          {row.granted_us, row.urgency == 0 ? work::Urgency::person : work::Urgency::background});
    }
    return log;
  };
  auto log = load();
  const Instant latest = now + wanted.window;
  if (log.empty() || log.back().at <= latest) return log;
  ports::execute<sql::BringBackGrants>(
      tx, {.credential = wanted.credential, .after_us = now, .now_us = now});
  return load();
}

void write_grants(ports::Tx& tx, const TokensWanted& wanted, std::int64_t tokens, Instant now) {
  for (std::int64_t i = 0; i < tokens; ++i) {
    ports::execute<sql::GrantRequest>(tx, {.credential = wanted.credential,
                                           .urgency = static_cast<std::int64_t>(wanted.urgency),
                                           .at_us = i == 0 ? now : now + wanted.hold});
  }
  ports::execute<sql::ForgetGrants>(
      tx, {.credential = wanted.credential, .before_us = now - 2 * wanted.window});
}

}  // namespace

Grant take_tokens(ports::Tx& tx, const TokensWanted& wanted) {
  open(tx, wanted.credential, wanted.ceiling);
  const auto budget = ports::select_one<sql::LockBudget>(tx, {.credential = wanted.credential});
  const Instant now = ports::select_one<sql::TimeUnderLock>(tx, {.began_us = tx.now()})->now_us;
  const auto shares = work::shares_of(std::min(budget->limit_per_minute, wanted.ceiling));
  Grant grant{.tokens = std::min(wanted.tokens, work::share(shares, wanted.urgency)), .at = now};
  if (budget->blocked_until_us > now && budget->blocked_until_us - now <= kLongestBlock) {
    grant.wait = budget->blocked_until_us - now;
    return grant;
  }
  const auto log = log_of(tx, wanted, now);
  const auto wait = work::rate_wait({.log = log,
                                     .limit = shares.all,
                                     .requests = grant.tokens,
                                     .urgency = wanted.urgency,
                                     .people_wait = budget->people_wait_us > now,
                                     .now = now,
                                     .window = counted(wanted)});
  if (!wait) {
    write_grants(tx, wanted, grant.tokens, now);
    grant.granted = true;
    return grant;
  }
  grant.wait = *wait;
  if (wanted.urgency == work::Urgency::person) {
    ports::execute<sql::NotePeopleWaiting>(
        tx, {.credential = wanted.credential, .until_us = now + kPeopleWait});
  }
  return grant;
}

void lower_limit(ports::Tx& tx, std::string_view credential, std::int64_t ceiling,
                 std::int64_t limit) {
  open(tx, credential, ceiling);
  ports::execute<sql::LowerLimit>(tx, {.credential = credential, .limit_per_minute = limit});
}

void block_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling, Micros length,
                  BlockedBy why) {
  open(tx, credential, ceiling);
  const Instant now = tx.now();
  ports::execute<sql::BlockBudget>(
      tx, {.credential = credential, .until_us = now + length, .longest_us = now + kLongestBlock});
  if (why == BlockedBy::throttled) {
    ports::execute<sql::NoteThrottled>(tx, {.credential = credential, .now_us = now});
  }
}

BudgetMeter read_budget(ports::Tx& tx, std::string_view credential, std::int64_t ceiling) {
  const auto row = ports::select_one<sql::FindBudget>(tx, {.credential = credential});
  BudgetMeter meter;
  meter.limit = row ? std::min(row->limit_per_minute, ceiling) : ceiling;
  meter.shares = work::shares_of(meter.limit);
  if (!row) return meter;
  if (row->blocked_until_us > tx.now()) meter.blocked_until = row->blocked_until_us;
  meter.last_throttled = row->last_429_us;
  for (const auto& grant : ports::select<sql::RecentGrants>(
           tx, {.credential = credential, .since_us = tx.now() - work::kRateWindow})) {
    ++meter.used;
    if (grant.urgency == static_cast<std::int64_t>(work::Urgency::person)) ++meter.used_by_people;
  }
  return meter;
}

}  // namespace tallyman::book
