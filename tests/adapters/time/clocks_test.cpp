#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "adapters/time/virtual_clock.h"
#include "ports/event.h"

namespace tallyman::timing {
namespace {

using namespace std::chrono_literals;
using ports::Event;
using ports::WaitEnd;

constexpr Micros kForever = 24h * 365;

Instant at(std::string_view text) { return instant_from_text(text).value(); }

TEST(SystemClock, AnswersTheTimeOfTheKernel) {
  SystemClock clock;
  const Instant before{std::chrono::floor<Micros>(std::chrono::system_clock::now())};
  const Instant now = clock.now();
  const Instant after{std::chrono::ceil<Micros>(std::chrono::system_clock::now())};
  EXPECT_LE(before, now);
  EXPECT_LE(now, after);
  const Micros first = clock.steady();
  EXPECT_LE(first, clock.steady());
}

TEST(SystemClock, AWaitEndsWhenItsTimeHasPassed) {
  SystemClock clock;
  const Micros start = clock.steady();
  EXPECT_EQ(clock.wait(2ms, {}, nullptr), WaitEnd::reached);
  EXPECT_GE(clock.steady() - start, 2ms);
  EXPECT_EQ(clock.wait(0ms, {}, nullptr), WaitEnd::reached);
  EXPECT_EQ(clock.wait(-5ms, {}, nullptr), WaitEnd::reached);
}

TEST(SystemClock, AnEventThatIsAlreadySetWakesAtOnceAndIsConsumed) {
  SystemClock clock;
  Event event;
  event.set();
  EXPECT_EQ(clock.wait(kForever, {}, &event), WaitEnd::woken);
  EXPECT_EQ(clock.wait(0ms, {}, &event), WaitEnd::reached);
}

TEST(SystemClock, AnEventFromAnotherThreadWakesTheWaiter) {
  SystemClock clock;
  Event event;
  std::latch started{1};
  WaitEnd end = WaitEnd::reached;
  std::thread waiter([&] {
    started.count_down();
    end = clock.wait(kForever, {}, &event);
  });
  started.wait();
  event.set();
  waiter.join();
  EXPECT_EQ(end, WaitEnd::woken);
}

TEST(SystemClock, AStopRequestEndsAWaitWithAndWithoutEvent) {
  SystemClock clock;
  Event event;
  for (Event* wake : {static_cast<Event*>(nullptr), &event}) {
    std::latch started{1};
    WaitEnd end = WaitEnd::reached;
    std::jthread waiter([&](std::stop_token stop) {
      started.count_down();
      end = clock.wait(kForever, std::move(stop), wake);
    });
    started.wait();
    waiter.request_stop();
    waiter.join();
    EXPECT_EQ(end, WaitEnd::stopped);
  }
}

TEST(SystemClock, AStopRequestedBeforeWinsOverTheEvent) {
  SystemClock clock;
  Event event;
  event.set();
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(clock.wait(kForever, source.get_token(), &event), WaitEnd::stopped);
}

TEST(VirtualClock, WaitingMovesBothClocksByTheLength) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  EXPECT_EQ(clock.wait(90min, {}, nullptr), WaitEnd::reached);
  EXPECT_EQ(clock.now(), at("2026-11-01T10:00:00Z"));
  EXPECT_EQ(clock.steady(), 90min);
  EXPECT_EQ(clock.wait(-1h, {}, nullptr), WaitEnd::reached);
  EXPECT_EQ(clock.steady(), 90min);
}

TEST(VirtualClock, SettingTheWallClockIsNotTimePassing) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  clock.advance(1min);
  clock.set(at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(clock.now(), at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(clock.steady(), 1min);
}

TEST(VirtualClock, StopAndEventEndAWaitWithoutTimePassing) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  Event event;
  event.set();
  EXPECT_EQ(clock.wait(1h, {}, &event), WaitEnd::woken);
  std::stop_source source;
  source.request_stop();
  event.set();
  EXPECT_EQ(clock.wait(1h, source.get_token(), &event), WaitEnd::stopped);
  EXPECT_EQ(clock.steady(), 0s);
  EXPECT_EQ(clock.wait(1h, {}, &event), WaitEnd::woken);
  EXPECT_EQ(clock.wait(1h, {}, &event), WaitEnd::reached);
}

TEST(VirtualClock, ThePretendWorldActsWhileSomeoneWaits) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  Event event;
  std::vector<Instant> asked;
  clock.on_wait([&](Instant until) {
    asked.push_back(until);
    clock.advance(10min);
    if (asked.size() == 2) event.set();
  });
  EXPECT_EQ(clock.wait(1h, {}, &event), WaitEnd::reached);
  EXPECT_EQ(clock.steady(), 1h);
  EXPECT_EQ(clock.wait(1h, {}, &event), WaitEnd::woken);
  EXPECT_EQ(clock.steady(), 1h + 10min);
  EXPECT_EQ(asked, (std::vector{at("2026-11-01T09:30:00Z"), at("2026-11-01T10:30:00Z")}));
}

TEST(VirtualClock, TheWorldMayStopTheWaiter) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  std::stop_source source;
  clock.on_wait([&](Instant) { source.request_stop(); });
  EXPECT_EQ(clock.wait(1h, source.get_token(), nullptr), WaitEnd::stopped);
  EXPECT_EQ(clock.steady(), 0s);
}

TEST(VirtualClock, ManyThreadsMayWaitAndAdvanceTogether) {
  VirtualClock clock(at("2026-11-01T08:30:00Z"));
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 100; ++n) clock.advance(1s);
        clock.wait(1s, {}, nullptr);
      });
    }
  }
  EXPECT_GE(clock.steady(), 401s);
  EXPECT_LE(clock.steady(), 404s);
  EXPECT_EQ(clock.now(), at("2026-11-01T08:30:00Z") + clock.steady());
}

TEST(SystemThreads, RunTheWorkAndJoinWhenDestroyed) {
  SystemThreads threads;
  std::atomic<bool> ended = false;
  {
    auto thread = threads.start("a name longer than the kernel takes", [&](std::stop_token stop) {
      SystemClock clock;
      EXPECT_EQ(clock.wait(kForever, std::move(stop), nullptr), WaitEnd::stopped);
      ended = true;
    });
    thread->request_stop();
  }
  EXPECT_TRUE(ended);
}

TEST(SystemThreads, DestroyingAThreadAsksItToStop) {
  SystemThreads threads;
  std::atomic<bool> ended = false;
  threads.start("short", [&](std::stop_token stop) {
    SystemClock clock;
    clock.wait(kForever, std::move(stop), nullptr);
    ended = true;
  });
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace tallyman::timing
