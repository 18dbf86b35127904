// A program that only works jobs off, to be killed by chaos_test: worker_main URL SEED LEASE_MS
// [gone]. Ends on SIGTERM as `serve` does: by a drain.
#include <signal.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "adapters/database/open.h"
#include "adapters/time/process_identity.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_random.h"
#include "adapters/time/system_threads.h"
#include "domain/base/whole_number.h"
#include "engine/worker.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

constexpr std::array kTwoNumbers{ports::ValueType::integer, ports::ValueType::integer};
const ports::Statement kEffect{.name = "effect",
                               .sqlite = "INSERT INTO effects (job_id, step) VALUES (?1, ?2)",
                               .postgres = "INSERT INTO effects (job_id, step) VALUES ($1, $2)",
                               .params = kTwoNumbers,
                               .columns = {}};

// Two steps, each with its effect; the cursor says which of them is done.
void step(engine::JobContext& job, std::int64_t number) {
  job.transact([&](ports::Tx& tx) {
    const std::array<ports::Value, 2> values{job.job().value, number};
    tx.run(kEffect, values, [](const ports::RowView&) {});
    job.set_cursor(tx, std::to_string(number));
  });
}

int work(const std::string& url, std::uint64_t seed, Micros lease, bool knows_the_gone) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  timing::SystemClock clock;
  timing::SystemRandom random;
  timing::SystemThreads threads;
  timing::SeededRandom pace(seed);
  const auto database = database::open_database(url, {.clock = clock, .random = random}).value();
  std::mutex pace_mutex;
  const engine::JobHandler two_steps = [&](engine::JobContext& job) -> engine::JobEnd {
    const auto dawdle = [&] {
      Micros length{};
      {
        const std::lock_guard lock(pace_mutex);
        length = Micros{static_cast<std::int64_t>(pace.next() % 40'000)};
      }
      clock.wait(length, job.stop(), nullptr);
      if (job.stop().stop_requested()) throw std::runtime_error("stopped between two steps");
    };
    dawdle();
    if (job.cursor().empty()) step(job, 1);
    dawdle();
    if (job.cursor() != "2") step(job, 2);
    job.progress("steps", 2, 2);
    return engine::JobDone{};
  };
  const engine::JobHandler long_one = [&](engine::JobContext& job) -> engine::JobEnd {
    std::puts("at work");
    std::fflush(stdout);
    clock.wait(1h, job.stop(), nullptr);
    return engine::JobFailed{.message = "stopped"};
  };
  engine::WorkerSettings settings;
  settings.holder = timing::process_identity();
  settings.slots = 8;
  settings.lease = lease;
  settings.margin = lease / 5;
  settings.beat = 100ms;
  settings.upkeep = 200ms;
  settings.gone_check = 100ms;
  settings.poll = 50ms;
  settings.idle_poll = 50ms;
  settings.drain = 100ms;
  if (knows_the_gone) settings.is_gone = timing::is_gone;
  engine::Worker worker(
      {.database = *database, .clock = clock, .threads = threads, .random = random},
      std::move(settings), {{"two-steps", two_steps}, {"long", long_one}});
  worker.start();
  std::puts("up");
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  return worker.drain({}).stuck == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tallyman::tests

int main(int count, char** words) {
  if (count < 4) return 2;
  try {
    return tallyman::tests::work(
        words[1], std::strtoull(words[2], nullptr, 10),
        std::chrono::milliseconds{tallyman::whole_number(words[3]).value()}, count > 4);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "worker: %s\n", failure.what());
    return 1;
  }
}
