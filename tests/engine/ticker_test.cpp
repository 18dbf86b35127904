#include "engine/ticker.h"

#include <gtest/gtest.h>

#include <latch>

#include "adapters/book/controls.h"
#include "adapters/book/migrations.h"
#include "adapters/book/nodes.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/system_threads.h"
#include "adapters/time/virtual_clock.h"
#include "adapters/time/zones.h"
#include "ports/statements.h"
#include "support/databases.h"
#include "support/postgres.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

constexpr settings::UsualSchedule kUsual[] = {
    {"sync", "every 5 minutes"}, {"report", "daily at 02:30"}, {"closing", "by a person"}};

Instant utc(const std::string& text) { return instant_from_text(text + "Z").value(); }

TickerRules chicago_rules() {
  return {.warehouse = timing::load_zone("America/Chicago").value(),
          .table = settings::Table(kUsual)};
}

std::vector<TickedWorkflow> workflows(std::initializer_list<std::string_view> names) {
  std::vector<TickedWorkflow> all;
  for (const auto name : names) all.push_back({.name = std::string(name)});
  return all;
}

// Runs the thread's work in the caller's, until it is told to stop.
class InThisThread final : public ports::Threads {
 public:
  std::unique_ptr<ports::Thread> start(std::string,
                                       std::function<void(std::stop_token)> work) override {
    work(stop.get_token());
    return nullptr;
  }
  std::stop_source stop;
};

void set_up(ports::Database& database) {
  database::migrate(database, book::migrations(database.dialect())).value();
  constexpr book::NewControl kControls[] = {{"sync", "Sync"}, {"report", ""}, {"closing", ""}};
  ports::transact(database, ports::TxMode::write,
                  [&](ports::Tx& tx) { book::add_controls(tx, kControls); });
}

// SQLite, so that the database's clock is ours.
class Ticking : public ::testing::Test {
 protected:
  Ticking()
      : database_(database::open_database("sqlite:" + (folder_.path() / "book.db").string(),
                                          {.clock = clock_, .random = random_})
                      .value()) {
    set_up(*database_);
  }

  Ticker ticker(std::vector<TickedWorkflow> all = workflows({"sync"}), TickerHooks hooks = {}) {
    return {*database_, clock_, threads_, std::move(all), chicago_rules(), std::move(hooks)};
  }
  void script(std::string_view sql) {
    database_->transact(ports::TxMode::write, [&](ports::Tx& tx) { tx.script(sql); });
  }
  // The worker's part: what was enqueued is done at once.
  void finish_jobs() { script("UPDATE jobs SET state = 'done'"); }
  // Every tick taken from now on until `end`, looking every ten seconds.
  std::vector<Tick> ticks_until(Ticker& looking, Instant end) {
    std::vector<Tick> all;
    while (clock_.now() < end) {
      clock_.advance(10s);
      for (const auto& tick : looking.look()) all.push_back(tick);
      finish_jobs();
    }
    return all;
  }

  tests::TempFolder folder_;
  timing::VirtualClock clock_{utc("2026-11-20T15:02:10")};
  tests::SteadyRandom random_;
  InThisThread threads_;
  std::unique_ptr<ports::Database> database_;
};

TEST_F(Ticking, AFreshInstallationTicksAtOnceAndThenOnItsGrid) {
  auto one = ticker();
  const auto first = one.look();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].at, utc("2026-11-20T15:00:00"));
  EXPECT_EQ(first[0].missed, 0);
  EXPECT_FALSE(first[0].joined);
  EXPECT_TRUE(one.look().empty());
  finish_jobs();
  const auto hour = ticks_until(one, utc("2026-11-20T16:02:10"));
  ASSERT_EQ(hour.size(), 12U);
  for (std::size_t i = 0; i < hour.size(); ++i) {
    EXPECT_EQ(hour[i].at, utc("2026-11-20T15:05:00") + static_cast<int>(i) * 5min);
  }
}

