#include "adapters/book/job_claims.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "adapters/book/job_events.h"
#include "adapters/book/jobs.h"
#include "adapters/book/sql/job_claims.h"
#include "domain/work/priority.h"
#include "domain/work/queue.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using work::JobState;

constexpr std::size_t kLevels = 5;

struct Candidate {
  work::InQueue place;
  AccountId account;
  std::optional<std::string> single_flight{};
};

std::string kinds_text(std::span<const std::string> kinds) {
  std::string text = ",";
  for (const auto& kind : kinds) text += kind + ",";
  return text;
}

// The first of every priority, so that the whole queue need not be sorted: within one priority who
// has waited longer is never behind.
std::vector<Candidate> candidates(ports::Tx& tx, const Claim& claim) {
  const std::string kinds = kinds_text(claim.kinds);
  std::vector<sql::ClaimableJobs::Params> levels;
  for (std::size_t level = 0; level < kLevels; ++level) {
    levels.push_back({.priority = static_cast<std::int64_t>(level),
                      .now_us = tx.now(),
                      .kinds = kinds,
                      .limit = static_cast<std::int64_t>(claim.runs.size())});
  }
  std::vector<Candidate> found;
  ports::select_each<sql::ClaimableJobs>(tx, levels, [&](std::size_t, sql::ClaimableJobs::Row row) {
    found.push_back({.place = {.job = JobId{row.job_id},
                               .priority = static_cast<work::Priority>(row.priority),
                               .run_at = row.run_at_us},
                     .account = AccountId{row.account_id},
                     .single_flight = std::move(row.single_flight)});
  });
  return found;
}

// Those that go first; of one single flight only the first.
std::vector<Candidate> choose(std::vector<Candidate> found, std::size_t most, Instant now) {
  std::ranges::sort(found, [now](const Candidate& a, const Candidate& b) {
    return work::goes_before(a.place, b.place, now);
  });
  std::set<std::pair<AccountId, std::string>> flights;
  std::vector<Candidate> chosen;
  for (auto& candidate : found) {
    if (chosen.size() == most) break;
    if (candidate.single_flight &&
        !flights.emplace(candidate.account, *candidate.single_flight).second) {
      continue;
    }
    chosen.push_back(std::move(candidate));
  }
  return chosen;
}

Claimed claimed_from(sql::ClaimJob::Row row) {
  return {.held = {.job = JobId{row.job_id}, .token = row.lease_token},
          .account = AccountId{row.account_id},
          .run = RunId{std::move(row.run_id)},
          .kind = std::move(row.kind),
          .args = std::move(row.args),
          .asked_by = std::move(row.asked_by),
          .why = std::move(row.why),
          .cursor = std::move(row.cursor).value_or(""),
          .attempt = row.attempt,
          .max_attempts = row.max_attempts,
          .timeout = Micros{row.timeout_us}};
}

}  // namespace

std::vector<Claimed> claim_jobs(ports::Tx& tx, const Claim& claim) {
  if (claim.runs.empty() || claim.kinds.empty()) return {};
  auto chosen = choose(candidates(tx, claim), claim.runs.size(), tx.now());
  std::vector<Claimed> claimed;
  std::vector<sql::ClaimJob::Params> free;
  std::map<std::pair<AccountId, std::string>, sql::ClaimJob::Params> flights;
  std::size_t run = 0;
  for (const auto& candidate : chosen) {
    const sql::ClaimJob::Params params{.job_id = candidate.place.job.value,
                                       .node_id = claim.node,
                                       .run_id = claim.runs[run++].value,
                                       .now_us = tx.now(),
                                       .lease_until_us = tx.now() + claim.lease};
    if (candidate.single_flight) {
      flights.emplace(std::pair(candidate.account, *candidate.single_flight), params);
    } else {
      free.push_back(params);
    }
  }
  const auto take = [&](std::size_t, sql::ClaimJob::Row row) {
    claimed.push_back(claimed_from(std::move(row)));
  };
  ports::select_each<sql::ClaimJob>(tx, free, take);
  // In the order of names, so that two nodes never wait for each other. The loser of the race for a
  // name is refused by the index and stays available.
  for (const auto& [flight, params] : flights) {
    (void)tx.savepoint([&] { ports::select_each<sql::ClaimJob>(tx, std::span(&params, 1), take); });
  }
  if (!claimed.empty()) {
    ports::execute<sql::BeginAttempts>(tx, {.node_id = claim.node, .now_us = tx.now()});
  }
  JobEvents events;
  for (const auto& one : claimed) events.changed(one.held.job, one.kind, JobState::running);
  events.publish(tx);
  return claimed;
}

