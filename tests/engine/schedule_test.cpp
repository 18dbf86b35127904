#include "engine/schedule.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "adapters/time/virtual_clock.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

class Scheduled : public ::testing::Test {
 protected:
  timing::SystemClock clock;
  timing::SystemThreads threads;
  timing::SeededRandom random{3};
};

// Runs until told to end, and says when it began.
struct LongRun {
  std::promise<void> began;
  std::promise<void> may_end;

  Afterwards operator()() {
    began.set_value();
    may_end.get_future().wait();
    return Afterwards::when_asked;
  }
};

TEST_F(Scheduled, TheFirstTickIsAtOnce) {
  std::promise<std::string> why;
  Schedule schedule(clock, threads, random, 1h,
                    [&](const RunId&, const std::string& asked_by, const std::stop_token&) {
                      why.set_value(asked_by);
                      return Afterwards::when_asked;
                    });
  schedule.start();
  EXPECT_EQ(why.get_future().get(), "schedule");
}

TEST_F(Scheduled, AskedWhileRunningItAnswersWithTheRunUnderWay) {
  LongRun run;
  std::atomic<int> runs{0};
  Schedule schedule(clock, threads, random, 1h,
                    [&](const RunId&, const std::string&, const std::stop_token&) {
                      ++runs;
                      return run();
                    });
  schedule.start();
  run.began.get_future().wait();
  const auto running = schedule.running();
  ASSERT_TRUE(running);
  for (int i = 0; i < 5; ++i) {
    const auto asked = schedule.ask("person");
    EXPECT_TRUE(asked.already_running);
    EXPECT_EQ(asked.run, *running);
  }
  run.may_end.set_value();
  EXPECT_EQ(runs, 1);
}

TEST_F(Scheduled, WithoutAnIntervalItRunsWhenAskedAndSaysWhoAsked) {
  std::promise<std::pair<RunId, std::string>> seen;
  Schedule schedule(clock, threads, random, std::nullopt,
                    [&](const RunId& run, const std::string& why, const std::stop_token&) {
                      seen.set_value({run, why});
                      return Afterwards::next_tick;
                    });
  schedule.start();
  EXPECT_FALSE(schedule.next_tick());
  const auto asked = schedule.ask("person");
  EXPECT_FALSE(asked.already_running);
  const auto [run, why] = seen.get_future().get();
  EXPECT_EQ(run, asked.run);
  EXPECT_EQ(why, "person");
}

TEST_F(Scheduled, AStopEndsTheRunUnderWayAndIsWaitedFor) {
  std::promise<void> began;
  bool told = false;
  {
    Schedule schedule(clock, threads, random, 1h,
                      [&](const RunId&, const std::string&, const std::stop_token& stop) {
                        began.set_value();
                        told = clock.wait(24h, stop, nullptr) == ports::WaitEnd::stopped;
                        return Afterwards::next_tick;
                      });
    schedule.start();
    began.get_future().wait();
  }
  EXPECT_TRUE(told);
}

// On a clock that moves only by waiting: when each of the first `count` ticks came.
std::vector<Micros> ticks(std::size_t count, Micros jump_of_the_wall_clock) {
  timing::VirtualClock clock(instant_from_text("2026-11-20T15:00:00Z").value());
  timing::SystemThreads threads;
  timing::SeededRandom random{3};
  std::vector<Micros> seen;
  std::promise<void> done;
  Schedule schedule(clock, threads, random, 5min,
                    [&](const RunId&, const std::string&, const std::stop_token&) {
                      seen.push_back(clock.steady());
                      clock.advance(20s);  // what a run takes
                      clock.set(clock.now() + jump_of_the_wall_clock);
                      if (seen.size() < count) return Afterwards::next_tick;
                      done.set_value();
                      return Afterwards::when_asked;
                    });
  schedule.start();
  done.get_future().wait();
  return seen;
}

TEST_F(Scheduled, TicksAreAnIntervalApart) {
  EXPECT_EQ(ticks(4, 0s), (std::vector<Micros>{0min, 5min, 10min, 15min}));
}

TEST_F(Scheduled, AJumpOfTheWallClockNeitherSkipsNorDoublesATick) {
  const std::vector<Micros> even{0min, 5min, 10min, 15min};
  EXPECT_EQ(ticks(4, 24h), even);
  EXPECT_EQ(ticks(4, -24h), even);
}

}  // namespace
}  // namespace tallyman::engine
