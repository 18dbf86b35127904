#include "engine/budgeted_http.h"

#include <gtest/gtest.h>

#include "adapters/book/budget.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"
#include "ports/statements.h"
#include "sandbox/sandbox_http.h"
#include "sandbox/world.h"
#include "support/databases.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

// The budget in front of the sandbox's rate window, in virtual time.
class BudgetTest : public ::testing::Test {
 protected:
  BudgetTest()
      : database_(database::open_database("sqlite:" + (folder_.path() / "book.db").string(),
                                          {.clock = clock_, .random = random_})
                      .value()) {
    database::migrate(*database_, book::migrations(ports::Dialect::sqlite)).value();
  }

  BudgetedHttp budgeted(std::int64_t per_minute,
                        work::Urgency urgency = work::Urgency::background) {
    return {http_, *database_, clock_, random_,
            Budget{.credential = "key", .requests_per_minute = per_minute, .urgency = urgency}};
  }

  book::BudgetMeter meter() {
    return ports::transact(*database_, ports::TxMode::read,
                           [](ports::Tx& tx) { return book::read_budget(tx, "key", 38); });
  }

  // Sends `count` requests one after the other; answers the statuses.
  std::map<int, int> send(ports::Http& http, int count) {
    std::map<int, int> statuses;
    for (int i = 0; i < count; ++i) {
      ports::HttpRequest request;
      request.url = "https://shipstation.example/stores";
      request.auth = {Secret(std::string(sandbox::kDemoKey)),
                      Secret(std::string(sandbox::kDemoSecret))};
      const auto answer = http.send(request, {});
      if (answer) {
        ++statuses[answer->status];
        sent_.push_back(clock_.steady());
      }
    }
    return statuses;
  }

  // The most requests that fell into any 60 s.
  std::int64_t most_in_a_minute() const {
    std::int64_t most = 0;
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      std::int64_t inside = 0;
      for (std::size_t j = i; j < sent_.size() && sent_[j] - sent_[i] < 60s; ++j) ++inside;
      most = std::max(most, inside);
    }
    return most;
  }

  tests::TempFolder folder_;
  timing::VirtualClock clock_{instant_from_text("2026-11-20T15:00:00Z").value()};
  timing::SeededRandom random_{3};
  sandbox::World world_{clock_, {}};
  sandbox::SandboxHttp http_{world_, clock_};
  std::unique_ptr<ports::Database> database_;
  std::vector<Micros> sent_;
};

TEST_F(BudgetTest, AHundredGreedyRequestsNeverMeetTheWall) {
  auto http = budgeted(38);
  EXPECT_EQ(send(http, 100), (std::map<int, int>{{200, 100}}));
  EXPECT_LE(most_in_a_minute(), 38);
}

TEST_F(BudgetTest, TheSettingIsACeilingThatHeadersDoNotRaise) {
  auto first = budgeted(38);
  send(first, 1);  // the budget's row exists now, with the partner's 40 - 2
  clock_.advance(2min);
  sent_.clear();
  auto lowered = budgeted(5);
  EXPECT_EQ(send(lowered, 12), (std::map<int, int>{{200, 12}}));
  EXPECT_LE(most_in_a_minute(), 5);
}

TEST_F(BudgetTest, AThrottledAnswerBlocksEveryoneUntilTheReset) {
  world_.set_fault({.fault = sandbox::Fault::throttle_storm, .times = 1});
  auto one = budgeted(38);
  EXPECT_EQ(send(one, 1), (std::map<int, int>{{429, 1}}));
  const Micros before = clock_.steady();
  auto other = budgeted(38);
  EXPECT_EQ(send(other, 1), (std::map<int, int>{{200, 1}}));
  EXPECT_GT(clock_.steady() - before, 1s);
}

TEST_F(BudgetTest, ItsLast429IsRememberedForTheMeter) {
  auto http = budgeted(38);
  send(http, 1);
  EXPECT_FALSE(meter().last_throttled);
  world_.set_fault({.fault = sandbox::Fault::throttle_bare, .times = 1});
  const Instant before = clock_.now();
  EXPECT_EQ(send(http, 1), (std::map<int, int>{{429, 1}}));
  EXPECT_EQ(meter().last_throttled, before);
  EXPECT_GE(meter().blocked_until, before + 60s) << "it named no time";
}

