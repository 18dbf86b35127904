// Workers that end, vanish, lose the database or live in another time: no job is lost or doubled.
#include "tests/engine/worker_test.h"

namespace tallyman::engine {
namespace {

// The real database, except that it does not answer while `gone`, or forgets to say that it has
// committed.
class Unreliable final : public ports::Database {
 public:
  explicit Unreliable(ports::Database& real) : real_(real) {}
  void transact(ports::TxMode mode, const std::function<void(ports::Tx&)>& work) override {
    ++asked;
    if (gone) throw ports::DbFailure(ports::DbError::unreachable, "nobody answers");
    real_.transact(mode, work);
    if (mode == ports::TxMode::write && silent_commits > 0 && --silent_commits >= 0) {
      throw ports::DbFailure(ports::DbError::commit_unknown, "lost while it committed");
    }
  }
  ports::Dialect dialect() const override { return real_.dialect(); }
  std::string description() const override { return real_.description(); }
  void prepare(const ports::Statement& statement) override { real_.prepare(statement); }

  std::atomic<bool> gone = false;
  std::atomic<int> silent_commits = 0;
  std::atomic<int> asked = 0;

 private:
  ports::Database& real_;
};

class Failing : public Workers {
 protected:
  // As a node that was killed leaves its job.
  JobId abandoned(const std::string& node, Micros lease, book::NewJob job = {.kind = "work"}) {
    const auto id = add(std::move(job));
    ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
      book::beat_node(tx, {.id = node, .holder = "web9, process 4711 #" + node, .version = "1"});
      const std::vector<std::string> kinds{"work"};
      const std::vector<RunId> runs{RunId{"run of " + node}};
      book::claim_jobs(tx, {.node = node, .kinds = kinds, .runs = runs, .lease = lease});
    });
    return id;
  }
  static JobEnd done(JobContext&) { return JobDone{}; }
  static void stop_at_once(Worker& worker) {
    std::stop_source now;
    now.request_stop();
    worker.drain(now.get_token());
  }
};
INSTANTIATE_TEST_SUITE_P(Engine, Failing, kBothDialects, dialect_name);

TEST_P(Failing, ADrainLetsFinishWhatFinishesAndTakesNothingNew) {
  std::promise<void> began;
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  const auto at_work = worker({{"work", [&, opened](JobContext&) -> JobEnd {
                                  began.set_value();
                                  opened.wait();
                                  return JobDone{};
                                }}});
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  auto drained = std::async(std::launch::async, [&] { return at_work->drain({}); });
  while (!at_work->status().draining) clock.wait(1ms, {}, nullptr);
  const auto late = add({.kind = "work"});
  at_work->wake();
  gate.set_value();
  const auto report = drained.get();
  EXPECT_EQ(report.handed_back, 0U);
  EXPECT_EQ(report.stuck, 0U);
  EXPECT_EQ(find(id).state, JobState::done);
  EXPECT_EQ(find(late).state, JobState::available);
  EXPECT_EQ(count("nodes WHERE stopped_us IS NOT NULL"), "1");
}

TEST_P(Failing, ADrainRestoresTheAttemptOfWhatDoesNotFinish) {
  std::promise<void> began;
  auto settings = quick();
  settings.drain = 20ms;
  const auto at_work = worker({{"work",
                                [&](JobContext& job) -> JobEnd {
                                  job.transact([&](ports::Tx& tx) { job.set_cursor(tx, "half"); });
                                  began.set_value();
                                  wait_for_stop(job);
                                  return JobFailed{.message = "stopped half-way"};
                                }}},
                              settings);
  const auto id = add({.kind = "work", .max_attempts = 1});
  began.get_future().wait();
  EXPECT_EQ(at_work->drain({}).handed_back, 1U);
  const auto job = find(id);
  EXPECT_EQ(job.state, JobState::available);
  EXPECT_EQ(job.attempt, 0);
  EXPECT_EQ(job.message, "") << "no error is recorded";
  EXPECT_EQ(job.cursor, "half");
  EXPECT_EQ(attempts(id), std::vector<std::string>{"1 handed back: "});

  std::string cursor;
  const auto next = worker({{"work", [&](JobContext& again) -> JobEnd {
                               EXPECT_EQ(again.attempt(), 1);
                               cursor = again.cursor();
                               return JobDone{};
                             }}});
  when(id, JobState::done);
  EXPECT_EQ(cursor, "half");
}

