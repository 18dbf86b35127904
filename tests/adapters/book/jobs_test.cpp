// Work written down in the caller's transaction, on both databases.
#include "adapters/book/jobs.h"

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using work::JobState;

class Jobs : public BookOnBoth {
 protected:
  book::Enqueued add(const book::NewJob& job) {
    return write([&](ports::Tx& tx) { return book::enqueue(tx, job); });
  }
  JobId add_needing(std::vector<JobId> needs) {
    return add({.kind = "step", .asked_by = "user:ana", .needs = std::move(needs)}).job;
  }
  book::Job find(JobId id) {
    return write([&](ports::Tx& tx) { return book::find_job(tx, id).value(); });
  }
  // As the end of a job is recorded, without a worker.
  void end(JobId id, JobState state) {
    write([&](ports::Tx& tx) {
      tx.script("UPDATE jobs SET state = '" + std::string(work::word(state)) +
                "', finished_us = " + std::to_string(to_micros(tx.now())) +
                " WHERE job_id = " + std::to_string(id.value));
      book::settle_dependents(tx);
    });
  }
  std::optional<book::Job> cancel(JobId id) {
    return write([&](ports::Tx& tx) { return book::cancel_job(tx, id, "user:ana"); });
  }
  std::string count(const std::string& what) {
    return one("SELECT CAST(COUNT(*) AS TEXT) FROM " + what);
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Jobs, kBothDialects, dialect_name);

TEST_P(Jobs, WhatIsWrittenDownIsFoundAgain) {
  const auto id = add({.kind = "shipstation-sync",
                       .args = R"({"mode":"live"})",
                       .priority = work::Priority::person,
                       .asked_by = "user:ana",
                       .why = "Sync now",
                       .timeout = std::chrono::minutes{3},
                       .max_attempts = 2})
                      .job;
  const auto job = find(id);
  EXPECT_EQ(job.kind, "shipstation-sync");
  EXPECT_EQ(job.args, R"({"mode":"live"})");
  EXPECT_EQ(job.priority, work::Priority::person);
  EXPECT_EQ(job.state, JobState::available);
  EXPECT_EQ(job.asked_by, "user:ana");
  EXPECT_EQ(job.why, "Sync now");
  EXPECT_EQ(job.timeout, std::chrono::minutes{3});
  EXPECT_EQ(job.max_attempts, 2);
  EXPECT_EQ(job.attempt, 0);
  EXPECT_EQ(job.run_at, job.enqueued);
  EXPECT_FALSE(job.run || job.node || job.outcome || job.finished || job.cursor);
  EXPECT_EQ(count("live_events WHERE kind = 'job.changed'"), "1");
  EXPECT_FALSE(write([](ports::Tx& tx) { return book::find_job(tx, JobId{999}).has_value(); }));
}

TEST_P(Jobs, ItVanishesWithTheTransactionThatAskedForIt) {
  EXPECT_THROW(write([](ports::Tx& tx) {
                 book::enqueue(tx, {.kind = "send-mail"});
                 throw std::runtime_error("the change itself failed");
               }),
               std::runtime_error);
  EXPECT_EQ(count("jobs"), "0");
}

TEST_P(Jobs, ASecondRequestForALiveJobIsAnsweredWithThatJob) {
  const book::NewJob sync{.kind = "shipstation-sync", .unique_key = "shipstation-sync"};
  const auto first = add(sync);
  EXPECT_FALSE(first.already);
  for (const auto* state : {"available", "running", "waiting"}) {
    database.script("UPDATE jobs SET state = '" + std::string(state) + "'");
    const auto second = add(sync);
    EXPECT_TRUE(second.already) << state;
    EXPECT_EQ(second.job, first.job) << state;
  }
  auto other = sync;
  other.account = AccountId{2};
  database.script(
      "INSERT INTO accounts (account_id, partner, name) VALUES (2, 'shipstation', 'b')");
  EXPECT_FALSE(add(other).already) << "another account's";
  end(first.job, JobState::done);
  const auto third = add(sync);
  EXPECT_FALSE(third.already) << "the first one is over";
  EXPECT_NE(third.job, first.job);
}

TEST_P(Jobs, ManyJobsWithoutAKeyAreManyJobs) {
  EXPECT_NE(add({.kind = "send-mail"}).job, add({.kind = "send-mail"}).job);
}

TEST_P(Jobs, AJobWaitsUntilTheLastOfItsNeedsIsDone) {
  const auto first = add({.kind = "a"}).job;
  const auto second = add({.kind = "b"}).job;
  const auto last = add_needing({second, first});
  EXPECT_EQ(find(last).state, JobState::waiting);
  end(first, JobState::done);
  EXPECT_EQ(find(last).state, JobState::waiting);
  end(second, JobState::done);
  EXPECT_EQ(find(last).state, JobState::available);
  EXPECT_EQ(find(add_needing({first, second})).state, JobState::available) << "done already";
}

TEST_P(Jobs, WhatNeedsADeadJobIsCancelledWithItsNameAndSoOn) {
  const auto first = add({.kind = "a"}).job;
  const auto second = add_needing({first});
  const auto third = add_needing({second});
  end(first, JobState::dead);
  EXPECT_EQ(find(second).state, JobState::cancelled);
  EXPECT_EQ(find(second).message, "Not started: it needs job " + std::to_string(first.value) +
                                      ", which failed for good.");
  EXPECT_EQ(find(third).state, JobState::cancelled);
  EXPECT_EQ(find(third).message,
            "Not started: it needs job " + std::to_string(second.value) + ", which was cancelled.");
  EXPECT_TRUE(find(third).finished);

  const auto late = add_needing({first});
  EXPECT_EQ(find(late).state, JobState::cancelled) << "it was dead before";
  EXPECT_EQ(find(late).outcome, "cancelled");
  EXPECT_EQ(find(add_needing({JobId{999}})).message,
            "Not started: it needs job 999, which is not known.");
}

TEST_P(Jobs, CancellingWhatHasNotBegunEndsItAndWhatNeedsIt) {
  const auto first = add({.kind = "a"}).job;
  const auto second = add_needing({first});
  const auto cancelled = cancel(first).value();
  EXPECT_EQ(cancelled.state, JobState::cancelled);
  EXPECT_EQ(cancelled.outcome, "cancelled");
  EXPECT_EQ(cancelled.cancel_requested_by, "user:ana");
  EXPECT_EQ(find(second).state, JobState::cancelled);
  EXPECT_EQ(count("audit_log WHERE action = 'job.cancel' AND who = 'user:ana'"), "1");
  EXPECT_EQ(count("live_events WHERE kind = 'job.done'"), "2");
  EXPECT_EQ(cancel(first)->state, JobState::cancelled) << "again: as it was";
  EXPECT_EQ(count("audit_log"), "1");
  EXPECT_FALSE(cancel(JobId{999}));
}

TEST_P(Jobs, CancellingARunningJobOnlyAsksItToStop) {
  const auto id = add({.kind = "a"}).job;
  database.script("UPDATE jobs SET state = 'running'");
  const auto asked = cancel(id).value();
  EXPECT_EQ(asked.state, JobState::running);
  EXPECT_TRUE(asked.cancel_requested);
  EXPECT_FALSE(asked.finished);
}

TEST_P(Jobs, ADeadJobAskedForAgainIsANewJobThatGoesOnAtItsCursor) {
  const auto id = add({.kind = "a", .args = R"({"x":1})", .unique_key = "a", .why = "daily"}).job;
  const auto again = [&] {
    return write([&](ports::Tx& tx) { return book::redrive_job(tx, id, "user:ana"); });
  };
  EXPECT_FALSE(again()) << "it is alive";
  database.script("UPDATE jobs SET state = 'dead', attempt = 8, cursor = 'page 7'");
  const auto added = again().value();
  EXPECT_FALSE(added.already);
  const auto job = find(added.job);
  EXPECT_EQ(job.redrive_of, id);
  EXPECT_EQ(job.cursor, "page 7");
  EXPECT_EQ(job.args, R"({"x":1})");
  EXPECT_EQ(job.attempt, 0);
  EXPECT_EQ(job.asked_by, "user:ana");
  EXPECT_EQ(job.state, JobState::available);
  EXPECT_TRUE(again()->already) << "the new one is alive";
  EXPECT_EQ(count("audit_log WHERE action = 'job.retry'"), "2");
}

}  // namespace
}  // namespace tallyman::tests
