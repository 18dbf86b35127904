// What alert-check makes of whole days of the real sync: silence where nothing happens, an alarm
// where nothing can happen.
#include <gtest/gtest.h>

#include "adapters/book/nodes.h"
#include "ports/statements.h"
#include "stories/story.h"
#include "workflows/alert_check.h"
#include "workflows/schedules.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class AlertStory : public testing::Test {
 protected:
  AlertStory() {
    rules_.table = workflows::settings_table();
    rules_.partners = {{.name = "shipstation",
                        .title = "ShipStation",
                        .credentials = alerts::Credentials::complete,
                        .fingerprint = "f1"}};
    // It is daily and does not run here.
    story_.script("DELETE FROM workflow_controls WHERE workflow_name <> 'shipstation-sync'");
  }

  // A quarter of an hour with a sync at its end, and a look at it.
  workflows::AlertCheckResult quarter() {
    story_.sync(15min);
    return look();
  }
  workflows::AlertCheckResult look() {
    const auto write = [&](const std::function<void(ports::Tx&)>& work) {
      story_.database().transact(ports::TxMode::write, work);
    };
    write([](ports::Tx& tx) {
      book::beat_node(tx, {.id = "n1", .holder = "web1, process 7 #x", .version = "1"});
    });
    return workflows::check_alerts(story_.database(), write, rules_);
  }
  std::string open() {
    std::string text;
    for (const auto& row :
         story_.rows("SELECT rule FROM alerts WHERE state = 'open' ORDER BY alert_id")) {
      text += (text.empty() ? "" : ", ") + row[0];
    }
    return text;
  }

  Story story_;
  workflows::AlertCheckSettings rules_;
};

TEST_F(AlertStory, AQuietWeekendIsSilent) {
  story_.seed(sandbox::SeedPlan::of(30));
  for (int i = 0; i < 2 * 24 * 4 + 20; ++i) {
    ASSERT_EQ(quarter().found, 0) << open() << " at " << to_text(story_.clock().now());
  }
}

TEST_F(AlertStory, AShipStationThatIsAwayIsToldAndItsReturnClosesIt) {
  quarter();
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  for (int i = 0; i < 3; ++i) quarter();
  EXPECT_EQ(open(), "run_failed_repeatedly, breaker_open");
  for (int i = 0; i < 6; ++i) quarter();
  EXPECT_EQ(open(), "run_failed_repeatedly, breaker_open, read_until_unmoved")
      << "two hours are over";
  story_.world().clear_faults();
  for (int i = 0; i < 2; ++i) quarter();  // the breaker probes within ten minutes
  EXPECT_EQ(open(), "");
}

TEST_F(AlertStory, ASyncThatStandsStillIsMissed) {
  for (int i = 0; i < 3; ++i) quarter();
  story_.clock().advance(14min);
  look();
  EXPECT_EQ(open(), "");
  story_.clock().advance(9min);
  look();
  EXPECT_EQ(open(), "schedule_missed");
  quarter();
  EXPECT_EQ(open(), "");
}

}  // namespace
}  // namespace tallyman::tests
