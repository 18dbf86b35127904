// kill -9 of workers at any moment: each job is done once in effect, none is lost, none stays with
// a node that is gone for longer than its lease.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <deque>
#include <random>

#include "adapters/book/jobs.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/time/system_clock.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"
#include "tests/e2e/process.h"
#include "tests/support/databases.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

constexpr int kJobs = 1'000;
constexpr int kLeaseMs = 700;

// TALLYMAN_KILLS: ./dev e2e asks for more; then there are more jobs as well.
int kills_wanted() {
  const char* text = std::getenv("TALLYMAN_KILLS");
  const auto wanted = whole_number(text == nullptr ? "" : text).value_or(0);
  return wanted > 0 ? static_cast<int>(wanted) : 20;
}

class JobChaos : public testing::TestWithParam<ports::Dialect> {
 protected:
  JobChaos() : database_(GetParam()) {
    database::migrate(*database_, book::migrations(GetParam())).value();
    database_.script("CREATE TABLE effects (job_id bigint NOT NULL, step bigint NOT NULL)");
  }

  // Every second one trusts the leases alone; the others look whether a holder still runs.
  Process start() {
    ++started_;
    std::vector<std::string> words{TALLYMAN_JOB_WORKER, database_.url(), std::to_string(started_),
                                   std::to_string(kLeaseMs)};
    if (started_ % 2 == 0) words.emplace_back("gone");
    return {words, {{"PATH", std::getenv("PATH")}}};
  }
  void add(int count, const std::string& kind) {
    ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        book::enqueue(tx, {.kind = kind, .asked_by = "test", .max_attempts = 100});
      }
    });
  }
  std::string one(const std::string& sql) { return database_.rows(sql).at(0).at(0); }
  int count(const std::string& what) {
    return std::stoi(one("SELECT CAST(COUNT(*) AS TEXT) FROM " + what));
  }
  // Running although the lease ran out so long ago that a living node must have seen it.
  int stuck() {
    const auto now = to_micros(clock_.now());
    return count("jobs WHERE state = 'running' AND lease_until_us < " +
                 std::to_string(now - 5'000'000));
  }

  FreshDatabase database_;
  timing::SystemClock clock_;
  int started_ = 0;
};

TEST_P(JobChaos, EachJobIsDoneOnceInEffectHoweverOftenWorkersAreKilled) {
  const int wanted = kills_wanted();
  const int jobs = std::max(kJobs, 50 * wanted);
  // One program per SQLite file; two and more share a PostgreSQL.
  const std::size_t workers = GetParam() == ports::Dialect::sqlite ? 1 : 2;
  // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp): the same chaos each time
  std::mt19937_64 chance(20'261'120);
  add(jobs, "two-steps");
  std::deque<Process> alive;
  int kills = 0;
  for (const Micros until = clock_.steady() + 10min; clock_.steady() < until;) {
    while (alive.size() < workers) alive.push_back(start());
    if (alive.front().ends_within(Milliseconds{20 + static_cast<int>(chance() % 140)})) {
      FAIL() << alive.front().wait().error;
    }
    EXPECT_EQ(stuck(), 0);
    if (count("jobs WHERE state IN ('available', 'running')") == 0) break;
    if (kills >= wanted) continue;  // enough: now they may finish
    EXPECT_EQ(alive.front().kill().code, -SIGKILL);
    alive.pop_front();
    ++kills;
  }
  EXPECT_EQ(count("jobs WHERE state = 'done'"), jobs);
  EXPECT_EQ(count("effects"), 2 * jobs);
  EXPECT_EQ(count("(SELECT DISTINCT job_id, step FROM effects) e"), 2 * jobs);
  EXPECT_EQ(count("job_attempts WHERE outcome = 'running'"), 0);
  EXPECT_EQ(count("job_attempts WHERE outcome = 'ok'"), jobs);
  EXPECT_GE(kills, wanted);
  EXPECT_GT(count("job_attempts WHERE outcome = 'lost'"), 0) << "kills that hit nothing";
  RecordProperty("killed", kills);
  for (auto& process : alive) {
    process.signal(SIGTERM);
    const Ended ended = process.wait();
    EXPECT_EQ(ended.code, 0) << ended.error;
  }
}

TEST_P(JobChaos, ATermSignalHandsTheJobBackWithItsAttempt) {
  add(1, "long");
  Process process = start();
  process.wait_for_out("at work");
  process.signal(SIGTERM);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.code, 0) << ended.error;
  EXPECT_EQ(one("SELECT state || ' ' || CAST(attempt AS TEXT) || message FROM jobs"),
            "available 0");
  EXPECT_EQ(one("SELECT outcome FROM job_attempts"), "handed back");
  EXPECT_EQ(count("nodes WHERE stopped_us IS NOT NULL"), 1);
}

INSTANTIATE_TEST_SUITE_P(Databases, JobChaos,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& kind) {
                           return kind.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace tallyman::tests
