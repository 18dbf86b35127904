// What a worker makes of the answers of handlers, and of those that give none.
#include "tests/engine/worker_test.h"

namespace tallyman::engine {
namespace {

class Work : public Workers {};
INSTANTIATE_TEST_SUITE_P(Engine, Work, kBothDialects, dialect_name);

TEST_P(Work, AJobIsDoneOnceAndSaysSo) {
  std::atomic<int> runs = 0;
  const auto at_work = worker({{"count", [&](JobContext& job) -> JobEnd {
                                  ++runs;
                                  EXPECT_EQ(job.args(), R"({"n":3})");
                                  EXPECT_EQ(job.asked_by(), "user:ana");
                                  EXPECT_EQ(job.why(), "Sync now");
                                  EXPECT_EQ(job.attempt(), 1);
                                  EXPECT_EQ(job.run().value.size(), 32U);
                                  EXPECT_EQ(job.cursor(), "");
                                  job.log(LogLevel::warning, "one line\x01");
                                  job.progress("reading", 1, 2);
                                  job.progress("reading", 2, 2);
                                  return JobDone{.outcome = "partial",
                                                 .message = "counted to three",
                                                 .result = R"({"counted":3})"};
                                }}});
  const auto id =
      add({.kind = "count", .args = R"({"n":3})", .asked_by = "user:ana", .why = "Sync now"});
  at_work->wake();
  const auto job = when(id, JobState::done);
  EXPECT_EQ(job.outcome, "partial");
  EXPECT_EQ(job.message, "counted to three");
  EXPECT_EQ(job.result, R"({"counted":3})");
  EXPECT_EQ(job.phase, "reading");
  EXPECT_EQ(job.progress_done, 2);
  EXPECT_EQ(job.attempt, 1);
  EXPECT_TRUE(job.finished && job.started && job.run && job.node);
  EXPECT_FALSE(job.lease_until || job.deadline);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(attempts(id), std::vector<std::string>{"1 partial: counted to three"});
  EXPECT_EQ(one("SELECT level || ' ' || text FROM run_log"), "warning one line?");
  EXPECT_EQ(count("live_events WHERE kind = 'job.done'"), "1");
}

TEST_P(Work, JobsOfOtherKindsAreLeftToOthers) {
  const auto at_work = worker({{"mine", [](JobContext&) -> JobEnd { return JobDone{}; }}});
  const auto other = add({.kind = "min", .priority = work::Priority::person});
  when(add({.kind = "mine"}), JobState::done);
  EXPECT_EQ(find(other).state, JobState::available);
}

TEST_P(Work, WhatThrowsIsTriedAgainAndThenDead) {
  const auto at_work =
      worker({{"broken", [](JobContext& job) -> JobEnd {
                 throw std::runtime_error("no ink in attempt " + std::to_string(job.attempt()));
               }}});
  const auto id = add({.kind = "broken", .max_attempts = 2});
  const auto retried =
      when(id, [](const book::Job& job) { return job.attempt == 1 && !job.message.empty(); });
  EXPECT_EQ(retried.state, JobState::available);
  EXPECT_EQ(retried.message, "no ink in attempt 1");
  EXPECT_GT(retried.run_at, retried.started.value() + 800ms);
  EXPECT_LT(retried.run_at, retried.started.value() + 30s);
  const auto dead = when(id, JobState::dead);
  EXPECT_EQ(dead.attempt, 2);
  EXPECT_EQ(dead.outcome, "failed");
  EXPECT_EQ(dead.message, "no ink in attempt 2");
  EXPECT_EQ(attempts(id), (std::vector<std::string>{"1 failed: no ink in attempt 1",
                                                    "2 failed: no ink in attempt 2"}));
}

TEST_P(Work, WhatNoRetryHelpsIsDeadAtOnceAndWhatNeedsItIsCancelled) {
  const auto at_work = worker({{"hopeless", [](JobContext&) -> JobEnd {
                                  return JobFailed{.message = "no such order", .permanent = true};
                                }}});
  const auto id = add({.kind = "hopeless"});
  const auto next = add({.kind = "hopeless", .needs = {id}});
  EXPECT_EQ(when(id, JobState::dead).attempt, 1);
  EXPECT_EQ(when(next, JobState::cancelled).attempt, 0);
}

TEST_P(Work, ASnoozeSpendsNoAttempt) {
  std::atomic<int> runs = 0;
  const auto at_work = worker({{"throttled", [&](JobContext& job) -> JobEnd {
                                  EXPECT_EQ(job.attempt(), 1);
                                  if (++runs < 3) return JobSnooze{.pause = 1ms, .message = "429"};
                                  return JobDone{};
                                }}});
  const auto id = add({.kind = "throttled", .max_attempts = 1});
  const auto job = when(id, JobState::done);
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(job.attempt, 1);
  EXPECT_EQ(job.snoozes, 2);
  EXPECT_EQ(attempts(id), (std::vector<std::string>{"1 snoozed: 429", "1 snoozed: 429", "1 ok: "}));
}

TEST_P(Work, StepsRunInTheOrderOfTheirNeeds) {
  std::mutex order_mutex;
  std::string order;
  const auto at_work = worker({{"step", [&](JobContext& job) -> JobEnd {
                                  const std::lock_guard lock(order_mutex);
                                  order += job.args();
                                  return JobDone{};
                                }}});
  JobId last;
  ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto a = book::enqueue(tx, {.kind = "step", .args = "1"}).job;
    const auto b = book::enqueue(tx, {.kind = "step", .args = "2", .needs = {a}}).job;
    last = book::enqueue(tx, {.kind = "step", .args = "3", .needs = {a, b}}).job;
  });
  when(last, JobState::done);
  EXPECT_EQ(order, "123");
}