TEST_F(Ticking, TheJobSaysWhoAskedAndWhy) {
  auto one = ticker({{.name = "sync", .priority = work::Priority::repair, .timeout = 7min}});
  const auto job = one.look().at(0).job;
  const auto found = ports::transact(*database_, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::find_job(tx, job).value();
  });
  EXPECT_EQ(found.kind, "sync");
  EXPECT_EQ(found.unique_key, "sync");
  EXPECT_EQ(found.single_flight, "sync");
  EXPECT_EQ(found.asked_by, "schedule");
  EXPECT_EQ(found.why, "every 5 minutes");
  EXPECT_EQ(found.priority, work::Priority::repair);
  EXPECT_EQ(found.timeout, 7min);
}

TEST_F(Ticking, ATickWhoseLastJobStillRunsJoinsIt) {
  auto one = ticker();
  const auto first = one.look().at(0);
  clock_.set(utc("2026-11-20T15:05:01"));
  const auto second = one.look().at(0);
  EXPECT_TRUE(second.joined);
  EXPECT_EQ(second.job, first.job);
}

TEST_F(Ticking, MissedTicksBecomeOneAndAreCounted) {
  auto one = ticker();
  one.look();
  finish_jobs();
  clock_.advance(1h);
  const auto late = one.look();
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].at, utc("2026-11-20T16:00:00"));
  EXPECT_EQ(late[0].missed, 11);
  const auto missed = ports::transact(*database_, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::missed_ticks(tx, utc("2026-11-20T00:00:00"));
  });
  EXPECT_EQ(missed.at("sync").ticks, 11);
  EXPECT_EQ(missed.at("sync").last, clock_.now());
}

TEST_F(Ticking, AClockAnHourAheadAndBackAgainNeitherDoublesNorLeavesOut) {
  auto one = ticker();
  one.look();
  finish_jobs();
  clock_.set(clock_.now() + 1h);
  EXPECT_EQ(one.look().at(0).missed, 11);
  finish_jobs();
  clock_.set(clock_.now() - 1h);
  const auto hour = ticks_until(one, utc("2026-11-20T16:02:00"));
  EXPECT_EQ(hour.size(), 12U);
  for (const auto& tick : hour) EXPECT_EQ(tick.missed, 0);
}

TEST_F(Ticking, AClockAnHourBackGoesOnWorking) {
  auto one = ticker();
  one.look();
  finish_jobs();
  ticks_until(one, utc("2026-11-20T16:02:00"));
  clock_.set(clock_.now() - 1h);
  EXPECT_EQ(ticks_until(one, utc("2026-11-20T16:02:00")).size(), 12U);
}

TEST_F(Ticking, ADailyOneRunsOnceOnEachNightOfDst) {
  for (const auto& [evening, tick, morning] :
       {std::tuple{"2026-03-07T20:00:00", "2026-03-08T08:00:00", "2026-03-08T20:00:00"},
        std::tuple{"2026-10-31T20:00:00", "2026-11-01T08:30:00", "2026-11-01T20:00:00"}}) {
    script("DELETE FROM schedules; DELETE FROM schedule_ticks");
    clock_.set(utc(evening));
    auto one = ticker(workflows({"report"}));
    one.look();
    finish_jobs();
    std::vector<Tick> night;
    for (; clock_.now() < utc(morning); clock_.advance(1min)) {
      for (const auto& each : one.look()) night.push_back(each);
      finish_jobs();
    }
    ASSERT_EQ(night.size(), 1U) << evening;
    EXPECT_EQ(night[0].at, utc(tick));
  }
}

