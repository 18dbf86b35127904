// ShipStation fails in every way it can: the run says so in words, nothing half-read is kept, and
// the next run makes up for it.
#include <gtest/gtest.h>

#include <ostream>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using sandbox::Fault;
using sandbox::FaultSpec;

struct Failure {
  std::string_view name;
  FaultSpec fault;
  std::string_view cause;  // part of the message
  std::int64_t tries;      // requests that the failing page may cost
};

void PrintTo(const Failure& failure, std::ostream* out) { *out << failure.name; }

class FailingSource : public ::testing::TestWithParam<Failure> {};

TEST_P(FailingSource, LeavesTheBookAsItWasAndTheNextRunMakesUpForIt) {
  Story story({.latency = 50ms});
  story.settings().reading.page_size = 10;
  story.seed(sandbox::SeedPlan::of(40));
  story.sync();
  story.world().act(60);
  const auto book = story.book();
  const auto watermarks = story.watermarks();
  story.world().clear_log();

  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges == 3) story.world().set_fault(GetParam().fault);  // two pages are read well
  });
  const auto run = story.sync();
  story.clock().on_wait({});
  EXPECT_EQ(run.outcome, book::Outcome::failed) << run.message;
  EXPECT_NE(run.message.find(GetParam().cause), std::string::npos) << run.message;
  EXPECT_NE(run.message.find("The watermark has not moved."), std::string::npos) << run.message;
  EXPECT_EQ(story.one("SELECT message FROM runs WHERE outcome = 'failed'"), run.message);
  EXPECT_TRUE(run.failure.has_value());
  EXPECT_TRUE(story.book() == book) << "the book was touched";
  EXPECT_EQ(story.watermarks(), watermarks);
  EXPECT_LE(story.world().requests(), 2 + GetParam().tries);

  story.world().clear_faults();
  const auto next = story.sync();
  EXPECT_NE(next.outcome, book::Outcome::failed) << next.message;
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

FaultSpec on_list(Fault fault) { return {.fault = fault, .path = "/orders"}; }

INSTANTIATE_TEST_SUITE_P(
    Each, FailingSource,
    ::testing::Values(
        Failure{"truncated_body", on_list(Fault::truncated_body), "unreadable", 2},
        Failure{"html_page", on_list(Fault::html_page), "an HTML page", 2},
        Failure{"throttle_storm", on_list(Fault::throttle_storm), "rate limit", 3},
        Failure{"throttle_bare", on_list(Fault::throttle_bare), "rate limit", 3},
        Failure{"never_answer", on_list(Fault::never_answer), "timeout", 3},
        Failure{"slow", {.fault = Fault::slow, .amount = 3600, .path = "/orders"}, "timeout", 3},
        Failure{"lost_request", on_list(Fault::lost_request), "timeout", 3},
        Failure{"connection_reset", on_list(Fault::connection_reset), "broke off", 3},
        Failure{"unreachable", on_list(Fault::unreachable), "refused", 3},
        Failure{"redirect", on_list(Fault::redirect), "redirect refused", 1},
        Failure{"huge_body", on_list(Fault::huge_body), "larger than allowed", 1}),
    [](const auto& failure) { return std::string(failure.param.name); });

TEST(FailingPages, A500OnALaterPageThatStaysIsAnOutageAndNothingIsQuarantined) {
  Story story({.latency = 50ms});
  story.settings().reading.page_size = 10;
  story.seed(sandbox::SeedPlan::of(40));
  const auto book = story.book();
  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges == 3) story.world().set_fault(on_list(Fault::server_error));
  });
  const auto run = story.sync();
  story.clock().on_wait({});
  EXPECT_EQ(run.outcome, book::Outcome::failed);
  EXPECT_EQ(run.failure, ports::CallError::server_error);
  EXPECT_TRUE(story.book() == book) << "the book was touched";
  EXPECT_EQ(story.watermarks(), "");
  EXPECT_LE(run.numbers.requests, 2 + 3 + 20) << "at most 20 probes";
  story.world().clear_faults();
  story.sync();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(FailingPages, A500ThatPassesCostsOneMoreTry) {
  Story story;
  story.seed(sandbox::SeedPlan::of(40));
  story.world().set_fault({.fault = Fault::server_error, .times = 1, .path = "/orders"});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(FailingPages, RefusedCredentialsFailAtOnce) {
  Story story({.key = "another-key"});
  story.world().create_order(goods("17612 - 250340"));
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::failed);
  EXPECT_EQ(run.failure, ports::CallError::unauthorized);
  EXPECT_EQ(run.numbers.requests, 1);
  EXPECT_EQ(story.one("SELECT failure FROM runs"), "credentials refused");
  EXPECT_EQ(story.watermarks(), "");
}

TEST(FailingPages, NullsAmongTheRowsLoseNone) {
  Story story;
  story.settings().reading.page_size = 10;
  story.seed(sandbox::SeedPlan::of(40));
  story.world().set_fault({.fault = Fault::null_element});
  story.sync();
  story.heal();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(FailingPages, ATotalThatIsTooHighIsNotGreen) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  story.world().set_fault({.fault = Fault::total_off, .amount = 3});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::failed);
  EXPECT_NE(run.message.find("rows are counted"), std::string::npos) << run.message;
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM sync_watermark "
                      "WHERE workflow_name = 'shipstation-sync' AND watermark_us IS NOT NULL"),
            "0");
  story.heal();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(FailingPages, MembersNobodyKnowsAndPagesZeroChangeNothing) {
  Story story;
  story.settings().reading.page_size = 10;
  story.seed(sandbox::SeedPlan::of(40));
  story.world().set_fault({.fault = Fault::unknown_members});
  story.world().set_fault({.fault = Fault::pages_zero});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

// The streams fail on their own: what the orders list said is kept, and the shipments come later.
TEST(FailingStreams, OrdersAreKeptAndTheStreamIsReadInTheNextRun) {
  for (const std::string path : {"/shipments", "/fulfillments"}) {
    Story story;
    const auto id = story.world().create_order(goods("17612 - 250340", 2));
    story.world().ship(id);
    const auto marked = story.world().create_order(goods("17612 - 250340", 3));
    story.world().mark_as_shipped(marked, {.tracking = "1Z42"});
    story.world().set_fault({.fault = Fault::html_page, .path = path});
    const auto run = story.sync(15min);
    EXPECT_EQ(run.outcome, book::Outcome::failed);
    EXPECT_NE(run.message.find("orders read before it are kept"), std::string::npos) << run.message;
    EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox WHERE status = 'shipped'"), "2");
    story.world().clear_faults();
    // Later the orders list is silent; the streams are due all the same.
    const auto next = story.sync(20min);
    EXPECT_EQ(next.numbers.received, 0);
    EXPECT_EQ(story.differences(), std::vector<std::string>{}) << path;
  }
}

}  // namespace
}  // namespace tallyman::tests
