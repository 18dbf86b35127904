// Who gets which job, and who may still write about it, on both databases.
#include "adapters/book/job_claims.h"

#include <future>
#include <set>

#include "adapters/book/job_list.h"
#include "adapters/book/jobs.h"
#include "adapters/book/run_log.h"
#include "adapters/book/runs.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using work::AttemptEnd;
using work::JobState;
using work::Priority;

class JobClaims : public BookOnBoth {
 protected:
  JobId add(book::NewJob job) {
    if (job.kind.empty()) job.kind = "a";
    return write([&](ports::Tx& tx) { return book::enqueue(tx, job).job; });
  }
  std::vector<book::Claimed> claim(ports::Database& on, std::size_t most,
                                   const std::string& node = "n1") {
    return ports::transact(on, ports::TxMode::write, [&](ports::Tx& tx) {
      const std::vector<std::string> kinds{"a", "b"};
      std::vector<RunId> runs;
      for (std::size_t i = 0; i < most; ++i) runs.push_back(RunId{node + std::to_string(i)});
      return book::claim_jobs(tx, {.node = node, .kinds = kinds, .runs = runs, .lease = 60s});
    });
  }
  std::vector<book::Claimed> claim(std::size_t most = 50) { return claim(*database, most); }
  static std::vector<std::int64_t> ids(const std::vector<book::Claimed>& claimed) {
    std::vector<std::int64_t> all;
    for (const auto& one : claimed) all.push_back(one.held.job.value);
    return all;
  }
  std::optional<JobState> end(book::Held held, AttemptEnd how = AttemptEnd::done) {
    book::EndedAttempt ended;
    ended.held = held;
    ended.end = how;
    ended.outcome = "ok";
    return write([&](ports::Tx& tx) { return book::end_attempts(tx, std::span(&ended, 1)); })
        .at(0)
        .state;
  }
  book::Job find(JobId id) {
    return write([&](ports::Tx& tx) { return book::find_job(tx, id).value(); });
  }
  void waited(JobId id, Micros length) {
    database.script("UPDATE jobs SET run_at_us = run_at_us - " + std::to_string(length.count()) +
                    " WHERE job_id = " + std::to_string(id.value));
  }
  std::string count(const std::string& what) {
    return one("SELECT CAST(COUNT(*) AS TEXT) FROM " + what);
  }
};
INSTANTIATE_TEST_SUITE_P(Book, JobClaims, kBothDialects, dialect_name);

// Two claims or endings at the same time: SQLite has one writer.
class JobClaimsAtOnce : public JobClaims {};
INSTANTIATE_TEST_SUITE_P(Book, JobClaimsAtOnce, ::testing::Values(ports::Dialect::postgres),
                         dialect_name);

