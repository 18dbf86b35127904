// How many jobs a second are claimed and acknowledged, one by one, in batches and by a whole
// worker, next to the bare SQL of claim and acknowledge on the same table in the same run.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/book/job_claims.h"
#include "adapters/book/jobs.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "bench/recording.h"
#include "engine/worker.h"
#include "ports/statements.h"
#include "tests/support/databases.h"

namespace tallyman::bench {
namespace {

using std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using ports::ValueType;

constexpr std::size_t kBatch = 50;
constexpr Micros kLease = std::chrono::seconds{60};

int repeats() {
  const char* text = std::getenv("TALLYMAN_BENCH_REPEATS");
  return text == nullptr ? 3 : std::max(1, std::atoi(text));
}

std::string_view name(ports::Dialect dialect) {
  return dialect == ports::Dialect::sqlite ? "SQLite" : "PostgreSQL";
}

constexpr std::array kClaimParams{ValueType::integer, ValueType::micros};
constexpr std::array kIdColumn{ValueType::integer};
constexpr std::array kEndParams{ValueType::integer, ValueType::micros};

// What any job queue on a table does at least.
const ports::Statement kBareClaim{
    .name = "bare_claim",
    .sqlite =
        "UPDATE jobs SET state = 'running', lease_until_us = ?2 WHERE job_id IN "
        "(SELECT job_id FROM jobs WHERE state = 'available' "
        "ORDER BY priority, run_at_us, job_id LIMIT ?1) RETURNING job_id",
    .postgres =
        "UPDATE jobs SET state = 'running', lease_until_us = $2 WHERE job_id IN "
        "(SELECT job_id FROM jobs WHERE state = 'available' "
        "ORDER BY priority, run_at_us, job_id LIMIT $1 FOR UPDATE SKIP LOCKED) "
        "RETURNING job_id",
    .params = kClaimParams,
    .columns = kIdColumn};
const ports::Statement kBareEnd{
    .name = "bare_end",
    .sqlite = "UPDATE jobs SET state = 'done', finished_us = ?2 WHERE job_id = ?1",
    .postgres = "UPDATE jobs SET state = 'done', finished_us = $2 WHERE job_id = $1",
    .params = kEndParams,
    .columns = {}};

class Queue {
 public:
  Queue(ports::Dialect dialect, std::size_t jobs) : database_(dialect), jobs_(jobs) {
    database::migrate(*database_, book::migrations(dialect)).value();
    for (std::size_t added = 0; added < jobs; added += 1'000) {
      ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
        for (std::size_t i = added; i < std::min(jobs, added + 1'000); ++i) {
          book::enqueue(tx, {.kind = "bench", .asked_by = "bench"});
        }
      });
    }
    if (dialect == ports::Dialect::postgres) database_.script("ANALYZE jobs");
  }