TEST_P(Work, TheCursorIsWrittenWithTheWorkAndTheNextAttemptGoesOnThere) {
  const auto at_work =
      worker({{"slices", [](JobContext& job) -> JobEnd {
                 if (job.cursor() == "slice 2") return JobDone{};
                 job.transact([&](ports::Tx& tx) { job.set_cursor(tx, "slice 2"); });
                 job.transact([&](ports::Tx& tx) {
                   job.set_cursor(tx, "slice 3");
                   throw std::runtime_error("slice 3 is torn");
                 });
                 return JobDone{};
               }}});
  const auto id = add({.kind = "slices"});
  EXPECT_EQ(when(id, JobState::done).attempt, 2);
}

TEST_P(Work, OneOfASingleFlightRunsAtATime) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const JobHandler handler = [&](JobContext& job) -> JobEnd {
    most = std::max<int>(most, ++inside);
    clock.wait(1ms, job.stop(), nullptr);
    --inside;
    return JobDone{};
  };
  const auto first = worker({{"sync", handler}});
  const auto second = worker({{"sync", handler}});
  std::vector<JobId> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(add({.kind = "sync", .single_flight = "sync"}));
  for (const auto id : ids) when(id, JobState::done);
  EXPECT_EQ(most, 1);
}

TEST_P(Work, PeopleGoBeforeWhatTheScheduleStarted) {
  std::mutex order_mutex;
  std::string order;
  for (const char* name : {"a", "b", "c"}) add({.kind = "step", .args = name});
  add({.kind = "step", .args = "p", .priority = work::Priority::person});
  auto settings = quick();
  settings.slots = 1;
  const auto at_work = worker({{"step",
                                [&](JobContext& job) -> JobEnd {
                                  const std::lock_guard lock(order_mutex);
                                  order += job.args();
                                  return JobDone{};
                                }}},
                              settings);
  when_one("SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE state = 'done'", "4");
  EXPECT_EQ(order, "pabc");
}

TEST_P(Work, AHandlerOverItsDeadlineIsStoppedAndHasFailed) {
  const auto at_work = worker({{"slow", [](JobContext& job) -> JobEnd {
                                  wait_for_stop(job);
                                  return JobDone{};  // too late to count
                                }}});
  const auto id = add({.kind = "slow", .timeout = 20ms, .max_attempts = 1});
  const auto job = when(id, JobState::dead);
  EXPECT_EQ(job.message, "Took longer than 20 ms and was stopped.");
}

TEST_P(Work, AHandlerThatIgnoresItsStopIsLetGoAndWhatItWritesIsVoid) {
  std::promise<void> gate;
  std::promise<bool> outcome;
  auto opened = gate.get_future().share();
  auto settings = quick();
  settings.grace = 50ms;
  const auto at_work =
      worker({{"deaf",
               [&, opened](JobContext& job) -> JobEnd {
                 opened.wait();
                 try {
                   job.transact([](ports::Tx& tx) { book::enqueue(tx, {.kind = "effect"}); });
                   outcome.set_value(true);
                 } catch (const JobLost&) {
                   outcome.set_value(false);
                   throw;
                 }
                 return JobDone{};
               }}},
             settings);
  const auto id = add({.kind = "deaf", .timeout = 20ms, .max_attempts = 1});
  const auto job = when(id, JobState::dead);
  EXPECT_EQ(job.message, "Took longer than 20 ms and did not stop when asked.");
  EXPECT_TRUE(was_told("ignores its stop"));
  EXPECT_EQ(at_work->status().running, 1U) << "its thread is busy";
  gate.set_value();
  EXPECT_FALSE(outcome.get_future().get());
  while (at_work->status().running > 0) clock.wait(1ms, {}, nullptr);
  EXPECT_EQ(count("jobs WHERE kind = 'effect'"), "0");
  EXPECT_EQ(find(id).state, JobState::dead);
}

