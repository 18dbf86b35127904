// ShipStation is down for a while, or shows one order that it cannot serve: the breaker tells the
// two apart.
#include <gtest/gtest.h>

#include "adapters/book/breakers.h"
#include "ports/statements.h"
#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

work::Breaker breaker(Story& story) {
  return ports::transact(story.database(), ports::TxMode::read, [](ports::Tx& tx) {
    return book::find_breaker(tx, "shipstation").breaker;
  });
}

TEST(Outage, AfterFiveFailuresRunsSayThatCallsArePausedAndAskNothing) {
  Story story;
  story.world().create_order(goods("17612", 2, "100001"));
  story.sync();
  story.world().set_fault({.fault = sandbox::Fault::unreachable});
  story.sync();                          // three tries
  story.sync(std::chrono::seconds{20});  // two more, then it opens
  EXPECT_EQ(breaker(story).state, work::BreakerState::open);
  const auto asked = story.world().requests();
  const auto watermarks = story.watermarks();
  const auto paused = story.sync(5s);
  EXPECT_EQ(paused.outcome, book::Outcome::failed);
  EXPECT_EQ(paused.failure, ports::CallError::paused);
  EXPECT_NE(paused.message.find("paused after failures: 5 requests in a row failed"),
            std::string::npos)
      << paused.message;
  EXPECT_NE(paused.message.find("The next try is in"), std::string::npos) << paused.message;
  EXPECT_EQ(story.world().requests(), asked) << "nothing was sent";
  EXPECT_EQ(story.watermarks(), watermarks) << "nothing was lost either";
}

TEST(Outage, ItGoesOnByItselfWhenShipStationAnswersAgain) {
  Story story;
  story.sync();
  story.world().set_fault({.fault = sandbox::Fault::unreachable});
  for (int i = 0; i < 4; ++i) story.sync();
  EXPECT_GT(breaker(story).openings, 1) << "probed in between, and paused for longer";
  story.world().create_order(goods("17612", 2, "100001"));
  story.world().clear_faults();
  story.sync(15min);
  EXPECT_EQ(breaker(story), work::Breaker{});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
  EXPECT_TRUE(story.differences().empty());
}

// The search for one unreadable order meets up to twenty refusals: it must be let finish.
TEST(Outage, OneUnreadableOrderDoesNotOpenTheBreaker) {
  Story story;
  std::int64_t poisoned = 0;
  for (int i = 0; i < 120; ++i) {
    const auto id = story.world().create_order(goods("17612", 1));
    if (i == 77) poisoned = id;
  }
  story.world().set_fault({.fault = sandbox::Fault::poison_row, .order = poisoned});
  const auto result = story.sync();
  EXPECT_EQ(result.outcome, book::Outcome::partial) << result.message;
  EXPECT_EQ(breaker(story), work::Breaker{});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "119");
}

TEST(Outage, UnitsOfEveryShipStationOrderAreKept) {
  Story story;
  story.world().create_order(goods("17612 - 250340", 3, "100001"));
  story.world().create_order(goods("99999", 4, "500"));  // not ours
  story.sync();
  EXPECT_EQ(story.rows("SELECT CAST(units AS TEXT) FROM remote_orders ORDER BY order_number"),
            (std::vector<std::vector<std::string>>{{"3"}, {"4"}}));
}

}  // namespace
}  // namespace tallyman::tests
