#include "cli/run.h"

#include <gtest/gtest.h>

#include "adapters/time/virtual_clock.h"

namespace tallyman::cli {
namespace {

Zone chicago() {
  using namespace std::chrono_literals;
  return {"America/Chicago",
          {{Instant::min(), -6h, "CST"},
           {instant_from_text("2026-03-08T08:00:00Z").value(), -5h, "CDT"},
           {instant_from_text("2026-11-01T07:00:00Z").value(), -6h, "CST"}}};
}

// What a command printed and how it ended, for canned answers of the API.
struct Ran {
  Exit exit = Exit::done;
  std::string out;
  std::string error;
};

Ran run_with(const ApiCommand& command, std::map<std::string, ApiAnswer> answers,
             const Global& global = {}) {
  Ran ran;
  timing::VirtualClock clock(Instant{});
  Terminal terminal{.out = [&](std::string_view text) { ran.out += text; },
                    .error = [&](std::string_view text) { ran.error += text; },
                    .progress = Progress::lines};
  const Api api = [&](std::string_view method, const std::string& target,
                      const std::string&) -> ApiAnswer {
    const auto found = answers.find(std::string(method) + " " + target);
    return found == answers.end() ? ApiAnswer{404, R"({"detail":"no such thing"})"} : found->second;
  };
  Doing doing{.global = global,
              .api = api,
              .clock = clock,
              .stop = {},
              .terminal = terminal,
              .trouble = {},
              .warehouse = chicago()};
  ran.exit = run_api_command(command, doing);
  return ran;
}

std::string finished(const std::string& outcome, const std::string& failure) {
  return R"({"run_id":"r1","outcome":")" + outcome + R"(","message":"It ended.","failure":)" +
         failure +
         R"(,"manual_orders_imported":1,"status_updates":2,"window":{"from":null,"until":null},)"
         R"("source_total":4,"received":4,"applied":3,"unchanged":0,"skipped":{"not ours":1},)"
         R"("quarantined":0,"deferred":0,"requests":5,"duration_ms":12,)"
         R"("watermark":{"before":null,"after":"2026-11-20T06:30:00.000000Z"},)"
         R"("read_until":"2026-11-20T06:31:00.000000Z","warnings":[],"extra":1})";
}

Ran sync_ending(const std::string& outcome, const std::string& failure, bool as_json = false) {
  return run_with(SyncRun{},
                  {{"POST /api/v1/sync/runs",
                    {202, R"({"job_id":7,"run_id":null,"already_running":false,"held_by":null})"}},
                   {"GET /api/v1/jobs/7",
                    {200, R"({"job_id":7,"state":"done","run_id":"r1","message":"It ended."})"}},
                   {"GET /api/v1/runs/r1", {200, finished(outcome, failure)}}},
                  {.json = as_json});
}

TEST(SyncRunCommand, TheExitTellsHowTheRunEnded) {
  EXPECT_EQ(sync_ending("ok", "null").exit, Exit::done);
  EXPECT_EQ(sync_ending("partial", "null").exit, Exit::partly);
  EXPECT_EQ(sync_ending("failed", "null").exit, Exit::failed);
  EXPECT_EQ(sync_ending("failed", R"("credentials refused")").exit, Exit::credentials);
  EXPECT_EQ(sync_ending("failed", R"("not reachable")").exit, Exit::unreachable);
  EXPECT_EQ(sync_ending("skipped", R"("busy")").exit, Exit::conflict);
}

TEST(SyncRunCommand, JsonIsOneDocumentWithTheMembersOfTheContract) {
  EXPECT_EQ(sync_ending("ok", "null", true).out,
            R"({"run_id":"r1","outcome":"ok","manual_orders_imported":1,"status_updates":2,)"
            R"("message":"It ended.","window":{"from":null,"until":null},"source_total":4,)"
            R"("received":4,"applied":3,"unchanged":0,"skipped":{"not ours":1},"quarantined":0,)"
            R"("deferred":0,"requests":5,"duration_ms":12,"watermark":{"before":null,)"
            R"("after":"2026-11-20T06:30:00.000000Z"},"read_until":"2026-11-20T06:31:00.000000Z",)"
            R"("warnings":[]})"
            "\n");
}

TEST(SyncRunCommand, AnotherProgramThatRunsItIsNamed) {
  const auto ran =
      run_with(SyncRun{}, {{"POST /api/v1/sync/runs",
                            {202, R"({"job_id":7,"run_id":"r1","already_running":true,)"
                                  R"("held_by":"web2, process 4711"})"}}});
  EXPECT_EQ(ran.exit, Exit::conflict);
  EXPECT_NE(ran.error.find("already running (web2, process 4711)"), std::string::npos) << ran.error;
}
TEST(SyncRunCommand, AJobThatNeverBecameARunIsTold) {
  const auto ran = run_with(
      SyncRun{},
      {{"POST /api/v1/sync/runs",
        {202, R"({"job_id":7,"run_id":null,"already_running":false,"held_by":null})"}},
       {"GET /api/v1/jobs/7",
        {200, R"({"job_id":7,"state":"dead","run_id":null,"message":"The book is full."})"}}});
  EXPECT_EQ(ran.exit, Exit::failed);
  EXPECT_EQ(ran.error, "tallyman: The book is full.\n");
}
// A server that is away for as many looks, then answers.
Ran sync_with_absence(int looks_away) {
  Ran ran;
  timing::VirtualClock clock(Instant{});
  Terminal terminal{.out = [&](std::string_view text) { ran.out += text; },
                    .error = [&](std::string_view text) { ran.error += text; },
                    .progress = Progress::none};
  int looks = 0;
  const Api api = [&](std::string_view method, const std::string& target,
                      const std::string&) -> ApiAnswer {
    if (method == "POST") {
      return {202, R"({"job_id":7,"run_id":null,"already_running":false,"held_by":null})"};
    }
    if (++looks <= looks_away) return {looks % 2 == 0 ? 503 : 0, R"({"detail":"It went away."})"};
    if (target == "/api/v1/runs/r1") return {200, finished("ok", "null")};
    return {200, R"({"job_id":7,"run_id":"r1","message":"","state":"done"})"};
  };
  const Global global;
  Doing doing{.global = global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
  ran.exit = run_api_command(ApiCommand{SyncRun{}}, doing);
  return ran;
}

TEST(SyncRunCommand, AFewFailedLooksAreBorne) {
  const auto ran = sync_with_absence(9);
  EXPECT_EQ(ran.exit, Exit::done) << ran.error;
  EXPECT_NE(ran.out.find("ShipStation counted 4"), std::string::npos) << ran.out;
}

TEST(SyncRunCommand, AServerThatStaysAwayIsTold) {
  const auto ran = sync_with_absence(100'000);
  EXPECT_EQ(ran.exit, Exit::failed);
  EXPECT_NE(ran.error.find("It went away."), std::string::npos) << ran.error;
}

TEST(SyncRunCommand, AFailureIsToldOnStandardError) {
  const auto ran = sync_ending("failed", R"("timeout")");
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.error, "tallyman: It ended.\n");
}

TEST(OrdersCommands, AnAbsentOrderIsAProblemInWords) {
  const auto ran = run_with(
      OrdersWhy{"500"},
      {{"GET /api/v1/orders/500/why", {404, R"({"detail":"Order 500 has never been seen."})"}}});
  EXPECT_EQ(ran.exit, Exit::failed);
  EXPECT_EQ(ran.error, "tallyman: Order 500 has never been seen.\n");
}

TEST(OrdersCommands, AnOrderNumberIsEncodedIntoThePath) {
  const auto ran = run_with(OrdersWhy{"10/ 5"},
                            {{"GET /api/v1/orders/10%2F%205/why", {200, R"({"why":"Because."})"}}});
  EXPECT_EQ(ran.out, "Because.\n");
}

TEST(OrdersCommands, TheListIsATableForPeople) {
  const auto ran = run_with(
      OrdersList{},
      {{"GET /api/v1/orders?limit=50",
        {200,
         R"({"items":[{"order_number":"100528","status":"shipped","flags":[{"kind":"case"}],)"
         R"("customer":"Example Dental","lines":[{"sku":"17612","lot":"250340","quantity":2}],)"
         R"("total_items":2,"carrier":null,"updated_at":"2026-11-20T06:30:00.000000Z"}],)"
         R"("next_cursor":"5-6"})"}}});
  EXPECT_EQ(ran.out,
            "ORDER   STATUS   FLAGS  CUSTOMER        ITEMS               UNITS  CARRIER  UPDATED\n"
            "100528  shipped  case   Example Dental  2 x 17612 - 250340      2  -        "
            "2026-11-20 00:30 CST\n");
  EXPECT_EQ(ran.error, "more: --cursor 5-6\n");
}

TEST(OrdersCommands, AValueThatTheServerRefusesIsWrongUsage) {
  for (const int status : {400, 422}) {
    const auto ran = run_with(OrdersList{.status = "shiped"},
                              {{"GET /api/v1/orders?limit=50&status=shiped",
                                {status, R"({"detail":"There is no status shiped."})"}}});
    EXPECT_EQ(ran.exit, Exit::usage);
    EXPECT_EQ(ran.error, "tallyman: There is no status shiped.\n");
  }
}

TEST(SyncRunCommand, NobodyWouldGoOnWithItWithoutAServer) {
  std::string said;
  bool was_asked = false;
  timing::VirtualClock clock(Instant{});
  Terminal terminal{.out = [](std::string_view) {},
                    .error = [&](std::string_view text) { said += text; }};
  const Global global;
  const Api api = [&](std::string_view, const std::string&, const std::string&) -> ApiAnswer {
    was_asked = true;
    return {202, R"({"job_id":7,"run_id":null,"already_running":false,"held_by":null})"};
  };
  Doing doing{.global = global,
              .api = api,
              .clock = clock,
              .stop = {},
              .terminal = terminal,
              .trouble = [] { return std::optional<std::string>{}; }};
  EXPECT_EQ(run_api_command(SyncRun{.wait = false}, doing), Exit::usage);
  EXPECT_FALSE(was_asked) << "a job that nobody does is not written down";
  EXPECT_NE(said.find("leave out --no-wait"), std::string::npos) << said;
}

TEST(SyncRunCommand, ADryRunPrintsThePlanAndAsksForNoRun) {
  const std::string job =
      R"({"job_id":7,"state":"done","run_id":"r1","outcome":"ok","message":"","result":)"
      R"({"source_total":4,"received":4,"applied":1,"unchanged":3,"skipped":{},"quarantined":0,)"
      R"("deferred":0,"manual_orders_imported":1,"status_updates":0,"requests":2,)"
      R"("watermark":{"before":null,"after":"2026-11-20T06:30:00.000000Z"},"changes":)"
      R"([{"order_number":"100528","title":"Imported","detail":"It contains 17612."}]}})";
  const std::map<std::string, ApiAnswer> answers = {
      {"POST /api/v1/sync/previews", {202, R"({"job_id":7,"already_running":false})"}},
      {"GET /api/v1/jobs/7", {200, job}}};
  const auto ran = run_with(SyncRun{.dry = true}, answers);
  EXPECT_EQ(ran.exit, Exit::done) << ran.error;
  EXPECT_EQ(
      ran.out,
      "ORDER   WHAT      DETAIL\n"
      "100528  Imported  It contains 17612.\n"
      "\n"
      "1 new manual orders, 0 orders updated. ShipStation counted 4, 4 received: 1 applied, 3 "
      "unchanged, 0 quarantined, 0 deferred. 2 requests.\n"
      "watermark - -> 2026-11-20 00:30:00 CST\n"
      "Nothing was changed. Do it with: tallyman sync run\n");
  EXPECT_TRUE(run_with(SyncRun{.dry = true}, answers, {.json = true})
                  .out.starts_with(R"({"source_total":4,)"));
}

TEST(SyncRunCommand, TimesAreThoseOfTheWarehouse) {
  const auto ran = sync_ending("ok", "null");
  EXPECT_NE(ran.out.find("watermark - -> 2026-11-20 00:30:00 CST, read until 2026-11-20 00:31:00 "
                         "CST"),
            std::string::npos)
      << ran.out;
}

TEST(SyncRunCommand, TheWaitingEndsAtItsTimeout) {
  const auto ran =
      run_with(SyncRun{.timeout = std::chrono::seconds(2)},
               {{"POST /api/v1/sync/runs",
                 {202, R"({"job_id":7,"run_id":null,"already_running":false,"held_by":null})"}},
                {"GET /api/v1/jobs/7",
                 {200, R"({"job_id":7,"state":"running","run_id":null,"message":""})"}}});
  EXPECT_EQ(ran.exit, Exit::still_running);
  EXPECT_NE(ran.error.find("job 7"), std::string::npos) << ran.error;
}

TEST(OrdersCommands, AControlCharacterFromAPartnerNeverReachesTheTerminal) {
  const auto ran = run_with(
      OrdersList{}, {{"GET /api/v1/orders?limit=50",
                      {200, R"({"items":[{"order_number":"1","status":"shipped","flags":[],)"
                            R"("customer":"x\u001b[2J","lines":[],"total_items":0,"carrier":null,)"
                            R"("updated_at":"2026"}],"next_cursor":null})"}}});
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace tallyman::cli
