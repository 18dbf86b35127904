// /api/v1/jobs over jobs that stand in the book.
#include <vector>

#include "adapters/book/job_claims.h"
#include "adapters/book/jobs.h"
#include "adapters/book/nodes.h"
#include "adapters/book/run_log.h"
#include "api/api_test.h"
#include "ports/statements.h"
#include "workflows/schedules.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

class JobsApi : public ApiTest {
 protected:
  template <class Work>
  auto write(Work work) {
    return ports::transact(story_.database(), ports::TxMode::write, std::move(work));
  }
  JobId add(book::NewJob job) {
    if (job.asked_by.empty()) job.asked_by = "schedule";
    return write([&](ports::Tx& tx) { return book::enqueue(tx, job).job; });
  }
  book::Claimed claim() {
    return write([](ports::Tx& tx) {
      book::beat_node(tx, {.id = "n1", .holder = "web1, process 7 #x", .version = "1.2"});
      const std::vector<std::string> kinds{"a", "b"};
      const std::vector<RunId> runs{RunId{"run-of-it"}};
      return book::claim_jobs(tx, {.node = "n1", .kinds = kinds, .runs = runs, .lease = 60s}).at(0);
    });
  }
  void end(const book::Claimed& claimed, work::AttemptEnd how, const std::string& result = {}) {
    book::EndedAttempt ended;
    ended.held = claimed.held;
    ended.end = how;
    ended.outcome = "ok";
    ended.message = "so it ended";
    ended.result = result;
    write([&](ports::Tx& tx) { book::end_attempts(tx, std::span(&ended, 1)); });
  }
  json::object post(const std::string& target, int status) {
    const auto response = send("POST", target);
    EXPECT_EQ(response.status, status) << response.body;
    return json::parse(response.body).as_object();
  }
  static std::string path(JobId id) { return "/api/v1/jobs/" + std::to_string(id.value); }
};

TEST_F(JobsApi, ListsNewestFirstInPagesWithCountsOfAll) {
  std::vector<JobId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(add({.kind = i % 2 == 0 ? "a" : "b"}));
  const auto waiting = add({.kind = "b", .needs = {ids[0], ids[1]}});
  std::vector<std::int64_t> seen;
  std::string cursor;
  do {
    const auto page = get("/api/v1/jobs?limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& item : page.at("items").as_array()) {
      seen.push_back(item.at("job_id").as_int64());
    }
    const auto& next = page.at("next_cursor");
    cursor = next.is_null() ? "" : std::string(next.as_string());
    EXPECT_EQ(page.at("counts").at("available").as_int64(), 5);
    EXPECT_EQ(page.at("counts").at("waiting").as_int64(), 1);
    EXPECT_EQ(page.at("counts").at("dead").as_int64(), 0);
  } while (!cursor.empty());
  ASSERT_EQ(seen.size(), 6U);
  EXPECT_TRUE(std::ranges::is_sorted(seen, std::greater{}));
  EXPECT_EQ(get("/api/v1/jobs?kind=a").at("items").as_array().size(), 3U);
  const auto only = get("/api/v1/jobs?state=waiting&kind=b").at("items").as_array();
  ASSERT_EQ(only.size(), 1U);
  EXPECT_EQ(only[0].at("job_id").as_int64(), waiting.value);
  EXPECT_EQ(only[0].at("needs").as_array().size(), 2U);
}

TEST_F(JobsApi, OneJobTellsItsAttemptsAndItsLines) {
  const auto id = add({.kind = "a", .args = R"({"day":"2026-11-19"})", .why = "daily"});
  const auto first = claim();
  write([&](ports::Tx& tx) {
    const std::vector<book::NewRunLine> lines{{.run = first.run, .text = "one"},
                                              {.run = first.run, .level = "error", .text = "two"}};
    book::add_run_lines(tx, lines);
  });
  const auto running = get(path(id));
  EXPECT_EQ(running.at("state").as_string(), "running");
  EXPECT_EQ(running.at("node").as_string(), "web1, process 7") << "without what machines read";
  EXPECT_TRUE(running.at("finished_at").is_null());
  end(first, work::AttemptEnd::done, R"({"orders":3})");
  const auto job = get(path(id));
  EXPECT_EQ(job.at("args").at("day").as_string(), "2026-11-19");
  EXPECT_EQ(job.at("result").at("orders").as_int64(), 3);
  EXPECT_EQ(job.at("outcome").as_string(), "ok");
  EXPECT_EQ(job.at("message").as_string(), "so it ended");
  EXPECT_GE(job.at("duration_ms").as_int64(), 0);
  const auto& attempts = job.at("attempts").as_array();
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].at("run_id").as_string(), "run-of-it");

  const auto log = get(path(id) + "/log");
  ASSERT_EQ(log.at("items").as_array().size(), 2U);
  EXPECT_EQ(log.at("items").at(1).at("text").as_string(), "two");
  const auto first_id = log.at("items").at(0).at("id").as_int64();
  const auto rest = get(path(id) + "/log?after=" + std::to_string(first_id));
  EXPECT_EQ(rest.at("items").as_array().size(), 1U);
  const auto last_id = rest.at("next_after").as_int64();
  EXPECT_TRUE(get(path(id) + "/log?after=" + std::to_string(last_id)).at("next_after").is_null());
}

