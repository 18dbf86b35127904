// tallyman jobs: what it prints and how it ends, for canned answers of the API.
#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"

namespace tallyman::cli {
namespace {

std::string job(const std::string& state, const std::string& outcome) {
  return R"({"job_id":7,"kind":"shipstation-sync","state":")" + state +
         R"(","priority":2,"asked_by":"schedule","why":"every 5 minutes",)"
         R"("enqueued_at":"2026-11-20T06:30:00.000000Z","run_at":"2026-11-20T06:30:00.000000Z",)"
         R"("started_at":null,"finished_at":null,"duration_ms":null,"attempt":1,"max_attempts":8,)"
         R"("node":null,"run_id":null,"phase":"reading","progress":{"done":3,"total":9},)"
         R"("outcome":)" +
         outcome +
         R"(,"message":"","cancel_requested":false,"needs":[5],"redrive_of":null,"args":{},)"
         R"("result":null,"attempts":[{"attempt":1,"run_id":"r1","node":"web1, process 7",)"
         R"("started_at":"2026-11-20T06:30:01.000000Z","ended_at":null,"outcome":"running",)"
         R"("message":""}]})";
}

class Jobs : public testing::Test {
 protected:
  Exit run(const ApiCommand& command, bool as_json = false) {
    const Global global{.json = as_json};
    timing::VirtualClock clock(Instant{});
    Terminal terminal{.out = [&](std::string_view text) { out += text; },
                      .error = [&](std::string_view text) { error += text; },
                      .progress = Progress::lines};
    const Api api = [&](std::string_view method, const std::string& target, auto&&...) {
      auto& queue = answers[std::string(method) + " " + target];
      if (queue.empty()) return ApiAnswer{404, R"({"detail":"There is no such job."})"};
      auto answer = queue.front();
      if (queue.size() > 1) queue.pop_front();
      return answer;
    };
    Doing doing{.global = global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
    return run_api_command(command, doing);
  }

  std::map<std::string, std::deque<ApiAnswer>> answers;
  std::string out;
  std::string error;
};

TEST_F(Jobs, AListIsATableForPeople) {
  answers["GET /api/v1/jobs?limit=50&state=running"] = {
      {200, R"({"items":[)" + job("running", "null") + R"(],"next_cursor":"7","counts":{}})"}};
  EXPECT_EQ(run(JobsList{.state = "running"}), Exit::done);
  EXPECT_EQ(
      out,
      "JOB  KIND              STATE    ATTEMPT  PROGRESS  ASKED BY  ENQUEUED              MESSAGE\n"
      "  7  shipstation-sync  running        1  3/9       schedule  2026-11-20 06:30 UTC\n");
  EXPECT_EQ(error, "more: --cursor 7\n");
}

TEST_F(Jobs, FollowingPrintsEachLineOnceAndEndsWithTheJob) {
  const auto line = [](int id, const std::string& text) {
    return R"({"id":)" + std::to_string(id) +
           R"(,"at":"2026-11-20T06:30:02.000000Z","level":"info","text":")" + text + R"("})";
  };
  answers["GET /api/v1/jobs/7"] = {{200, job("running", "null")},
                                   {200, job("done", R"("partial")")}};
  answers["GET /api/v1/jobs/7/log?after=0"] = {
      {200, R"({"items":[)" + line(4, "one") + R"(],"next_after":4})"}};
  answers["GET /api/v1/jobs/7/log?after=4"] = {
      {200, R"({"items":[],"next_after":null})"},
      {200, R"({"items":[)" + line(5, "two") + R"(],"next_after":5})"}};
  answers["GET /api/v1/jobs/7/log?after=5"] = {{200, R"({"items":[],"next_after":null})"}};
  EXPECT_EQ(run(JobsShow{.id = 7, .follow = true}), Exit::partly);
  EXPECT_TRUE(
      out.starts_with("2026-11-20 06:30:02 UTC  info  one\n2026-11-20 06:30:02 UTC  info  two\n\n"
                      "job 7  shipstation-sync  done\n"))
      << out;
}

TEST_F(Jobs, FollowingEndsAsTheJobDid) {
  for (const auto& [state, outcome, exit] : std::vector<std::tuple<std::string, std::string, Exit>>{
           {"done", R"("ok")", Exit::done},
           {"done", R"("failed")", Exit::failed},
           {"dead", R"("failed")", Exit::failed},
           {"cancelled", R"("cancelled")", Exit::failed}}) {
    answers["GET /api/v1/jobs/7"] = {{200, job(state, outcome)}};
    EXPECT_EQ(run(JobsShow{.id = 7, .follow = true}, true), exit) << state << outcome;
  }
}

TEST_F(Jobs, CancelAndRetrySayWhatHappens) {
  answers["POST /api/v1/jobs/7/cancel"] = {{202, job("running", "null")}};
  answers["POST /api/v1/jobs/6/retry"] = {{202, job("available", "null")}};
  EXPECT_EQ(run(JobsCancel{7}), Exit::done);
  EXPECT_EQ(run(JobsRetry{6}), Exit::done);
  EXPECT_EQ(out, "job 7  was asked to stop\njob 7  does what job 6 did not\n");
  EXPECT_EQ(run(JobsRetry{999}), Exit::failed);
  EXPECT_EQ(error, "tallyman: There is no such job.\n");
  answers["POST /api/v1/jobs/7/cancel"] = {{409, R"({"detail":"Job 7 is done already."})"}};
  EXPECT_EQ(run(JobsCancel{7}), Exit::conflict);
}

}  // namespace
}  // namespace tallyman::cli