TEST_F(Ticking, SwitchedOffBySqlItStopsWithinACycleAndSaysWhoDidIt) {
  auto one = ticker();
  one.look();
  finish_jobs();
  script("UPDATE workflow_controls SET enabled = 0 WHERE workflow_name = 'sync'");
  EXPECT_TRUE(ticks_until(one, clock_.now() + 1h).empty());
  const auto control = ports::transact(*database_, ports::TxMode::read, [](ports::Tx& tx) {
    return book::list_controls(tx).back();
  });
  EXPECT_EQ(control.workflow, "sync");
  EXPECT_EQ(control.changed_by, "plain SQL");
  EXPECT_TRUE(control.is_seen) << "it is written down";
  script("UPDATE workflow_controls SET enabled = 1 WHERE workflow_name = 'sync'");
  const auto again = ticks_until(one, clock_.now() + 10min);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].missed, 0) << "time switched off is not missed";
}

TEST_F(Ticking, WithoutItsRowAWorkflowDoesNotRunNorAfterARestart) {
  auto one = ticker();
  one.look();
  finish_jobs();
  script("DELETE FROM workflow_controls WHERE workflow_name = 'sync'");
  EXPECT_TRUE(ticks_until(one, clock_.now() + 10min).empty());
  set_up(*database_);
  EXPECT_TRUE(ticks_until(one, clock_.now() + 10min).empty());
  const auto is_on = ports::transact(*database_, ports::TxMode::read,
                                     [](ports::Tx& tx) { return book::is_enabled(tx, "sync"); });
  EXPECT_FALSE(is_on);
}

TEST_F(Ticking, AScheduleChangedBySqlCountsFromTheNextLook) {
  auto one = ticker();
  one.look();
  finish_jobs();
  script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('schedule', 'sync', 'every 15 minutes')");
  const auto hour = ticks_until(one, utc("2026-11-20T16:02:00"));
  ASSERT_EQ(hour.size(), 4U);
  EXPECT_EQ(hour[0].at, utc("2026-11-20T15:15:00"));
}

TEST_F(Ticking, AScheduleThatIsNotAllowedFallsBackToTheUsualOne) {
  auto one = ticker();
  script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('schedule', 'sync', 'every 0 minutes')");
  one.look();
  finish_jobs();
  EXPECT_EQ(ticks_until(one, utc("2026-11-20T16:02:00")).size(), 12U);
}

TEST_F(Ticking, APartnerThatIsNotSetUpHasNoTicksAndMissesNone) {
  bool has_key = false;
  auto one = ticker({{.name = "sync", .is_set_up = [&] { return has_key; }}});
  EXPECT_TRUE(ticks_until(one, clock_.now() + 30min).empty());
  EXPECT_TRUE(ports::transact(*database_, ports::TxMode::read, book::list_schedules).empty());
  has_key = true;
  const auto first = one.look();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].missed, 0);
}

TEST_F(Ticking, TimeWithoutCredentialsIsNotMissedWhenTheyComeBack) {
  bool has_key = true;
  auto one = ticker({{.name = "sync", .is_set_up = [&] { return has_key; }, .partner = "fax"}});
  ASSERT_EQ(one.look().size(), 1U);
  finish_jobs();
  has_key = false;  // started again without
  EXPECT_TRUE(ticks_until(one, clock_.now() + 30min).empty());
  has_key = true;
  const auto first = one.look();
  ASSERT_LE(first.size(), 1U);
  for (const auto& tick : first) EXPECT_EQ(tick.missed, 0);
  finish_jobs();
  const auto later = ticks_until(one, clock_.now() + 10min);
  ASSERT_EQ(later.size(), 2U);
  for (const auto& tick : later) EXPECT_EQ(tick.missed, 0);
}