TEST_P(Failing, ADrainHandsBackTheJobOfAHandlerThatIsDeaf) {
  std::promise<void> began;
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  auto settings = quick();
  settings.drain = 10ms;
  auto at_work = worker({{"work",
                          [&, opened](JobContext&) -> JobEnd {
                            began.set_value();
                            opened.wait();
                            return JobDone{};
                          }}},
                        settings);
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  const auto report = at_work->drain({});
  EXPECT_EQ(report.handed_back, 1U);
  EXPECT_EQ(report.stuck, 1U);
  EXPECT_EQ(find(id).state, JobState::available);
  gate.set_value();
  at_work.reset();
  EXPECT_EQ(find(id).state, JobState::available) << "what it answered did not count";
}

TEST_P(Failing, AHardStopIsADrainWithoutPatience) {
  std::promise<void> began;
  auto settings = quick();
  settings.drain = 1h;
  const auto at_work = worker({{"work",
                                [&](JobContext& job) -> JobEnd {
                                  began.set_value();
                                  wait_for_stop(job);
                                  return JobFailed{};
                                }}},
                              settings);
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  stop_at_once(*at_work);
  EXPECT_EQ(find(id).state, JobState::available);
  EXPECT_EQ(find(id).attempt, 0);
}

TEST_P(Failing, AHardEndGivesHandlersAMomentToComeBack) {
  std::promise<void> began;
  auto settings = quick();
  settings.drain = settings.grace = 1h;
  settings.moment = 1min;
  const auto at_work = worker({{"work",
                                [&](JobContext& job) -> JobEnd {
                                  began.set_value();
                                  wait_for_stop(job);
                                  job.transact([&](ports::Tx& tx) { job.set_cursor(tx, "here"); });
                                  return JobFailed{};
                                }}},
                              settings);
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  std::stop_source now;
  now.request_stop();
  const auto drained = at_work->drain(now.get_token());
  EXPECT_EQ(drained.stuck, 0U);
  EXPECT_EQ(drained.handed_back, 1U);
  EXPECT_EQ(find(id).cursor, "here") << "it wrote down where it stood";
  EXPECT_FALSE(was_told("ignores its stop"));
}

TEST_P(Failing, AJobOfASilentNodeIsNoticedByAQuickLookBetweenUpkeeps) {
  auto settings = quick();
  settings.upkeep = 1h;  // after the one at the start
  settings.silent_check = 10ms;
  const auto at_work = worker({{"work", done}}, settings);
  when(add({.kind = "work"}), JobState::done);
  const auto id = ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto job = book::enqueue(tx, {.kind = "work"}).job;
    book::beat_node(tx, {.id = "far", .holder = "web9, process 4711 #far", .version = "1"});
    const std::vector<std::string> kinds{"work"};
    const std::vector<RunId> runs{RunId{"run of far"}};
    book::claim_jobs(tx, {.node = "far", .kinds = kinds, .runs = runs, .lease = 300ms});
    return job;
  });
  when(id, JobState::done);
  EXPECT_EQ(attempts(id), (std::vector<std::string>{"1 lost: Its node fell silent.", "2 ok: "}));
}

// requirements I5, facts/reliability A6: what a lost node was doing goes on within a minute.
TEST(LosingANode, StandsStillForLessThanAMinuteByDefault) {
  EXPECT_LT(longest_standstill(WorkerSettings{}), 60s);
}

TEST_P(Failing, AJobOfASilentNodeIsRescuedWhenItsLeaseHasRunOut) {
  const auto id = abandoned("ghost", -1s);
  const auto hopeless = abandoned("ghost", -1s, {.kind = "work", .max_attempts = 1});
  const auto waiting = add({.kind = "work", .needs = {hopeless}});
  const auto at_work = worker({{"work", done}});
  EXPECT_EQ(when(id, JobState::done).attempt, 2);
  EXPECT_EQ(attempts(id), (std::vector<std::string>{"1 lost: Its node fell silent.", "2 ok: "}));
  EXPECT_EQ(when(hopeless, JobState::dead).message, "Its node fell silent.");
  EXPECT_EQ(when(waiting, JobState::cancelled).attempt, 0);
}

TEST_P(Failing, AJobOfAKilledNodeOfThisMachineIsRescuedAtOnce) {
  const auto id = abandoned("ghost", 1h);
  const auto alive = abandoned("alive", 1h);
  auto settings = quick();
  settings.is_gone = [](const std::string& holder) { return holder.ends_with("#ghost"); };
  const auto at_work = worker({{"work", done}}, settings);
  EXPECT_EQ(when(id, JobState::done).attempt, 2);
  EXPECT_EQ(find(alive).state, JobState::running);
  EXPECT_EQ(one("SELECT node_id FROM nodes WHERE stopped_us IS NOT NULL"), "ghost");
  EXPECT_TRUE(was_told("The node web9, process 4711 ended without notice; 1 of its jobs go on."));
}