TEST_F(JobsApi, CancelEndsWhatWaitsAndAsksWhatRuns) {
  int woken = 0;
  context_.wake_jobs = [&] { ++woken; };
  const auto running = add({.kind = "a"});
  const auto claimed = claim();
  const auto idle = add({.kind = "a"});
  EXPECT_EQ(post(path(idle) + "/cancel", 202).at("state").as_string(), "cancelled");
  EXPECT_EQ(post(path(idle) + "/cancel", 202).at("state").as_string(), "cancelled") << "again";
  const auto asked = post(path(running) + "/cancel", 202);
  EXPECT_EQ(asked.at("state").as_string(), "running");
  EXPECT_TRUE(asked.at("cancel_requested").as_bool());
  EXPECT_EQ(woken, 3);
  end(claimed, work::AttemptEnd::done);
  post(path(running) + "/cancel", 409);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'job.cancel'"), "2");
}

TEST_F(JobsApi, RetryIsANewJobOfADeadOne) {
  const auto id = add({.kind = "a", .why = "daily"});
  post(path(id) + "/retry", 409);
  end(claim(), work::AttemptEnd::failed_for_good);
  const auto again = post(path(id) + "/retry", 202);
  EXPECT_EQ(again.at("redrive_of").as_int64(), id.value);
  EXPECT_EQ(again.at("state").as_string(), "available");
  EXPECT_NE(again.at("job_id").as_int64(), id.value);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'job.retry'"), "1");
}

TEST_F(JobsApi, WhatIsSwitchedOffIsNotAskedForAgainEither) {
  write([](ports::Tx& tx) { workflows::add_switches(tx); });
  const auto id = add({.kind = "shipstation-sync"});
  post(path(id) + "/cancel", 202);
  story_.script("UPDATE workflow_controls SET enabled = 0");
  const auto refused = post(path(id) + "/retry", 409);
  EXPECT_EQ(refused.at("detail").as_string(),
            "shipstation-sync is switched off; nothing was done.");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM jobs"), "1");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'job.retry'"), "0");
  story_.script("UPDATE workflow_controls SET enabled = 1");
  post(path(id) + "/retry", 202);
}

TEST_F(JobsApi, DoneChecksForAlertsAreShownToWhoAsksForThem) {
  const auto check = add({.kind = "alert-check"});
  add({.kind = "a"});
  const auto listed = [&](const std::string& query) {
    return get("/api/v1/jobs" + query).at("items").as_array().size();
  };
  EXPECT_EQ(listed(""), 2U) << "one that has not run yet is shown";
  story_.script("UPDATE jobs SET state = 'done', finished_us = enqueued_us WHERE job_id = " +
                std::to_string(check.value));
  EXPECT_EQ(listed(""), 1U);
  EXPECT_EQ(listed("?state=done"), 0U);
  EXPECT_EQ(get("/api/v1/jobs").at("counts").at("done").as_int64(), 0) << "as the list shows";
  EXPECT_EQ(listed("?housekeeping=shown"), 2U);
  EXPECT_EQ(get("/api/v1/jobs?housekeeping=shown").at("counts").at("done").as_int64(), 1);
  EXPECT_EQ(listed("?kind=alert-check"), 1U);
  EXPECT_EQ(send("GET", "/api/v1/jobs?housekeeping=1").status, 400);
}

TEST_F(JobsApi, NodesAreUpSilentOrStopped) {
  write([](ports::Tx& tx) {
    book::beat_node(tx, {.id = "n0", .holder = "web0, process 6", .version = "1"});
    book::beat_node(tx, {.id = "n2", .holder = "web2, process 8", .version = "1"});
    book::stop_node(tx, "n2");
  });
  add({.kind = "a"});
  story_.clock().advance(2min);
  claim();
  std::map<std::string, std::string> states;
  const auto nodes = get("/api/v1/nodes");
  for (const auto& item : nodes.at("items").as_array()) {
    states[std::string(item.at("node_id").as_string())] = item.at("state").as_string();
    EXPECT_EQ(item.at("running").as_int64(), item.at("node_id") == "n1" ? 1 : 0);
  }
  EXPECT_EQ(states, (std::map<std::string, std::string>{
                        {"n0", "silent"}, {"n1", "up"}, {"n2", "stopped"}}));
}

TEST_F(JobsApi, WhatIsNotAJobIsRefusedInWords) {
  for (const auto* target :
       {"/api/v1/jobs/999", "/api/v1/jobs/0", "/api/v1/jobs/-1", "/api/v1/jobs/abc",
        "/api/v1/jobs/99999999999999999999", "/api/v1/jobs/999/log"}) {
    EXPECT_EQ(send("GET", target).status, 404) << target;
  }
  EXPECT_EQ(send("POST", "/api/v1/jobs/999/cancel").status, 404);
  EXPECT_EQ(send("POST", "/api/v1/jobs/999/retry").status, 404);
  for (const auto* target : {"/api/v1/jobs?state=lost", "/api/v1/jobs?cursor=x",
                             "/api/v1/jobs?limit=201", "/api/v1/jobs?cursor=-4"}) {
    EXPECT_EQ(send("GET", target).status, 400) << target;
  }
}

}  // namespace
}  // namespace tallyman::tests
