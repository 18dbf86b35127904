// Workers on a real database with real threads, quick about everything.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/book/jobs.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "engine/worker.h"
#include "ports/event.h"
#include "ports/statements.h"
#include "support/databases.h"

namespace tallyman::engine {

using namespace std::chrono_literals;
using work::JobState;

// A person's clock that is wrong, and changes its mind; steady() is right.
class WrongClock final : public ports::Clock {
 public:
  explicit WrongClock(Micros off = {}) : off_(off.count()) {}
  void set_off(Micros off) { off_ = off.count(); }
  Instant now() override { return real_.now() + Micros{off_}; }
  Micros steady() override { return real_.steady(); }
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override {
    return real_.wait(length, std::move(stop), event);
  }

 private:
  timing::SystemClock real_;
  std::atomic<std::int64_t> off_;
};

class Workers : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  Workers() : database(GetParam()) {
    database::migrate(*database, book::migrations(GetParam())).value();
  }

  // Quick about everything but a handler's end: a busy machine may keep its thread waiting.
  static WorkerSettings quick() {
    return {.slots = 3,
            .beat = 10ms,
            .upkeep = 30ms,
            .gone_check = 20ms,
            .poll = 5ms,
            .idle_poll = 5ms,
            .drain = 10s,
            .grace = 1min};
  }
  std::unique_ptr<Worker> worker(Worker::Kinds kinds, WorkerSettings settings = quick()) {
    return worker_on(*database, std::move(kinds), std::move(settings));
  }
  std::unique_ptr<Worker> worker_on(ports::Database& on, Worker::Kinds kinds,
                                    WorkerSettings settings = quick()) {
    settings.log = [this](LogLevel, const std::string& text) {
      const std::lock_guard lock(mutex);
      told.push_back(text);
    };
    auto made = std::make_unique<Worker>(
        WorkerParts{.database = on, .clock = clock, .threads = threads, .random = random},
        std::move(settings), std::move(kinds));
    made->start();
    return made;
  }
  JobId add(book::NewJob job) {
    return ports::transact(*database, ports::TxMode::write,
                           [&](ports::Tx& tx) { return book::enqueue(tx, job).job; });
  }
  book::Job find(JobId id) {
    return ports::transact(*database, ports::TxMode::read,
                           [&](ports::Tx& tx) { return book::find_job(tx, id).value(); });
  }
  book::Job when(JobId id, JobState state) {
    return when(id, [state](const book::Job& job) { return job.state == state; });
  }
  // Looks again and again until the job is as wanted; gives up after a minute.
  template <class Wanted>
  book::Job when(JobId id, Wanted is_wanted) {
    for (const Micros until = clock.steady() + 1min;;) {
      auto job = find(id);
      if (is_wanted(job)) return job;
      if (clock.steady() > until) {
        ADD_FAILURE() << "job " << id.value << " stays " << word(job.state) << ": " << job.message;
        return job;
      }
      clock.wait(2ms, {}, nullptr);
    }
  }
  void when_one(const std::string& sql, const std::string& wanted) {
    for (const Micros until = clock.steady() + 1min; one(sql) != wanted;) {
      ASSERT_LT(clock.steady(), until) << sql << " stays " << one(sql);
      clock.wait(2ms, {}, nullptr);
    }
  }
  std::string one(const std::string& sql) { return database.rows(sql).at(0).at(0); }
  std::string count(const std::string& what) {
    return one("SELECT CAST(COUNT(*) AS TEXT) FROM " + what);
  }
  std::vector<std::string> attempts(JobId id) {
    std::vector<std::string> outcomes;
    for (const auto& row :
         database.rows("SELECT CAST(attempt_no AS TEXT) || ' ' || outcome || ': ' || message "
                       "FROM job_attempts WHERE job_id = " +
                       std::to_string(id.value) + " ORDER BY lease_token")) {
      outcomes.push_back(row.at(0));
    }
    return outcomes;
  }
  bool was_told(std::string_view text) {
    const std::lock_guard lock(mutex);
    return std::ranges::any_of(
        told, [&](const auto& line) { return line.find(text) != std::string::npos; });
  }
  static void wait_for_stop(const JobContext& job) {
    timing::SystemClock clock;
    clock.wait(1min, job.stop(), nullptr);
  }

  tests::FreshDatabase database;
  timing::SystemClock clock;
  timing::SystemThreads threads;
  tests::SteadyRandom random;
  std::mutex mutex;
  std::vector<std::string> told;
};

inline std::string dialect_name(const ::testing::TestParamInfo<ports::Dialect>& info) {
  return info.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
}

inline const auto kBothDialects =
    ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres);

}  // namespace tallyman::engine