bool fence(ports::Tx& tx, Held held, Micros lease) {
  return ports::execute<sql::FenceJob>(tx, {.job_id = held.job.value,
                                            .lease_token = held.token,
                                            .lease_until_us = tx.now() + lease}) == 1;
}

void write_cursor(ports::Tx& tx, Held held, std::string_view cursor) {
  ports::execute<sql::WriteCursor>(
      tx, {.job_id = held.job.value, .lease_token = held.token, .cursor = cursor});
}

std::vector<Renewed> renew(ports::Tx& tx, std::span<const Held> all, Micros lease) {
  std::vector<sql::RenewJob::Params> rows;
  std::vector<Renewed> answers;
  for (const Held& held : all) {
    rows.push_back(
        {.job_id = held.job.value, .lease_token = held.token, .lease_until_us = tx.now() + lease});
    answers.push_back({.held = held});
  }
  ports::select_each<sql::RenewJob>(tx, rows, [&](std::size_t index, const auto& row) {
    answers[index].ours = true;
    answers[index].cancel_requested = row.cancel_requested_us.has_value();
  });
  return answers;
}

std::vector<Wish> find_wishes(ports::Tx& tx, std::string_view node) {
  std::vector<Wish> found;
  for (const auto& row : ports::select<sql::FindWishes>(tx, {.node_id = node})) {
    found.push_back(
        {.held = {.job = JobId{row.job_id}, .token = row.lease_token},
         .cancel_requested = row.cancel_requested_us.has_value(),
         .is_hurried = row.priority == static_cast<std::int64_t>(work::Priority::person)});
  }
  return found;
}

bool is_any_silent(ports::Tx& tx) {
  return ports::select_one<sql::AnySilentJob>(tx, {.now_us = tx.now()}).has_value();
}

void write_progress(ports::Tx& tx, std::span<const ProgressSeen> all) {
  std::vector<sql::WriteProgress::Params> rows;
  for (const auto& one : all) {
    rows.push_back({.job_id = one.held.job.value,
                    .lease_token = one.held.token,
                    .phase = one.phase,
                    .done = one.done,
                    .total = one.total});
  }
  std::vector<std::pair<std::size_t, std::string>> ours;
  ports::select_each<sql::WriteProgress>(tx, rows, [&](std::size_t index, auto row) {
    ours.emplace_back(index, std::move(row.kind));
  });
  JobEvents events;
  for (const auto& [index, kind] : ours) {
    const auto& one = all[index];
    events.progress(one.held.job, kind, one.phase, one.done, one.total);
  }
  events.publish(tx);
}

void mend_future_times(ports::Tx& tx, Micros lease) {
  constexpr Micros kTolerance = std::chrono::minutes{1};
  ports::execute<sql::BringBackFutureJobs>(tx,
                                           {.now_us = tx.now(), .later_us = tx.now() + kTolerance});
  // Nodes may have leases of other lengths: only what is far beyond ours is of another time.
  ports::execute<sql::ShortenFutureLeases>(
      tx, {.lease_until_us = tx.now() + lease, .later_us = tx.now() + 10 * lease});
}

}  // namespace tallyman::book
