// Two programs on one PostgreSQL: what one enqueues wakes the other. Its worker looks by itself
// once an hour, so that only a hint can have woken it.
#include "engine/hints.h"

#include "adapters/book/hints.h"
#include "adapters/database/hint_line.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_connection.h"
#include "support/postgres.h"
#include "tests/engine/worker_test.h"

namespace tallyman::engine {
namespace {

class HintsTest : public Workers {
 protected:
  HintsTest()
      : other_(database.open_again()),
        is_listening_(
            "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query = 'LISTEN " +
            std::string(book::kWorkChannel) + "'") {}

  static HintSettings settings(std::string node, std::function<void()> on_hint = [] {}) {
    return {.node_id = std::move(node),
            .apart = 1ms,
            .first_pause = 5ms,
            .longest_pause = 20ms,
            .on_hint = std::move(on_hint)};
  }
  std::unique_ptr<Hints> hints(HintSettings given, ports::Database* on = nullptr) {
    given.log = [this](LogLevel, const std::string& text) {
      const std::lock_guard lock(mutex);
      told.push_back(text);
    };
    return std::make_unique<Hints>(WorkerParts{.database = on != nullptr ? *on : *other_,
                                               .clock = clock,
                                               .threads = threads,
                                               .random = random},
                                   std::move(given));
  }
  std::unique_ptr<ports::HintLine> line(const std::string& own_id) {
    return line_to(database.url(), own_id);
  }
  std::unique_ptr<ports::HintLine> line_to(const std::string& url, const std::string& own_id) {
    return database::make_hint_line(url, {.clock = clock, .random = random},
                                    {.channel = book::kWorkChannel, .own_id = own_id});
  }
  // A worker that looks at its start, when a job of its own ends, and then once an hour.
  std::unique_ptr<Worker> sleeper() {
    auto slow = quick();
    slow.poll = slow.idle_poll = 1h;
    return worker({{"work", [](JobContext&) -> JobEnd { return JobDone{}; }}}, slow);
  }
  void when_told(std::string_view text) {
    for (const Micros until = clock.steady() + 1min; !was_told(text);) {
      ASSERT_LT(clock.steady(), until) << "never told: " << text;
      clock.wait(2ms, {}, nullptr);
    }
  }
  std::ptrdiff_t times_told(std::string_view text) {
    const std::lock_guard lock(mutex);
    return std::ranges::count_if(
        told, [&](const auto& line) { return line.find(text) != std::string::npos; });
  }
  // One by one: what woke the worker for one job cannot have shown it the next.
  void expect_work_is_found_by_hints(Hints& of_other) {
    for (int i = 0; i < 4; ++i) {
      const auto id = add({.kind = "work"});
      of_other.tell();
      when(id, JobState::done);
      if (HasFailure()) return;
    }
  }