TEST_F(Ticking, ANodeWithoutCredentialsLeavesTheScheduleToThoseThatHaveThem) {
  bool has_key = true;
  auto one = ticker({{.name = "sync", .is_set_up = [&] { return has_key; }, .partner = "fax"}});
  one.look();
  finish_jobs();
  const auto before = ports::transact(*database_, ports::TxMode::read, book::list_schedules);
  has_key = false;
  for (int i = 0; i < 30; ++i) {
    clock_.advance(1min);
    ports::transact(*database_, ports::TxMode::write, [](ports::Tx& tx) {
      book::beat_node(tx, {.id = "n2",
                           .holder = "web2, process 9 #x",
                           .version = "1",
                           .setup = {.partners = {{.partner = "fax", .credentials = "complete"}}}});
    });
    EXPECT_TRUE(one.look().empty());
  }
  EXPECT_EQ(ports::transact(*database_, ports::TxMode::read, book::list_schedules), before);
}

TEST_F(Ticking, WhatAPersonStartsNeverTicks) {
  auto one = ticker(workflows({"closing"}));
  EXPECT_TRUE(ticks_until(one, clock_.now() + 1h).empty());
}

TEST_F(Ticking, ABookThatCannotBeReadStartsNothingAndSwitchesNothingOn) {
  auto one = ticker();
  one.look();
  finish_jobs();
  script("UPDATE workflow_controls SET enabled = 0 WHERE workflow_name = 'sync'");
  one.look();
  script("ALTER TABLE workflow_controls RENAME TO hidden");
  clock_.advance(10min);
  EXPECT_THROW(one.look(), ports::DbFailure);
  script("ALTER TABLE hidden RENAME TO workflow_controls");
  EXPECT_TRUE(ticks_until(one, clock_.now() + 10min).empty());
}

TEST_F(Ticking, OneRefusedWorkflowDoesNotKeepTheOthersFromTheirTicks) {
  auto both = ticker(workflows({"report", "sync"}));
  script(
      "CREATE TRIGGER refuse BEFORE INSERT ON jobs WHEN NEW.kind = 'report' "
      "BEGIN SELECT RAISE(ABORT, 'refused'); END");
  EXPECT_THROW(both.look(), ports::DbFailure);
  const auto states = ports::transact(*database_, ports::TxMode::read, book::list_schedules);
  EXPECT_TRUE(states.contains("sync"));
  EXPECT_FALSE(states.contains("report")) << "no tick without its job";
}

// The thread itself: how often it looks, what it says of a database that is gone for a minute.
TEST_F(Ticking, TheThreadLooksWithinEveryCycleAndSurvivesABookThatIsGone) {
  std::vector<Instant> taken;
  std::vector<std::string> troubles;
  std::vector<Micros> pauses;
  Ticker one(*database_, clock_, threads_, workflows({"sync"}), chicago_rules(),
             {.on_tick = [&](const Tick& tick) { taken.push_back(tick.at); },
              .on_trouble = [&](const std::string& what) { troubles.push_back(what); }});
  const Instant start = clock_.now();
  bool gone = false;
  clock_.on_wait([&](Instant until) {
    pauses.push_back(until - clock_.now());
    finish_jobs();
    const bool should_be_gone = until > start + 6min && until < start + 7min;
    if (should_be_gone != gone) {
      script(gone ? "ALTER TABLE hidden RENAME TO configuration_params"
                  : "ALTER TABLE configuration_params RENAME TO hidden");
      gone = should_be_gone;
    }
    if (until > start + 20min) threads_.stop.request_stop();
  });
  one.start();
  EXPECT_EQ(taken, (std::vector{utc("2026-11-20T15:00:00"), utc("2026-11-20T15:05:00"),
                                utc("2026-11-20T15:10:00"), utc("2026-11-20T15:15:00"),
                                utc("2026-11-20T15:20:00")}));
  for (const auto pause : pauses) EXPECT_LE(pause, 15s);
  ASSERT_EQ(troubles.size(), 2U);
  EXPECT_NE(troubles[0].find("nothing is started"), std::string::npos) << troubles[0];
  EXPECT_EQ(troubles[1], "");
  EXPECT_EQ(one.trouble(), "");
}