TEST_P(JobClaims, AClaimTakesWhatItAskedForInTheOrderOfTheQueue) {
  const auto backfill = add({.priority = Priority::backfill});
  const auto sync = add({});
  const auto person = add({.priority = Priority::person});
  const auto later = add({.run_at = from_micros(4'000'000'000'000'000)});
  const auto aged = add({.priority = Priority::backfill});
  waited(aged, 61min);
  EXPECT_EQ(ids(claim(2)), (std::vector{person.value, aged.value}));
  EXPECT_EQ(ids(claim()), (std::vector{sync.value, backfill.value}));
  EXPECT_EQ(find(later).state, JobState::available);
  EXPECT_TRUE(claim().empty());
}

TEST_P(JobClaims, AClaimSaysAllThatAHandlerNeeds) {
  const auto id = add({.kind = "b",
                       .args = "{}",
                       .asked_by = "schedule",
                       .why = "daily",
                       .timeout = 3min,
                       .max_attempts = 4});
  const auto first = claim().at(0);
  EXPECT_EQ(first.held.job, id);
  EXPECT_EQ(first.run, RunId{"n10"});
  EXPECT_EQ(first.attempt, 1);
  EXPECT_EQ(first.max_attempts, 4);
  EXPECT_EQ(first.timeout, 3min);
  EXPECT_EQ(first.why, "daily");
  const auto job = find(id);
  EXPECT_EQ(job.deadline.value() - job.started.value(), 3min);
  EXPECT_EQ(job.lease_until.value() - job.started.value(), 60s);
  end(first.held, AttemptEnd::failed);
  waited(id, 1h);
  const auto second = claim().at(0);
  EXPECT_EQ(second.attempt, 2);
  EXPECT_GT(second.held.token, first.held.token);
}

TEST_P(JobClaims, OfOneSingleFlightOneRunsAndTheRestOfTheBatchGoesOn) {
  const auto first = add({.single_flight = "sync"});
  const auto second = add({.single_flight = "sync"});
  const auto other = add({});
  const auto claimed = claim();
  EXPECT_EQ((std::set<std::int64_t>{claimed[0].held.job.value, claimed[1].held.job.value}),
            (std::set{first.value, other.value}));
  EXPECT_EQ(claimed.size(), 2U);
  EXPECT_TRUE(claim().empty());
  EXPECT_EQ(find(second).state, JobState::available);
  end({.job = first, .token = 1});
  EXPECT_EQ(ids(claim()), std::vector{second.value});
}

TEST_P(JobClaimsAtOnce, TheLoserOfARaceForASingleFlightStaysAvailableAndItsBatchGoesOn) {
  const auto there = database.open_again();
  const auto flight = add({.single_flight = "sync"});
  std::promise<void> claimed_here;
  std::promise<void> commit;
  auto may_commit = commit.get_future();
  auto here = std::async(std::launch::async, [&] {
    return ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
      const std::vector<std::string> kinds{"a"};
      const std::vector<RunId> runs{RunId{"r"}};
      auto mine = book::claim_jobs(tx, {.node = "n1", .kinds = kinds, .runs = runs, .lease = 60s});
      claimed_here.set_value();
      may_commit.wait();
      return mine;
    });
  });
  claimed_here.get_future().wait();
  // Enqueued while the other claim has not committed: nothing says yet that the flight is taken.
  const auto rival = ports::transact(*there, ports::TxMode::write, [](ports::Tx& tx) {
    book::enqueue(tx, {.kind = "a"});
    return book::enqueue(tx, {.kind = "a", .single_flight = "sync"}).job;
  });
  auto elsewhere = std::async(std::launch::async, [&] { return claim(*there, 50, "n2"); });
  EXPECT_EQ(elsewhere.wait_for(100ms), std::future_status::timeout) << "it waits for the index";
  commit.set_value();
  EXPECT_EQ(ids(here.get()), std::vector{flight.value});
  EXPECT_EQ(elsewhere.get().size(), 1U) << "the job without a flight";
  EXPECT_EQ(find(rival).state, JobState::available);
  EXPECT_EQ(find(rival).attempt, 0);
}

TEST_P(JobClaimsAtOnce, WhatOneNodeIsClaimingAnotherPassesOver) {
  const auto there = database.open_again();
  add({});
  add({});
  std::vector<std::int64_t> elsewhere;
  const auto here = write([&](ports::Tx& tx) {
    const std::vector<std::string> kinds{"a"};
    const std::vector<RunId> runs{RunId{"r"}};
    auto mine = book::claim_jobs(tx, {.node = "n1", .kinds = kinds, .runs = runs, .lease = 60s});
    // In another thread: this one is inside a transaction.
    elsewhere = std::async(std::launch::async, [&] { return ids(claim(*there, 50, "n2")); }).get();
    return mine;
  });
  ASSERT_EQ(here.size(), 1U);
  ASSERT_EQ(elsewhere.size(), 1U) << "and it did not wait";
  EXPECT_NE(here[0].held.job.value, elsewhere[0]);
}

TEST_P(JobClaims, WhoLostTheJobWritesNothing) {
  const auto id = add({});
  const auto old = claim().at(0).held;
  EXPECT_EQ(end(old, AttemptEnd::handed_back), JobState::available);
  const auto now = claim().at(0).held;
  write([&](ports::Tx& tx) {
    EXPECT_FALSE(book::fence(tx, old, 60s));
    EXPECT_TRUE(book::fence(tx, now, 60s));
    const std::vector<book::Held> both{old, now};
    const auto renewed = book::renew(tx, both, 60s);
    EXPECT_FALSE(renewed[0].ours);
    EXPECT_TRUE(renewed[1].ours);
    book::write_cursor(tx, old, "of the old one");
    const std::vector<book::ProgressSeen> progress{{.held = old, .phase = "old"}};
    book::write_progress(tx, progress);
  });
  EXPECT_EQ(end(old, AttemptEnd::done), std::nullopt);
  EXPECT_EQ(end(old, AttemptEnd::failed), std::nullopt);
  const auto job = find(id);
  EXPECT_EQ(job.state, JobState::running);
  EXPECT_EQ(job.cursor, std::nullopt);
  EXPECT_EQ(job.phase, "");
  EXPECT_EQ(job.attempt, 1) << "the one handed back is not counted";
  EXPECT_EQ(end(now), JobState::done);
  EXPECT_EQ(end(now), std::nullopt) << "twice";
}

TEST_P(JobClaims, ARenewalBringsTheNewsOfACancel) {
  const auto id = add({});
  const auto held = claim().at(0).held;
  write([&](ports::Tx& tx) {
    book::cancel_job(tx, id, "user:ana");
    EXPECT_TRUE(book::renew(tx, std::span(&held, 1), 60s).at(0).cancel_requested);
    const auto wishes = book::find_wishes(tx, "n1");
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].held, held);
    EXPECT_TRUE(wishes[0].cancel_requested);
    EXPECT_FALSE(wishes[0].is_hurried);
    EXPECT_TRUE(book::find_wishes(tx, "n2").empty());
  });
}

