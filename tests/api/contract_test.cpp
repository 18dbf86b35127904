// The checker that every answer of the API passes through, shown to notice what it should; and,
// when the whole suite has run, that no route was left out.
#include "api/contract.h"

#include <gtest/gtest.h>

#include "api/openapi.h"
#include "support/json_schema.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

std::vector<std::string> against(std::string_view schema, std::string_view value) {
  return JsonSchema(json::parse(schema)).complaints(json::parse(value), "");
}

TEST(JsonSchemas, WhatFitsIsNotComplainedAbout) {
  constexpr auto kSchema = R"({"type":"object","properties":{
      "at":{"type":"string","format":"date-time"},"n":{"type":["integer","null"],"minimum":0},
      "word":{"type":"string","enum":["a","b"]},"all":{"type":"array","items":{"const":1}},
      "by_name":{"type":"object","additionalProperties":{"type":"boolean"}},
      "either":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/code"}]}},
      "required":["at"],"additionalProperties":false,
      "$defs":{"code":{"type":"string","pattern":"^[A-Z]{3}$"}}})";
  for (const auto* value :
       {R"({"at":"2026-11-20T09:00:00Z"})", R"({"at":"2026-11-20T09:00:00.25-08:00","n":null})",
        R"({"at":"2026-11-20T09:00:00Z","n":0,"word":"b","all":[1,1],"by_name":{"x":true}})",
        R"({"at":"2026-11-20T09:00:00Z","either":"USD"})"}) {
    EXPECT_TRUE(against(kSchema, value).empty()) << value << against(kSchema, value).front();
  }
  for (const auto* value :
       {R"({})", R"([])", R"({"at":7})", R"({"at":"2026-11-20 09:00"})",
        R"({"at":"2026-11-20T09:00:00"})", R"({"at":"2026-11-20T09:00:00Z","extra":1})",
        R"({"at":"2026-11-20T09:00:00Z","n":-1})", R"({"at":"2026-11-20T09:00:00Z","n":1.5})",
        R"({"at":"2026-11-20T09:00:00Z","word":"c"})",
        R"({"at":"2026-11-20T09:00:00Z","all":[1,2]})",
        R"({"at":"2026-11-20T09:00:00Z","by_name":{"x":1}})",
        R"({"at":"2026-11-20T09:00:00Z","either":"usd"})"}) {
    EXPECT_FALSE(against(kSchema, value).empty()) << value;
  }
}

TEST(JsonSchemas, OneOfMeansExactlyOne) {
  constexpr auto kSchema = R"({"oneOf":[{"type":"integer"},{"type":"number","minimum":5}]})";
  EXPECT_TRUE(against(kSchema, "3").empty());
  EXPECT_TRUE(against(kSchema, "5.5").empty());
  EXPECT_FALSE(against(kSchema, "7").empty());
  EXPECT_FALSE(against(kSchema, "\"x\"").empty());
}

TEST(JsonSchemas, AFaultOfTheSchemaItselfIsFound) {
  for (const auto* schema :
       {R"({"type":"strng"})", R"({"requird":["a"]})", R"({"$ref":"#/nowhere"})",
        R"({"type":"object","properties":{},"required":["a"]})", R"({"format":"email"})",
        R"({"items":{"unevaluatedProperties":false}})"}) {
    EXPECT_FALSE(JsonSchema(json::parse(schema)).faults("").empty()) << schema;
  }
}

http_server::Request get(std::string path) {
  http_server::Request request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

http_server::Response answer(int status, std::string body, std::string media = "application/json",
                             std::string caching = "no-store") {
  return {.status = status,
          .headers = {{"Content-Type", std::move(media)}, {"Cache-Control", std::move(caching)}},
          .body = std::move(body)};
}

TEST(Contracts, NoticeWhatAHandlerAnswersOtherwiseThanDocumented) {
  Contract contract(api::openapi("test"));
  const auto live = get("/health/live");
  const std::string good = R"({"status":"ok","version":"1"})";
  EXPECT_TRUE(contract.complaints(live, answer(200, good)).empty());
  const std::vector<http_server::Response> wrong = {
      answer(200, R"({"status":"ok"})"),
      answer(200, R"({"status":"ok","version":"1","more":1})"),
      answer(200, R"({"status":"fine","version":"1"})"),
      answer(200, "no JSON"),
      answer(200, good, "text/plain"),
      answer(200, good, "application/json", "max-age=60"),
      answer(201, good),
      answer(503, good),
      answer(503, R"({"status":"ok"})", "application/problem+json"),
  };
  for (const auto& response : wrong) {
    EXPECT_FALSE(contract.complaints(live, response).empty()) << response.status << response.body;
  }
  EXPECT_FALSE(contract.complaints(get("/api/v1/secret"), answer(200, good)).empty())
      << "an answer where nothing is documented";
}

TEST(Contracts, RememberWhichOperationsWereSeenWell) {
  Contract contract(api::openapi("test"));
  EXPECT_TRUE(contract.never_seen_well().contains("getLive"));
  contract.complaints(get("/health/live"), answer(503, "{}"));
  EXPECT_TRUE(contract.never_seen_well().contains("getLive"));
  contract.complaints(get("/health/live"), answer(200, R"({"status":"ok","version":"1"})"));
  EXPECT_FALSE(contract.never_seen_well().contains("getLive"));
}

// Runs last, and only when all tests ran.
class NoRouteIsLeftOut : public testing::Environment {
 public:
  void TearDown() override {
    const auto& all = *testing::UnitTest::GetInstance();
    if (all.test_to_run_count() != all.total_test_count()) return;
    for (const auto& operation : Contract::of_this_program().never_seen_well()) {
      ADD_FAILURE() << operation << " was never answered well through ApiTest::send: its "
                    << "documentation is unproven";
    }
  }
};
[[maybe_unused]] const auto* const kLast = testing::AddGlobalTestEnvironment(
    std::make_unique<NoRouteIsLeftOut>().release());  // gtest owns it

}  // namespace
}  // namespace tallyman::tests