TEST_P(Failing, WhileTheDatabaseIsGoneNothingIsLostAndNobodyRunsInCircles) {
  Unreliable unreliable(*database);
  std::promise<void> began;
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  const auto at_work = worker_on(unreliable, {{"work", [&, opened](JobContext& job) -> JobEnd {
                                                 began.set_value();
                                                 opened.wait();
                                                 job.log(LogLevel::info, "said in the dark");
                                                 return JobDone{.message = "done in the dark"};
                                               }}});
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  unreliable.gone = true;
  unreliable.asked = 0;
  gate.set_value();
  while (!at_work->status().database_failure) clock.wait(1ms, {}, nullptr);
  EXPECT_EQ(at_work->status().database_failure, "nobody answers");
  EXPECT_TRUE(at_work->status().failing_since);
  clock.wait(100ms, {}, nullptr);  // as long as it likes to be gone
  EXPECT_LT(unreliable.asked, 200) << "it asks every few milliseconds here, every second outside";
  EXPECT_EQ(find(id).state, JobState::running);
  unreliable.gone = false;
  EXPECT_EQ(when(id, JobState::done).message, "done in the dark");
  EXPECT_EQ(attempts(id), std::vector<std::string>{"1 ok: done in the dark"});
  EXPECT_EQ(one("SELECT text FROM run_log"), "said in the dark");
  EXPECT_FALSE(at_work->status().database_failure);
}

TEST_P(Failing, AnEndingThatTheDatabaseRefusesHoldsUpNobodyElses) {
  database.script(GetParam() == ports::Dialect::sqlite
                      ? "CREATE TRIGGER refused BEFORE UPDATE ON jobs WHEN NEW.state = 'done' AND "
                        "NEW.kind = 'poison' BEGIN SELECT RAISE(ABORT, 'refused'); END"
                      : "ALTER TABLE jobs ADD CHECK (kind <> 'poison' OR state <> 'done')");
  const auto poison = add({.kind = "poison"});
  std::vector<JobId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(add({.kind = "work"}));
  const auto at_work = worker({{"work", done}, {"poison", done}});
  for (const auto id : ids) when(id, JobState::done);
  while (!was_told("its end cannot be written down")) clock.wait(1ms, {}, nullptr);
  EXPECT_EQ(find(poison).state, JobState::running) << "until its lease has run out";
}

TEST_P(Failing, ALeaseThatCannotBeRenewedStopsItsHandlerInTime) {
  Unreliable unreliable(*database);
  auto settings = quick();
  settings.lease = 300ms;
  settings.margin = 100ms;
  std::promise<void> began;
  std::atomic<int> runs = 0;
  const auto at_work = worker_on(unreliable,
                                 {{"work",
                                   [&](JobContext& job) -> JobEnd {
                                     if (++runs > 1) return JobDone{};
                                     began.set_value();
                                     wait_for_stop(job);
                                     throw JobLost("stopped in time");
                                   }}},
                                 settings);
  const auto id = add({.kind = "work"});
  began.get_future().wait();
  unreliable.gone = true;
  const Micros since = clock.steady();
  while (at_work->status().running > 0 && clock.steady() - since < 10s) {
    clock.wait(1ms, {}, nullptr);
    if (clock.steady() - since > 250ms) unreliable.gone = false;
  }
  when(id, JobState::done);
  EXPECT_EQ(runs, 2);
}

TEST_P(Failing, AClaimWhoseAnswerWasLostIsHandedBackAndDoneOnce) {
  Unreliable unreliable(*database);
  std::vector<JobId> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(add({.kind = "work"}));
  std::atomic<int> runs = 0;
  auto settings = quick();
  settings.lease = 1h;            // nobody waits for it
  unreliable.silent_commits = 2;  // the sign of life, and the claim
  const auto at_work = worker_on(unreliable,
                                 {{"work",
                                   [&](JobContext&) -> JobEnd {
                                     ++runs;
                                     return JobDone{};
                                   }}},
                                 settings);
  for (const auto id : ids) EXPECT_EQ(when(id, JobState::done).attempt, 1);
  EXPECT_EQ(runs, 3);
}