TEST_P(JobClaimsAtOnce, TwoNeedsThatEndAtOnceReleaseWhatWaitsForBoth) {
  const auto there = database.open_again();
  const auto first = add({});
  const auto second = add({});
  const auto last = add({.needs = {first, second}});
  const auto held = claim();
  ASSERT_EQ(held.size(), 2U);
  const auto ended = [&](std::size_t which) {
    book::EndedAttempt one;
    one.held = held[which].held;
    one.outcome = "ok";
    return one;
  };
  std::future<void> elsewhere;
  write([&](ports::Tx& tx) {
    const auto one = ended(0);
    book::end_attempts(tx, std::span(&one, 1));
    elsewhere = std::async(std::launch::async, [&] {
      ports::transact(*there, ports::TxMode::write, [&](ports::Tx& other) {
        const auto two = ended(1);
        book::end_attempts(other, std::span(&two, 1));
      });
    });
    // It must wait for us: neither sees the other's end before a commit.
    EXPECT_EQ(elsewhere.wait_for(100ms), std::future_status::timeout);
  });
  elsewhere.get();
  EXPECT_EQ(find(last).state, JobState::available);
}

TEST_P(JobClaims, AJobThatIsSnoozedForWeeksKeepsItsNewestAttemptsOnly) {
  const auto id = add({});
  for (int i = 0; i < 105; ++i) {
    const auto claimed = claim();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(end(claimed[0].held, AttemptEnd::snoozed), JobState::available);
  }
  EXPECT_EQ(count("job_attempts"), "100");
  EXPECT_EQ(find(id).snoozes, 105);
}