  std::unique_ptr<ports::Database> other_;
  const std::string is_listening_;
};
INSTANTIATE_TEST_SUITE_P(Engine, HintsTest, ::testing::Values(ports::Dialect::postgres),
                         dialect_name);

TEST_P(HintsTest, AJobThatAnotherProgramEnqueuedIsBegunBeforeTheNextLook) {
  const auto idle = sleeper();
  const auto ours = hints(settings("idle", [&] { idle->wake(); }), &*database);
  ours->hear(line("idle"));
  when_one(is_listening_, "1");
  const auto others = hints(settings("busy"));
  expect_work_is_found_by_hints(*others);
}

TEST_P(HintsTest, AListenerThatWasCutOffComesBackAndSaysSoOnce) {
  const auto idle = sleeper();
  const auto ours = hints(settings("idle", [&] { idle->wake(); }), &*database);
  ours->hear(line("idle"));
  when_one(is_listening_, "1");
  const auto cut = [&] {
    tests::PostgresServer::of_this_program().command(
        "SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '" +
        tests::database_name(database.url()) + "' AND query = 'LISTEN " +
        std::string(book::kWorkChannel) + "'");
  };
  cut();
  when_told("cannot be heard");
  when_told("is heard again");
  when_one(is_listening_, "1");
  const auto others = hints(settings("busy"));
  expect_work_is_found_by_hints(*others);
  EXPECT_EQ(times_told("cannot be heard"), 1);
  EXPECT_EQ(times_told("is heard again"), 1);
}

TEST_P(HintsTest, WhatIsToldWhileNobodyCouldHearIsLookedForOnceTheLineIsOpen) {
  const auto first = add({.kind = "work"});
  const auto idle = sleeper();
  when(first, JobState::done);  // it has looked, and looks no more by itself
  const auto before = add({.kind = "work"});
  const auto ours = hints(settings("idle", [&] { idle->wake(); }), &*database);
  ours->hear(line("idle"));
  when(before, JobState::done);
}

TEST_P(HintsTest, WithoutHintsWorkIsFoundByLooking) {
  auto& server = tests::PostgresServer::of_this_program();
  const auto gone = server.url("no_such_database");
  const auto looking = worker({{"work", [](JobContext&) -> JobEnd { return JobDone{}; }}});
  const auto ours = hints(settings("idle", [&] { looking->wake(); }), &*database);
  ours->hear(line_to(gone, "idle"));
  when_told("cannot be heard");
  when(add({.kind = "work"}), JobState::done);
  ours->hear_no_more();
  ours->finish();
  EXPECT_EQ(times_told("cannot be heard"), 1) << "told again at each try";
}

TEST_P(HintsTest, WhoCannotTellSaysSoOnceAndGoesOn) {
  tests::FreshDatabase doomed(ports::Dialect::postgres);
  const auto others = hints(settings("busy"), &*doomed);
  auto& server = tests::PostgresServer::of_this_program();
  const std::string name = tests::database_name(doomed.url());
  server.command("DROP DATABASE " + name + " WITH (FORCE)");
  others->tell();
  when_told("cannot be told");
  others->tell();
  others->finish();  // has tried that one too
  EXPECT_EQ(times_told("cannot be told"), 1);
  EXPECT_EQ(times_told("are told of jobs again"), 0);
}

TEST_P(HintsTest, ManyJobsAtOnceAreToldAsFewHints) {
  const auto address = database::postgres_address(database.url());
  ASSERT_TRUE(address) << address.error().what;
  database::PostgresConnection listener(*address,
                                        {.url = database.url(), .clock = clock, .random = random});
  listener.listen(std::string(book::kWorkChannel));
  auto patient = settings("busy");
  patient.apart = 1h;
  const auto others = hints(patient);
  for (int i = 0; i < 200; ++i) {
    add({.kind = "work"});
    others->tell();
  }
  others->finish();  // the last hint, whatever was told since the first
  other_->transact(ports::TxMode::write,
                   [](ports::Tx& tx) { book::tell_of_work(tx, "that was all"); });
  std::vector<std::string> heard;
  while (heard.empty() || heard.back() != "that was all") {
    for (auto& one : listener.wait_for_notifications(-1)) heard.push_back(std::move(one));
  }
  EXPECT_GE(heard.size(), 2U);
  EXPECT_LE(heard.size(), 3U) << "at most the first and the last";
}

TEST_P(HintsTest, NothingIsToldUnasked) {
  const auto address = database::postgres_address(database.url());
  ASSERT_TRUE(address) << address.error().what;
  database::PostgresConnection listener(*address,
                                        {.url = database.url(), .clock = clock, .random = random});
  listener.listen(std::string(book::kWorkChannel));
  hints(settings("busy"))->finish();
  other_->transact(ports::TxMode::write,
                   [](ports::Tx& tx) { book::tell_of_work(tx, "the only one"); });
  EXPECT_EQ(listener.wait_for_notifications(-1), std::vector<std::string>{"the only one"});
}

TEST(PauseBeforeOpening, DoublesUpToItsLimitWithATenthByChance) {
  const HintSettings settings;
  EXPECT_EQ(pause_before_opening(settings, 1, 0), 1s);
  EXPECT_EQ(pause_before_opening(settings, 2, 0), 2s);
  EXPECT_EQ(pause_before_opening(settings, 6, 0), 32s);
  EXPECT_EQ(pause_before_opening(settings, 7, 0), 1min);
  EXPECT_EQ(pause_before_opening(settings, 1'000'000, 0), 1min);
  EXPECT_EQ(pause_before_opening(settings, 7, 999), 66s);
}

}  // namespace
}  // namespace tallyman::engine