// --------------------------------------------------------------------------------- PostgreSQL
class TickingOnPostgres : public ::testing::Test {
 protected:
  TickingOnPostgres() { set_up(*database); }
  std::string count(const std::string& table) {
    return database.rows("SELECT CAST(COUNT(*) AS TEXT) FROM " + table).at(0).at(0);
  }
  void an_hour_passes() {
    database.script(
        "UPDATE schedules SET since_us = since_us - 3600000000, "
        "taken_until_us = taken_until_us - 3600000000;"
        "DELETE FROM schedule_ticks; DELETE FROM jobs");
  }
  tests::FreshDatabase database{ports::Dialect::postgres};
  InThisThread threads;
};

TEST_F(TickingOnPostgres, AHundredTickersTakeEachTickOnce) {
  constexpr int kTickers = 100;
  constexpr int kHandles = 10;  // of four connections each
  std::vector<std::unique_ptr<ports::Database>> handles;
  for (int i = 0; i < kHandles; ++i) handles.push_back(database.open_again());
  timing::VirtualClock clock(utc("2026-11-20T15:02:10"));
  for (int round = 0; round < 3; ++round) {
    if (round > 0) an_hour_passes();
    std::atomic<int> taken{0};
    std::atomic<int> missed{0};
    std::latch ready(kTickers);
    timing::SystemThreads real;
    std::vector<std::unique_ptr<ports::Thread>> crowd;
    for (int i = 0; i < kTickers; ++i) {
      crowd.push_back(real.start("node", [&, i](const std::stop_token&) {
        Ticker one(*handles.at(static_cast<std::size_t>(i % kHandles)), clock, threads,
                   workflows({"sync", "report"}), chicago_rules());
        ready.arrive_and_wait();
        for (const auto& tick : one.look()) {
          if (tick.workflow != "sync") continue;
          ++taken;
          missed += static_cast<int>(tick.missed);
        }
      }));
    }
    crowd.clear();  // joins
    // A boundary of five minutes may pass in between: then it is one tick more.
    EXPECT_GE(taken, 1);
    EXPECT_LE(taken, 2);
    EXPECT_EQ(count("schedule_ticks WHERE workflow = 'sync'"), std::to_string(taken));
    EXPECT_EQ(count("jobs WHERE kind = 'sync'"), "1");
    EXPECT_GE(missed, round == 0 ? 0 : 11);
  }
}

TEST_F(TickingOnPostgres, NodesWhoseClocksDifferTakeTheSameTicks) {
  timing::VirtualClock early(utc("2020-01-01T00:00:00"));
  timing::VirtualClock late(utc("2030-01-01T00:00:00"));
  const auto other = database.open_again();
  Ticker one(*database, early, threads, workflows({"sync"}), chicago_rules());
  Ticker two(*other, late, threads, workflows({"sync"}), chicago_rules());
  EXPECT_EQ(one.look().size(), 1U);
  EXPECT_TRUE(two.look().empty());
  an_hour_passes();
  EXPECT_GE(two.look().at(0).missed, 11);
  EXPECT_TRUE(one.look().empty());
}

TEST_F(TickingOnPostgres, ADatabaseThatIsDownStartsNothingAndSwitchesNothingOn) {
  timing::VirtualClock clock(utc("2026-11-20T15:02:10"));
  Ticker one(*database, clock, threads, workflows({"sync"}), chicago_rules());
  one.look();
  database.script("UPDATE workflow_controls SET enabled = 0 WHERE workflow_name = 'sync'");
  an_hour_passes();
  auto& server = tests::PostgresServer::of_this_program();
  server.stop();
  EXPECT_THROW(one.look(), ports::DbFailure);
  server.start();
  EXPECT_TRUE(one.look().empty());
  EXPECT_EQ(count("jobs"), "0");
  database.script("UPDATE workflow_controls SET enabled = 1 WHERE workflow_name = 'sync'");
  one.look();
  an_hour_passes();
  EXPECT_EQ(one.look().size(), 1U);
}

}  // namespace
}  // namespace tallyman::engine
