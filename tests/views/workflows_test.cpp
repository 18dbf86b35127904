#include "views/workflows.h"

#include "adapters/book/controls.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::views {
namespace {

using namespace std::chrono_literals;

TEST(P95, IsTheNearestRank) {
  EXPECT_EQ(p95({}), std::nullopt);
  EXPECT_EQ(p95({7s}), 7s);
  std::vector<Micros> hundred;
  for (int i = 100; i > 0; --i) hundred.emplace_back(i * 1s);
  EXPECT_EQ(p95(hundred), 95s);
  EXPECT_EQ(p95({hundred.begin(), hundred.begin() + 20}), 99s) << "the 19th of 81 to 100";
}

class WorkflowsScreen : public tests::BookOnBoth {
 protected:
  WorkflowsScreen() {
    write([](ports::Tx& tx) {
      constexpr book::NewControl kSync[] = {{"sync", "Sync"}};
      book::add_controls(tx, kSync);
    });
  }
  Workflow look() {
    return write([&](ports::Tx& tx) {
      return workflows(tx, {.workflows = {{.name = "sync", .description = {}, .effect_of_off = {}}},
                            .warehouse = {},
                            .table = table_,
                            .configured = configured_})
          .at(0);
    });
  }
  void run(int number, const std::string& outcome, int seconds) {
    const auto text = [](std::int64_t value) { return std::to_string(value); };
    const std::int64_t start = 1'700'000'000'000'000 + number * 1'000'000LL;
    database.script(
        "INSERT INTO runs (run_id, workflow, mode, outcome, why, started_us, finished_us) VALUES "
        "('r" +
        text(number) + "', 'sync', 'live', '" + outcome + "', 'schedule', " + text(start) + ", " +
        (seconds < 0 ? "NULL" : text(start + seconds * 1'000'000LL)) + ")");
  }

  const std::vector<settings::UsualSchedule> usual_{{"sync", "every 5 minutes"}};
  settings::Table table_{usual_};
  settings::Configured configured_;
};
INSTANTIATE_TEST_SUITE_P(Views, WorkflowsScreen, tests::kBothDialects, tests::dialect_name);

TEST_P(WorkflowsScreen, RunsAreNewestLastAndSkippedOnesMeasureNothing) {
  run(1, "ok", 3);
  run(2, "skipped", 900);
  run(3, "failed", 5);
  run(4, "running", -1);
  const auto one = look();
  ASSERT_EQ(one.runs.size(), 4U);
  EXPECT_EQ(one.runs.front().id.value, "r1");
  EXPECT_EQ(one.runs.back().id.value, "r4");
  EXPECT_EQ(book::duration(one.runs.back()), std::nullopt);
  EXPECT_EQ(one.p95, 5s);
}

TEST_P(WorkflowsScreen, WhatHasNoRowIsOffAndSaysSo) {
  database.script("DELETE FROM workflow_controls");
  const auto one = look();
  EXPECT_EQ(one.state, WorkflowState::off);
  EXPECT_NE(one.reason.find("missing"), std::string::npos);
  EXPECT_EQ(one.next_run, std::nullopt);
}

TEST_P(WorkflowsScreen, MissedTicksOlderThanAWeekAreForgotten) {
  const auto missed = [&](int tick, int count, Micros ago) {
    const auto at = write([](ports::Tx& tx) { return tx.now(); }) - ago;
    database.script(
        "INSERT INTO schedule_ticks (workflow, tick_us, missed, recorded_us) VALUES "
        "('sync', " +
        std::to_string(tick) + ", " + std::to_string(count) + ", " + std::to_string(to_micros(at)) +
        ")");
  };
  missed(1, 11, 24h * 8);
  missed(2, 3, 24h * 6);
  missed(3, 2, 1h);
  EXPECT_EQ(look().missed.ticks, 5);
}

}  // namespace
}  // namespace tallyman::views
