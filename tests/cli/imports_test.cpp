// tallyman import and bundles: what they send and print, for canned answers of the API.
#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <map>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"
#include "domain/imports/limits.h"
#include "support/databases.h"

namespace tallyman::cli {
namespace {

constexpr auto kCounts =
    R"({"orders":3,"inserted":2,"updated":0,"unchanged":0,"skipped":0,"quarantined":1,)"
    R"("deferred":0,"lines_dropped":0})";
constexpr auto kFinding =
    R"({"kind":"quarantined","order_number":"700025","line":4,"column":35,"sku":null,)"
    R"("quantity":null,"reason":"date2: expected a date"})";

std::string import_answer(const std::string& outcome) {
  return R"({"id":5,"name":"orders.xml","source":"upload","received_at":"2026-11-20T06:30:00Z",)"
         R"("outcome":")" +
         outcome + R"(","message":"3 orders: 2 new.","counts":)" + kCounts + "}";
}

class Imports : public testing::Test {
 protected:
  Exit run(const ApiCommand& command, bool as_json = false) {
    const Global global{.json = as_json};
    timing::VirtualClock clock(Instant{});
    Terminal terminal{.out = [&](std::string_view text) { out += text; },
                      .error = [&](std::string_view text) { error += text; },
                      .progress = Progress::lines};
    const Api api = [&](std::string_view method, const std::string& target,
                        const std::string& body) {
      asked.emplace_back(std::string(method) + " " + target, body);
      auto& queue = answers[std::string(method) + " " + target];
      if (queue.empty()) return ApiAnswer{404, R"({"detail":"There is no such thing."})"};
      auto answer = queue.front();
      if (queue.size() > 1) queue.pop_front();
      return answer;
    };
    Doing doing{.global = global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
    return run_api_command(command, doing);
  }
  std::string file(const std::string& bytes) {
    const auto path = place.path() / "my orders.xml";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  void answer_import(const std::string& outcome) {
    answers["POST /api/v1/imports?name=my%20orders.xml"] = {{202, R"({"import_id":5,"job_id":7})"}};
    answers["GET /api/v1/jobs/7"] = {{200, R"({"state":"running","outcome":null,"message":""})"},
                                     {200, R"({"state":"done","outcome":"ok","message":"m"})"}};
    answers["GET /api/v1/imports/5"] = {{200, import_answer(outcome)}};
    answers["GET /api/v1/imports/5/findings?limit=500&cursor=0"] = {
        {200, std::string(R"({"items":[)") + kFinding + R"(],"next_cursor":null})"}};
  }

  tests::TempFolder place;
  std::map<std::string, std::deque<ApiAnswer>> answers;
  std::vector<std::pair<std::string, std::string>> asked;
  std::string out;
  std::string error;
};

TEST_F(Imports, AFileIsSentAsItIsAndItsEndIsTold) {
  answer_import("partial");
  EXPECT_EQ(run(ImportRun{.file = file("<orders>\xFC</orders>")}), Exit::partly);
  EXPECT_EQ(asked.front().second, "<orders>\xFC</orders>");
  EXPECT_EQ(out, "3 orders: 2 new.\n4:35  quarantined  order 700025  date2: expected a date\n");
  EXPECT_EQ(media_of("/api/v1/imports?name=x"), "application/xml");
  EXPECT_EQ(media_of("/api/v1/jobs"), "application/json");
}

TEST_F(Imports, TheEndOfTheFileIsTheExit) {
  answer_import("ok");
  EXPECT_EQ(run(ImportRun{.file = file("x")}), Exit::done);
  answer_import("refused");
  EXPECT_EQ(run(ImportRun{.file = file("x")}, true), Exit::failed);
  EXPECT_NE(out.find(R"("findings":[{"kind":"quarantined")"), std::string::npos);
}

TEST_F(Imports, ADryRunChangesNothingAndSaysSo) {
  answers["POST /api/v1/imports/preview?name=my%20orders.xml"] = {
      {200, std::string(R"({"outcome":"partial","message":"3 orders: 2 new.","counts":)") +
                kCounts + R"(,"findings":[)" + kFinding + R"(],"findings_total":1})"}};
  EXPECT_EQ(run(ImportRun{.file = file("x"), .dry_run = true}), Exit::partly);
  EXPECT_NE(out.find("Nothing was changed.\n"), std::string::npos);
  EXPECT_EQ(asked.size(), 1U);
}

TEST_F(Imports, WhatIsNoFileIsNotSent) {
  EXPECT_EQ(run(ImportRun{.file = (place.path() / "none.xml").string()}), Exit::failed);
  EXPECT_NE(error.find("is not there"), std::string::npos);
  EXPECT_EQ(run(ImportRun{.file = place.path().string()}), Exit::failed);
  EXPECT_NE(error.find("is no plain file"), std::string::npos);
  EXPECT_EQ(run(ImportRun{.file = file("")}), Exit::failed);
  EXPECT_NE(error.find("is empty"), std::string::npos);
  const auto large = file("x");
  std::filesystem::resize_file(large, imports::kFileBytes + 1);
  EXPECT_EQ(run(ImportRun{.file = large}), Exit::failed);
  EXPECT_NE(error.find("has 67108865 bytes; at most 67108864 (64 MiB) are read"),
            std::string::npos);
  EXPECT_TRUE(asked.empty());
}

TEST_F(Imports, ABundleIsWrittenAsUnitsAndSku) {
  answers["PUT /api/v1/bundles/18605"] = {
      {200, R"({"sku":"18605","active":true,"components":[{"sku":"17612","multiplier":4},)"
            R"({"sku":"17914","multiplier":1}]})"}};
  EXPECT_EQ(run(BundlesSet{.sku = "18605", .components = {"4x17612", "1x17914"}}), Exit::done);
  EXPECT_EQ(asked.front().second,
            R"({"description":"","active":true,"components":[{"sku":"17612","multiplier":4},)"
            R"({"sku":"17914","multiplier":1}]})");
  EXPECT_EQ(out, "18605 is active: 4x17612 1x17914\n");
  asked.clear();
  for (const auto* wrong : {"17612", "x17612", "4x", "fourx17612"}) {
    EXPECT_EQ(run(BundlesSet{.sku = "18605", .components = {wrong}}), Exit::usage) << wrong;
  }
  EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace tallyman::cli