TEST_P(JobClaims, OldWorkIsForgottenInTime) {
  const auto add_ended = [&](JobState state, Micros ago) {
    const auto id = add({});
    database.script("UPDATE jobs SET state = '" + std::string(word(state)) +
                    "', finished_us = enqueued_us - " + std::to_string(ago.count()) +
                    " WHERE job_id = " + std::to_string(id.value));
    return id;
  };
  const auto fresh = add_ended(JobState::done, 23h);
  const auto routine = [&](JobState state, Micros ago) {
    const auto id = add_ended(state, ago);
    database.script("UPDATE jobs SET kind = 'routine' WHERE job_id = " + std::to_string(id.value));
    return id;
  };
  routine(JobState::done, 61min);
  const auto last_hours = routine(JobState::done, 59min);
  const auto routine_dead = routine(JobState::dead, 25h);
  add_ended(JobState::done, 25h);
  add_ended(JobState::cancelled, 25h);
  const auto dead = add_ended(JobState::dead, 29 * 24h);
  add_ended(JobState::dead, 31 * 24h);
  const auto needed = add({});
  const auto waiting = add({.needs = {needed}});
  database.script("UPDATE jobs SET state = 'done', finished_us = 1 WHERE job_id = " +
                  std::to_string(needed.value));
  write([&](ports::Tx& tx) {
    const std::vector<book::NewRunLine> lines{{.run = RunId{"r"}, .text = "old"},
                                              {.run = RunId{"r"}, .text = "new"}};
    book::add_run_lines(tx, lines);
    tx.script("UPDATE run_log SET at_us = 1 WHERE text = 'old'");
    tx.script("UPDATE live_events SET at_us = 1 WHERE event_id = 1");
  });
  EXPECT_FALSE(
      write([](ports::Tx& tx) { return book::forget_old_work(tx, {.routine_kind = "routine"}); }));
  std::vector<std::vector<std::string>> left;
  for (const auto id : {fresh, last_hours, routine_dead, dead, needed, waiting})
    left.push_back({std::to_string(id.value)});
  EXPECT_EQ(database.rows("SELECT CAST(job_id AS TEXT) FROM jobs ORDER BY jobs.job_id"), left);
  EXPECT_EQ(one("SELECT text FROM run_log"), "new");
  EXPECT_EQ(count("live_events WHERE at_us = 1"), "0");
}

TEST_P(JobClaims, WhatSettlesACommitIsForgottenOnceItsRunIsLongOver) {
  write([](ports::Tx& tx) {
    for (const auto* run : {"over", "cut off", "recent"}) {
      book::start_run(tx, kDefaultAccount, RunId{run}, "shipstation-sync", {});
      book::note_batch(tx, RunId{run}, 1);
    }
    for (const auto* run : {"over", "recent"}) {
      book::finish_run(tx, RunId{run},
                       {.outcome = book::Outcome::ok, .message = "Fine.", .failure = std::nullopt},
                       {});
    }
    tx.script(
        "UPDATE applied_batches SET applied_us = applied_us - 90000000000 "
        "WHERE run_id <> 'recent'");  // 25 h
  });
  write([](ports::Tx& tx) { return book::forget_old_work(tx, {}); });
  EXPECT_EQ(database.rows("SELECT run_id FROM applied_batches ORDER BY run_id"),
            (std::vector<std::vector<std::string>>{{"cut off"}, {"recent"}}));
}

TEST_P(JobClaims, LinesOfAllAttemptsReadOnBehindTheLast) {
  const auto id = add({});
  const auto first = claim().at(0);
  const auto say = [&](const book::Claimed& by, const std::string& text) {
    const book::NewRunLine line{.run = by.run, .text = text};
    write([&](ports::Tx& tx) { book::add_run_lines(tx, std::span(&line, 1)); });
  };
  say(first, "one");
  end(first.held, AttemptEnd::handed_back);
  const auto second = claim(*database, 1, "n2").at(0);
  say(second, "two");
  const auto lines = [&](std::int64_t after) {
    return write([&](ports::Tx& tx) { return book::list_job_lines(tx, id, after, 10); });
  };
  ASSERT_EQ(lines(0).size(), 2U);
  EXPECT_EQ(lines(0)[0].text, "one");
  ASSERT_EQ(lines(lines(0)[0].id).size(), 1U);
  EXPECT_EQ(lines(lines(0)[0].id)[0].text, "two");
  EXPECT_EQ(
      write([&](ports::Tx& tx) { return book::list_run_lines(tx, second.run, 0, 10); }).size(), 1U);
}

}  // namespace
}  // namespace tallyman::tests