TEST_P(Failing, OnADatabaseWhoseClockJumpsAnHourNothingIsLostOrDoubled) {
  WrongClock wrong;
  tests::SteadyRandom chance;
  const auto other =
      database::open_database(database.url(), {.clock = wrong, .random = chance}).value();
  std::promise<void> began;
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  std::atomic<int> long_runs = 0;
  auto settings = quick();
  const auto at_work = worker_on(*other,
                                 {{"work", done},
                                  {"long",
                                   [&, opened](JobContext& job) -> JobEnd {
                                     if (++long_runs == 1) began.set_value();
                                     opened.wait();
                                     job.transact([](ports::Tx&) {});
                                     return JobDone{};
                                   }}},
                                 settings);
  const auto id = ports::transact(*other, ports::TxMode::write, [](ports::Tx& tx) {
    return book::enqueue(tx, {.kind = "long", .max_attempts = 1}).job;
  });
  began.get_future().wait();
  for (const Micros off : {1h, 0h, -1h, 0h}) {
    wrong.set_off(off);
    const auto beat = one("SELECT CAST(MAX(heartbeat_us) AS TEXT) FROM nodes");
    while (one("SELECT CAST(MAX(heartbeat_us) AS TEXT) FROM nodes") == beat) {
      clock.wait(1ms, {}, nullptr);  // rescue has looked
    }
    const auto quick_one = ports::transact(*other, ports::TxMode::write, [](ports::Tx& tx) {
      return book::enqueue(tx, {.kind = "work"}).job;
    });
    when(quick_one, JobState::done);
  }
  gate.set_value();
  EXPECT_EQ(when(id, JobState::done).attempt, 1);
  EXPECT_EQ(long_runs, 1);
}

TEST_P(Failing, WhatWasEnqueuedBeforeTheClockWentBackDoesNotWaitForIt) {
  WrongClock wrong(1h);
  tests::SteadyRandom chance;
  const auto other =
      database::open_database(database.url(), {.clock = wrong, .random = chance}).value();
  const auto orphan = abandoned("ghost", 3h);  // its lease is of the wrong time as well
  const auto id = ports::transact(*other, ports::TxMode::write, [](ports::Tx& tx) {
    return book::enqueue(tx, {.kind = "work"}).job;
  });
  wrong.set_off(0h);
  const auto at_work = worker_on(*other, {{"work", done}});
  when(id, JobState::done);
  when_one(
      "SELECT CASE WHEN lease_until_us < (SELECT MAX(heartbeat_us) FROM nodes) + 120000000 "
      "THEN 'short' ELSE 'long' END FROM jobs WHERE job_id = " +
          std::to_string(orphan.value),
      "short");
}

// One program per SQLite file.
class FailingTogether : public Failing {};
INSTANTIATE_TEST_SUITE_P(Engine, FailingTogether, ::testing::Values(ports::Dialect::postgres),
                         dialect_name);

TEST_P(FailingTogether, TwoNodesWithSkewedClocksShareTheWork) {
  database.script("CREATE TABLE effects (job_id bigint)");
  WrongClock early(-1h);
  WrongClock late(1h);
  tests::SteadyRandom chance;
  const auto here =
      database::open_database(database.url(), {.clock = early, .random = chance}).value();
  const auto there =
      database::open_database(database.url(), {.clock = late, .random = chance}).value();
  const JobHandler handler = [](JobContext& job) -> JobEnd {
    job.transact([&](ports::Tx& tx) {
      tx.script("INSERT INTO effects VALUES (" + std::to_string(job.job().value) + ")");
    });
    return JobDone{};
  };
  auto settings = quick();
  settings.lease = 1min;  // far below the hour, far above what a busy machine takes
  tests::SteadyRandom other_random;
  const auto first = worker_on(*here, {{"work", handler}}, settings);
  const auto second = std::make_unique<Worker>(
      WorkerParts{.database = *there, .clock = late, .threads = threads, .random = other_random},
      settings, Worker::Kinds{{"work", handler}});
  second->start();
  constexpr int kJobs = 200;
  for (int i = 0; i < kJobs; ++i) {
    auto& from = i % 2 == 0 ? *here : *there;
    ports::transact(from, ports::TxMode::write,
                    [](ports::Tx& tx) { book::enqueue(tx, {.kind = "work"}); });
    if (i == kJobs / 2) {
      early.set_off(1h);
      late.set_off(-1h);
    }
  }
  when_one("SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE state = 'done'", std::to_string(kJobs));
  EXPECT_EQ(count("effects"), std::to_string(kJobs));
  EXPECT_EQ(one("SELECT CAST(COUNT(DISTINCT job_id) AS TEXT) FROM effects"), std::to_string(kJobs));
  EXPECT_EQ(count("job_attempts"), std::to_string(kJobs));
}

}  // namespace
}  // namespace tallyman::engine
