// Switches and settings on the command line, for canned answers of the API.
#include <gtest/gtest.h>

#include <map>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"

namespace tallyman::cli {
namespace {

struct Ran {
  Exit exit = Exit::done;
  std::string out;
  std::string error;
  std::string sent;  // the last body
};

Ran run_line(const std::vector<std::string>& words, std::map<std::string, ApiAnswer> answers) {
  Ran ran;
  timing::VirtualClock clock(Instant{});
  Terminal terminal{.out = [&](std::string_view text) { ran.out += text; },
                    .error = [&](std::string_view text) { ran.error += text; },
                    .progress = Progress::lines};
  const Api api = [&](std::string_view method, const std::string& target,
                      const std::string& body) -> ApiAnswer {
    ran.sent = body;
    const auto found = answers.find(std::string(method) + " " + target);
    return found == answers.end() ? ApiAnswer{404, R"({"detail":"no such thing"})"} : found->second;
  };
  const auto parsed = parse(words);
  EXPECT_TRUE(parsed) << parsed.error().error;
  Doing doing{
      .global = parsed->global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
  ran.exit = run_api_command(std::get<ApiCommand>(parsed->command), doing);
  return ran;
}

std::string workflow(const std::string& state, const std::string& reason) {
  return R"({"name":"shipstation-sync","description":"","state":")" + state +
         R"(","enabled":false,"reason":")" + reason +
         R"(","changed_at":null,"changed_by":"user:ana","effect_of_off":"Orders stop coming in.",)"
         R"("schedule":{"text":"every 5 minutes"},"warning":null,"next_run_at":null,)"
         R"("missed":{"ticks":3,"last_at":null},"running_job_id":null,"p95_ms":1249,)"
         R"("last_run":{"outcome":"ok","started_at":"2026-11-20T15:00:00.000000Z"},"runs":[]})";
}

TEST(WorkflowsCommands, TheListSaysWhoSwitchedItOffAndWhy) {
  const auto ran = run_line({"workflows", "list"},
                            {{"GET /api/v1/workflows",
                              {200, R"({"items":[)" + workflow("off", "labels are wrong") +
                                        R"(],"next_cursor":null})"}}});
  EXPECT_EQ(ran.exit, Exit::done);
  EXPECT_EQ(ran.out,
            "WORKFLOW          STATE  SCHEDULE         LAST RUN                   P95  NEXT RUN  "
            "MISSED  WHY OFF\n"
            "shipstation-sync  off    every 5 minutes  ok 2026-11-20 15:00 UTC  1.2 s  -         "
            "     3  user:ana: labels are wrong\n");
}

TEST(WorkflowsCommands, SwitchingOffSendsTheReasonAndTellsTheEffect) {
  const auto ran = run_line(
      {"workflows", "disable", "shipstation-sync", "--reason", "labels"},
      {{"POST /api/v1/workflows/shipstation-sync/disable", {200, workflow("off", "labels")}}});
  EXPECT_EQ(ran.exit, Exit::done);
  EXPECT_EQ(ran.sent, R"({"reason":"labels"})");
  EXPECT_EQ(ran.out, "shipstation-sync is off\nOrders stop coming in.\n");
}

TEST(WorkflowsCommands, SwitchingOffWithoutAReasonIsRefusedAtOnce) {
  const auto parsed = parse({"workflows", "disable", "shipstation-sync"});
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().exit, 2);
  EXPECT_NE(parsed.error().error.find("--reason"), std::string::npos);
}

TEST(WorkflowsCommands, SwitchingOnNeedsNoReason) {
  const auto ran =
      run_line({"workflows", "enable", "shipstation-sync"},
               {{"POST /api/v1/workflows/shipstation-sync/enable", {200, workflow("on", "")}}});
  EXPECT_EQ(ran.sent, "{}");
  EXPECT_EQ(ran.out, "shipstation-sync is on\n");
}

constexpr auto kCutoff = R"({"key":"warehouse.cutoff","value":"14:00","origin":"database"})";

TEST(ConfigCommands, ASettingIsSetAndTakenBack) {
  const auto set = run_line({"config", "set", "warehouse.cutoff", "14:00", "--reason", "summer"},
                            {{"PUT /api/v1/settings/warehouse.cutoff", {200, kCutoff}}});
  EXPECT_EQ(set.sent, R"({"value":"14:00","reason":"summer"})");
  EXPECT_EQ(set.out, "warehouse.cutoff = 14:00  (database)\n");
  const auto reset = run_line({"config", "reset", "warehouse.cutoff"},
                              {{"DELETE /api/v1/settings/warehouse.cutoff", {200, kCutoff}}});
  EXPECT_EQ(reset.exit, Exit::done);
}

TEST(ConfigCommands, WhatIsAllowedIsTold) {
  const auto ran =
      run_line({"config", "set", "warehouse.cutoff", "noon"},
               {{"PUT /api/v1/settings/warehouse.cutoff",
                 {422, R"({"detail":"warehouse.cutoff: expected a time of day such as 12:00"})"}}});
  EXPECT_EQ(ran.exit, Exit::usage);
  EXPECT_EQ(ran.error, "tallyman: warehouse.cutoff: expected a time of day such as 12:00\n");
}

TEST(ConfigCommands, AValueThatIsNotUsedIsAWarningOnStandardError) {
  const auto ran = run_line(
      {"config", "list"},
      {{"GET /api/v1/settings",
        {200, R"({"items":[{"key":"warehouse.cutoff","value":"12:00","origin":"default",)"
              R"("changed_by":"plain SQL","warning":"noon is not used"}],"next_cursor":null})"}}});
  EXPECT_EQ(ran.error, "tallyman: noon is not used\n");
  EXPECT_NE(ran.out.find("warehouse.cutoff  12:00  default  plain SQL"), std::string::npos)
      << ran.out;
}

TEST(ConfigCommands, TheHistoryIsATable) {
  const auto ran = run_line(
      {"config", "history", "warehouse.cutoff"},
      {{"GET /api/v1/settings/warehouse.cutoff/history",
        {200, R"({"items":[{"at":"2026-11-20T15:00:00.000000Z","who":"user:ana","old_value":null,)"
              R"("new_value":"14:00","reason":"summer"}],"next_cursor":null})"}}});
  EXPECT_NE(ran.out.find("2026-11-20 15:00 UTC  user:ana  -       14:00  summer"),
            std::string::npos)
      << ran.out;
}

}  // namespace
}  // namespace tallyman::cli
