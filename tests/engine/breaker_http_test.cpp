#include "engine/breaker_http.h"

#include <gtest/gtest.h>

#include "adapters/book/breakers.h"
#include "adapters/book/budget.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"
#include "engine/budgeted_http.h"
#include "sandbox/sandbox_http.h"
#include "sandbox/world.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

class Breaking : public tests::BookOnBoth {
 protected:
  ports::HttpResult send(ports::Http& http, const std::stop_token& stop = {}) {
    ports::HttpRequest request;
    request.url = "https://shipstation.example/stores";
    request.auth = {Secret(std::string(sandbox::kDemoKey)),
                    Secret(std::string(sandbox::kDemoSecret))};
    return http.send(request, stop);
  }
  void outage() { world_.set_fault({.fault = sandbox::Fault::unreachable}); }
  book::StoredBreaker stored() {
    return write([](ports::Tx& tx) { return book::find_breaker(tx, "shipstation"); });
  }
  // As if so much time had passed.
  void pass(Micros length) {
    database.script("UPDATE breakers SET next_probe_us = next_probe_us - " +
                    std::to_string(length.count()));
  }
  std::int64_t tokens() {
    return write([](ports::Tx& tx) { return book::read_budget(tx, "key", 38); }).used;
  }
  std::int64_t asked_there() { return world_.requests(); }

  timing::VirtualClock clock_{instant_from_text("2026-11-20T15:00:00Z").value()};
  timing::SeededRandom random_{3};
  sandbox::World world_{clock_, {}};
  sandbox::SandboxHttp partner_{world_, clock_};
  BudgetedHttp budgeted_{partner_, *database, clock_, random_, Budget{.credential = "key"}};
  BreakerHttp one_{budgeted_, *database, random_, "shipstation"};
  BreakerHttp other_{budgeted_, *database, random_, "shipstation"};  // of another node
};
INSTANTIATE_TEST_SUITE_P(Engine, Breaking, tests::kBothDialects, tests::dialect_name);

TEST_P(Breaking, FiveFailuresInARowPauseTheCallsOfEveryNodeAndCostNoToken) {
  outage();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(send(one_).error().kind, ports::HttpError::not_connected);
  EXPECT_EQ(send(other_).error().kind, ports::HttpError::not_connected) << "the fifth";
  const auto before = tokens();
  for (auto* http : {&one_, &other_}) {
    const auto refused = send(*http);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ports::HttpError::paused);
    EXPECT_NE(refused.error().what.find("5 requests in a row failed, the last with: not reachable"),
              std::string::npos)
        << refused.error().what;
    ASSERT_TRUE(refused.error().again_after);
    EXPECT_GE(*refused.error().again_after, 25s);
    EXPECT_LE(*refused.error().again_after, 34s);
  }
  EXPECT_EQ(tokens(), before);
  EXPECT_EQ(stored().breaker.state, work::BreakerState::open);
  EXPECT_TRUE(stored().opened);
}

TEST_P(Breaking, OneProbeDecidesForAll) {
  outage();
  for (int i = 0; i < 5; ++i) send(one_);
  pass(40s);
  EXPECT_EQ(send(other_).error().kind, ports::HttpError::not_connected) << "it was sent";
  EXPECT_EQ(send(one_).error().kind, ports::HttpError::paused);
  EXPECT_EQ(stored().breaker.openings, 2);
  pass(40s);
  EXPECT_EQ(send(one_).error().kind, ports::HttpError::paused) << "the second pause is longer";
  pass(40s);
  world_.clear_faults();
  EXPECT_EQ(send(one_)->status, 200);
  EXPECT_EQ(stored().breaker, work::Breaker{});
  EXPECT_EQ(stored().reason, "");
  EXPECT_FALSE(stored().opened);
  EXPECT_EQ(send(other_)->status, 200);
}

// While a probe is on its way, nobody else asks.
TEST_P(Breaking, OnlyOneProbeAtATimeIsUnderWay) {
  outage();
  for (int i = 0; i < 5; ++i) send(one_);
  pass(40s);
  class Meanwhile final : public ports::Http {
   public:
    explicit Meanwhile(std::function<void()> what) : what_(std::move(what)) {}
    ports::HttpResult send(const ports::HttpRequest&, std::stop_token) override {
      what_();
      return ports::HttpResponse{.status = 200, .headers = {}, .body = {}};
    }

   private:
    std::function<void()> what_;
  };
  int refused = 0;
  Meanwhile slow([&] {
    if (send(other_).error().kind == ports::HttpError::paused) ++refused;
  });
  BreakerHttp probe(slow, *database, random_, "shipstation");
  EXPECT_EQ(send(probe)->status, 200);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(stored().breaker.state, work::BreakerState::closed);
}

TEST_P(Breaking, RefusalsThrottlingAndABareServerErrorDoNotOpenIt) {
  BreakerHttp http(partner_, *database, random_, "shipstation");
  for (const auto fault : {sandbox::Fault::server_error, sandbox::Fault::throttle_storm}) {
    world_.set_fault({.fault = fault});
    for (int i = 0; i < 7; ++i) EXPECT_GE(send(http)->status, 429) << "it was let through";
    world_.clear_faults();
  }
  ports::HttpRequest unknown;
  unknown.url = "https://shipstation.example/nothing";
  for (int i = 0; i < 7; ++i) EXPECT_GE(http.send(unknown, {})->status, 400);
  EXPECT_EQ(stored().breaker.state, work::BreakerState::closed);
  EXPECT_EQ(stored().breaker.failures, 0);
}

TEST_P(Breaking, AnAnswerForgetsTheFailuresBeforeIt) {
  world_.set_fault({.fault = sandbox::Fault::unreachable, .times = 4});
  for (int i = 0; i < 4; ++i) send(one_);
  EXPECT_EQ(stored().breaker.failures, 4);
  EXPECT_EQ(send(one_)->status, 200);
  EXPECT_EQ(stored().breaker.failures, 0);
  EXPECT_EQ(stored().reason, "");
}

TEST_P(Breaking, WhoeverStopsAProbeLeavesItToTheNext) {
  outage();
  for (int i = 0; i < 5; ++i) send(one_);
  pass(40s);
  world_.clear_faults();
  class Stopped final : public ports::Http {
   public:
    ports::HttpResult send(const ports::HttpRequest&, std::stop_token) override {
      return tl::unexpected(ports::HttpFailure{.kind = ports::HttpError::stopped});
    }
  } stopped;
  BreakerHttp probe(stopped, *database, random_, "shipstation");
  EXPECT_EQ(send(probe).error().kind, ports::HttpError::stopped);
  EXPECT_EQ(send(other_)->status, 200);
}

TEST_P(Breaking, PagesHearOfIt) {
  outage();
  for (int i = 0; i < 5; ++i) send(one_);
  EXPECT_EQ(one("SELECT data FROM live_events WHERE kind = 'breaker.changed'"),
            R"({"partner":"shipstation","state":"open"})");
}

}  // namespace
}  // namespace tallyman::engine