TEST_P(Work, ARunningJobIsCancelledThroughItsStop) {
  std::promise<void> began;
  const auto at_work = worker({{"long", [&](JobContext& job) -> JobEnd {
                                  began.set_value();
                                  wait_for_stop(job);
                                  throw std::runtime_error("torn out of the middle");
                                }}});
  const auto id = add({.kind = "long"});
  began.get_future().wait();
  ports::transact(*database, ports::TxMode::write,
                  [&](ports::Tx& tx) { book::cancel_job(tx, id, "user:ana"); });
  at_work->wake();
  const auto job = when(id, JobState::cancelled);
  EXPECT_EQ(job.outcome, "cancelled");
  EXPECT_EQ(job.message, "Cancelled while it ran.");
  EXPECT_EQ(job.cancel_requested_by, "user:ana");
  EXPECT_EQ(attempts(id), std::vector<std::string>{"1 cancelled: Cancelled while it ran."});
}

TEST_P(Work, WhatEndsBeforeItIsCancelledIsDone) {
  std::promise<void> began;
  const auto at_work = worker({{"long", [&](JobContext& job) -> JobEnd {
                                  began.set_value();
                                  wait_for_stop(job);
                                  return JobDone{.message = "the last letter was out already"};
                                }}});
  const auto id = add({.kind = "long"});
  began.get_future().wait();
  ports::transact(*database, ports::TxMode::write,
                  [&](ports::Tx& tx) { book::cancel_job(tx, id, "user:ana"); });
  EXPECT_EQ(when(id, JobState::done).message, "the last letter was out already");
}

TEST_P(Work, AHandlerOfTheScheduleLearnsThatSomebodyWaitsForItNow) {
  std::promise<void> began;
  const auto at_work = worker({{"long", [&](JobContext& job) -> JobEnd {
                                  began.set_value();
                                  timing::SystemClock().wait(1min, job.hurried(), nullptr);
                                  const bool is = job.hurried().stop_requested();
                                  return JobDone{.message = is ? "hurried" : "not"};
                                }}});
  const auto id = add({.kind = "long", .asked_by = "schedule", .why = "every minute"});
  began.get_future().wait();
  ports::transact(*database, ports::TxMode::write,
                  [&](ports::Tx& tx) { book::hurry_job(tx, id, "user:ana", "asked for"); });
  const auto job = when(id, JobState::done);
  EXPECT_EQ(job.message, "hurried");
  EXPECT_EQ(job.asked_by, "user:ana") << "its next attempt is a person's from the start";
}

TEST_P(Work, AStopBetweenTwoStatementsOfTheHandlerRollsBothBack) {
  std::promise<void> stolen;
  auto was_stolen = stolen.get_future().share();
  std::promise<void> began;
  const auto at_work =
      worker({{"two", [&, was_stolen](JobContext& job) -> JobEnd {
                 job.transact([&](ports::Tx& tx) { book::enqueue(tx, {.kind = "first"}); });
                 began.set_value();
                 was_stolen.wait();
                 job.transact([&](ports::Tx& tx) { book::enqueue(tx, {.kind = "second"}); });
                 return JobDone{};
               }}});
  const auto id = add({.kind = "two"});
  began.get_future().wait();
  database.script(
      "UPDATE jobs SET lease_token = lease_token + 1, node_id = 'thief' WHERE kind = 'two'");
  stolen.set_value();
  while (at_work->status().running > 0) clock.wait(1ms, {}, nullptr);
  EXPECT_EQ(count("jobs WHERE kind = 'first'"), "1");
  EXPECT_EQ(count("jobs WHERE kind = 'second'"), "0");
  EXPECT_EQ(find(id).state, JobState::running) << "the thief's";
  EXPECT_TRUE(was_told("not this node's any more"));
}

}  // namespace
}  // namespace tallyman::engine