TEST_F(BudgetTest, APersonIsServedAtOnceWhileTheScheduleHasUsedUpItsShare) {
  auto schedule = budgeted(38);
  auto person = budgeted(38, work::Urgency::person);
  send(schedule, 28);
  const Micros before = clock_.steady();
  EXPECT_EQ(send(person, 10), (std::map<int, int>{{200, 10}}));
  EXPECT_EQ(clock_.steady(), before) << "nobody waited";
  EXPECT_EQ(meter().used, 38);
  EXPECT_EQ(meter().used_by_people, 10);
  send(schedule, 1);
  EXPECT_GE(clock_.steady() - before, 59s);
}

TEST_F(BudgetTest, WhoJoinsTheScheduleGivesItsRequestsAPersonsShareFromThenOn) {
  Haste haste;
  BudgetedHttp schedule(http_, *database_, clock_, random_,
                        Budget{.credential = "key", .requests_per_minute = 38, .haste = &haste});
  send(schedule, 28);
  const Micros before = clock_.steady();
  // Somebody joins while the next request waits for its turn.
  clock_.on_wait([&](auto&&...) {
    if (!haste.is_wanted()) haste.hurry();
  });
  EXPECT_EQ(send(schedule, 10), (std::map<int, int>{{200, 10}}));
  EXPECT_EQ(clock_.steady(), before) << "nothing waited any more";
  EXPECT_EQ(meter().used_by_people, 10);
  clock_.on_wait({});
  haste.calm();
  clock_.advance(2min);
  send(schedule, 1);
  EXPECT_EQ(meter().used_by_people, 0);
}

TEST_F(BudgetTest, AReservationIsGrantedWholeAndItsRequestsAskForNothingMore) {
  auto http = budgeted(38);
  send(http, 27);
  const Micros before = clock_.steady();
  auto held = http.reserve(2, {});
  EXPECT_GE(clock_.steady() - before, 59s) << "one was left, two were wanted";
  ASSERT_TRUE(held);
  const auto used = meter().used;
  EXPECT_EQ(send(*held, 2), (std::map<int, int>{{200, 2}}));
  EXPECT_EQ(meter().used, used);
  EXPECT_EQ(held->left(), 0);
  send(*held, 1);
  EXPECT_EQ(meter().used, used + 1) << "a third request is one like any";
}

TEST_F(BudgetTest, AReservationThatWaitedTooLongIsWorthNothing) {
  auto http = budgeted(38);
  auto held = http.reserve(2, {});
  clock_.advance(31s);
  EXPECT_EQ(meter().used, 2);
  send(*held, 1);
  EXPECT_EQ(meter().used, 3);
}

// Reading takes long, writing follows: the second tokens count from their last moment.
TEST_F(BudgetTest, ReservationsNeverPutMoreThanTheLimitIntoAMinute) {
  auto http = budgeted(38);
  for (int round = 0; round < 3; ++round) {
    std::vector<std::unique_ptr<Reservation>> held;
    for (int i = 0; i < 14; ++i) held.push_back(http.reserve(2, {}));
    for (auto& each : held) send(*each, 1);
    clock_.advance(29s);
    for (auto& each : held) send(*each, 1);
    clock_.advance(33s);
    send(http, 28);
  }
  EXPECT_LE(most_in_a_minute(), 38);
}

TEST_F(BudgetTest, AClockPutForwardByAnHourGrantsNothingTwice) {
  auto http = budgeted(38, work::Urgency::person);
  send(http, 30);
  clock_.set(clock_.now() + 1h);
  send(http, 30);
  EXPECT_LE(most_in_a_minute(), 38);
}

TEST_F(BudgetTest, AClockPutBackByAnHourStopsNobodyForAnHour) {
  auto http = budgeted(38, work::Urgency::person);
  send(http, 30);
  clock_.set(clock_.now() - 1h);
  const Micros before = clock_.steady();
  send(http, 30);
  EXPECT_LE(most_in_a_minute(), 38);
  EXPECT_LE(clock_.steady() - before, 3min);
}

TEST_F(BudgetTest, AStopEndsTheWaitingForAReservation) {
  auto http = budgeted(38);
  send(http, 28);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(http.reserve(2, stop.get_token()));
}

TEST_F(BudgetTest, AStopEndsTheWaiting) {
  auto http = budgeted(1);
  send(http, 1);
  std::stop_source stop;
  stop.request_stop();
  ports::HttpRequest request;
  request.url = "https://shipstation.example/stores";
  const auto answer = http.send(request, stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ports::HttpError::stopped);
}

}  // namespace
}  // namespace tallyman::engine