  Seconds bare(std::size_t batch) {
    const auto start = steady_clock::now();
    for (std::size_t left = jobs_; left > 0;) {
      std::vector<std::int64_t> ids;
      ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
        ids.clear();
        const std::array<ports::Value, 2> values{static_cast<std::int64_t>(batch),
                                                 tx.now() + kLease};
        tx.run(kBareClaim, values,
               [&](const ports::RowView& row) { ids.push_back(row.integer(0)); });
      });
      ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
        std::array<ports::Value, 2> values{std::int64_t{0}, tx.now()};
        tx.run_each(
            kBareEnd, ids.size(),
            [&](std::size_t index) -> std::span<const ports::Value> {
              values[0] = ids[index];
              return values;
            },
            [](std::size_t, const ports::RowView&) {});
      });
      left -= ids.size();
    }
    return steady_clock::now() - start;
  }

  Seconds ours(std::size_t batch) { return ours(batch, *database_); }
  Seconds ours(std::size_t batch, ports::Database& database) {
    const std::vector<std::string> kinds{"bench"};
    timing::SeededRandom random(1);
    const auto start = steady_clock::now();
    for (std::size_t left = jobs_; left > 0;) {
      std::vector<RunId> runs;
      for (std::size_t i = 0; i < batch; ++i) runs.push_back(RunId{ports::random_hex128(random)});
      const auto claimed = ports::transact(database, ports::TxMode::write, [&](ports::Tx& tx) {
        return book::claim_jobs(tx,
                                {.node = "bench", .kinds = kinds, .runs = runs, .lease = kLease});
      });
      std::vector<book::EndedAttempt> ended(claimed.size());
      for (std::size_t i = 0; i < claimed.size(); ++i) {
        ended[i].held = claimed[i].held;
        ended[i].outcome = "ok";
      }
      ports::transact(database, ports::TxMode::write,
                      [&](ports::Tx& tx) { return book::end_attempts(tx, ended); });
      left -= claimed.size();
    }
    return steady_clock::now() - start;
  }

  // Where the time goes.
  void tell_statements() {
    Recording recording(*database_);
    const Seconds took = ours(kBatch, recording);
    for (const auto& [statement, spent] : recording.spent()) {
      fmt::print("  {:<40}{:>9} rows{:>9.3f} s\n", statement, spent.rows, spent.time.count());
    }
    fmt::print("  {:<40}{:>23.3f} s\n", "all of it", took.count());
  }

  // A worker with its threads, and handlers that do nothing.
  Seconds worker() {
    timing::SystemClock clock;
    timing::SystemThreads threads;
    timing::SeededRandom random(1);
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t done = 0;
    engine::Worker at_work(
        {.database = *database_, .clock = clock, .threads = threads, .random = random},
        {.slots = kBatch}, {{"bench", [&](engine::JobContext&) -> engine::JobEnd {
                               const std::lock_guard lock(mutex);
                               if (++done == jobs_) changed.notify_one();
                               return engine::JobDone{};
                             }}});
    const auto start = steady_clock::now();
    at_work.start();
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return done == jobs_; });
    }
    at_work.drain({});  // the last endings are written
    return steady_clock::now() - start;
  }

 private:
  tests::FreshDatabase database_;
  std::size_t jobs_;
};

using Way = std::function<Seconds(Queue&)>;

Seconds best(ports::Dialect dialect, std::size_t jobs, const Way& way) {
  Seconds least{1e9};
  for (int i = 0; i < repeats(); ++i) {
    Queue queue(dialect, jobs);
    least = std::min(least, way(queue));
  }
  return least;
}

void line(ports::Dialect dialect, std::string_view what, std::size_t jobs, const Way& ours,
          const Way& bare) {
  const Seconds took = best(dialect, jobs, ours);
  const Seconds raw = best(dialect, jobs, bare);
  const auto each_second = [&](Seconds time) { return static_cast<double>(jobs) / time.count(); };
  fmt::print("{:<11}{:<15}{:>7}{:>11.0f}{:>11.0f}{:>8.2f}\n", name(dialect), what, jobs,
             each_second(took), each_second(raw), raw / took);
  std::fflush(stdout);
}

int run() {
  fmt::print(
      "jobs, best of {}: claimed and acknowledged, and by the bare SQL of both\n{:<11}{:<15}"
      "{:>7}{:>11}{:>11}{:>8}\n",
      repeats(), "", "", "jobs", "jobs/s", "bare/s", "ratio");
  for (const auto dialect : {ports::Dialect::sqlite, ports::Dialect::postgres}) {
    line(
        dialect, "one by one", 1'000, [](Queue& queue) { return queue.ours(1); },
        [](Queue& queue) { return queue.bare(1); });
    line(
        dialect, "batches of 50", 10'000, [](Queue& queue) { return queue.ours(kBatch); },
        [](Queue& queue) { return queue.bare(kBatch); });
    if (std::getenv("TALLYMAN_BENCH_STATEMENTS") != nullptr)
      Queue(dialect, 10'000).tell_statements();
    line(
        dialect, "a worker", 10'000, [](Queue& queue) { return queue.worker(); },
        [](Queue& queue) { return queue.bare(kBatch); });
  }
  return 0;
}

}  // namespace
}  // namespace tallyman::bench

int main() {
  try {
    return tallyman::bench::run();
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench: {}\n", failure.what());
    return 1;
  }
}
