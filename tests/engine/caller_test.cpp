#include "engine/caller.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;
using ports::CallError;
using Answer = ports::CallResult<int>;

Answer failure(CallError kind, std::optional<std::chrono::seconds> reset = std::nullopt) {
  return tl::unexpected(ports::CallFailure{kind, 500, "no", reset});
}

class Calling : public ::testing::Test {
 protected:
  // Asks with these answers in turn; the last one repeats.
  Answer ask(const std::vector<Answer>& answers, sync::AskFor purpose = sync::AskFor::page) {
    Caller caller(clock, random, stop.get_token());
    std::size_t next = 0;
    auto answer = caller.read(purpose, [&](const std::stop_token&) {
      return answers[std::min(next++, answers.size() - 1)];
    });
    requests = caller.requests();
    return answer;
  }

  timing::VirtualClock clock{instant_from_text("2026-11-20T15:00:00Z").value()};
  timing::SeededRandom random{7};
  std::stop_source stop;
  std::int64_t requests = 0;
};

TEST_F(Calling, AnAnswerCostsOneRequestAndNoTime) {
  EXPECT_EQ(ask({Answer(42)}).value(), 42);
  EXPECT_EQ(requests, 1);
  EXPECT_EQ(clock.steady(), 0s);
}

TEST_F(Calling, TwoServerErrorsAreForgivenTheThirdIsNot) {
  EXPECT_EQ(ask({failure(CallError::server_error), failure(CallError::timeout), Answer(1)}), 1);
  EXPECT_EQ(requests, 3);
  EXPECT_FALSE(ask({failure(CallError::server_error)}));
  EXPECT_EQ(requests, 3);
  EXPECT_LE(clock.steady(), 2 * 60s);
}

TEST_F(Calling, AThrottledCallerWaitsForTheReset) {
  EXPECT_TRUE(ask({failure(CallError::throttled, 25s), Answer(1)}));
  EXPECT_GE(clock.steady(), 25s);
  EXPECT_LT(clock.steady(), 28s);
}

TEST_F(Calling, AResetBeyondTheMinuteIsNotWaitedFor) {
  EXPECT_FALSE(ask({failure(CallError::throttled, 90s), Answer(1)}));
  EXPECT_EQ(requests, 1);
  EXPECT_EQ(clock.steady(), 0s);
}

TEST_F(Calling, RefusedCredentialsAreNotTriedAgain) {
  EXPECT_FALSE(ask({failure(CallError::unauthorized), Answer(1)}));
  EXPECT_EQ(requests, 1);
}

TEST_F(Calling, AProbeIsTriedOnce) {
  EXPECT_FALSE(ask({failure(CallError::server_error), Answer(1)}, sync::AskFor::probe));
  EXPECT_EQ(requests, 1);
}

TEST_F(Calling, AStopEndsTheWait) {
  clock.on_wait([&](Instant) { stop.request_stop(); });
  EXPECT_FALSE(ask({failure(CallError::server_error), Answer(1)}));
  EXPECT_EQ(requests, 1);
}

}  // namespace
}  // namespace tallyman::engine
