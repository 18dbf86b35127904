// The description of the API: complete, well formed, and what the command line prints.
#include "api/openapi.h"

#include <fstream>
#include <iterator>
#include <set>

#include "api/api_test.h"
#include "api/schemas.h"
#include "support/json_schema.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

std::string file(const std::string& path) {
  std::ifstream in(std::string(TALLYMAN_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string joined(const std::vector<std::string>& complaints) {
  std::string text;
  for (const auto& complaint : complaints) text += complaint + "\n";
  return text;
}

TEST(OpenApi, IsAnOpenApiDocument) {
  const JsonSchema meta(json::parse(file("tests/support/openapi_3_1.json")));
  const auto complaints = meta.complaints(api::openapi("1.2.3"), "");
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
  json::value broken = api::openapi("1.2.3");
  broken.at("paths").at("/api/v1/orders").at("get").as_object().erase("responses");
  EXPECT_FALSE(meta.complaints(broken, "").empty());
}

TEST(OpenApi, TheDescriptionOfOpenApiIsItselfInOrder) {
  const JsonSchema meta(json::parse(file("tests/support/openapi_3_1.json")));
  EXPECT_EQ(joined(meta.faults("")), "");
  for (const auto& [name, schema] : meta.root().at("$defs").as_object()) {
    EXPECT_EQ(joined(meta.faults("/$defs/" + std::string(name))), "") << name;
  }
}

TEST(OpenApi, EveryRouteHasAnOperationASummaryAndSchemasThatExist) {
  const auto document = api::openapi("test");
  const auto& schemas = document.at("components").at("schemas").as_object();
  std::set<std::string_view> operations;
  for (const auto& route : api::routes()) {
    EXPECT_TRUE(operations.insert(route.operation).second) << route.operation << " twice";
    EXPECT_GT(route.summary.size(), 2U) << route.pattern;
    EXPECT_TRUE(route.answer != nullptr) << route.pattern;
    for (const auto name : {route.answers, route.body}) {
      EXPECT_TRUE(name.empty() || schemas.contains(name)) << route.operation << ": " << name;
    }
    for (const auto& row : route.query) {
      EXPECT_TRUE(row.type == "string" || row.type == "integer" || row.type == "boolean")
          << route.operation << " " << row.name;
    }
    const bool no_answer = route.answers.empty() && route.media == api::kJson;
    EXPECT_EQ(no_answer, route.status == 204) << route.operation;
    EXPECT_TRUE(document.at("paths").as_object().contains(route.pattern)) << route.pattern;
  }
}

// Every member is described, nothing else is allowed: else the checks of the answers mean little.
void expect_closed(const json::value& schema, const std::string& place) {
  if (const auto* object = schema.if_object()) {
    if (object->contains("properties")) {
      EXPECT_TRUE(object->contains("additionalProperties")) << place;
    }
    for (const auto& [name, below] : *object) expect_closed(below, place + "/" + std::string(name));
  }
  if (const auto* array = schema.if_array()) {
    for (const auto& below : *array) expect_closed(below, place);
  }
}

TEST(OpenApi, EverySchemaIsInOrderClosedAndNamedOnce) {
  const JsonSchema document(api::openapi("test"));
  std::set<std::string> names;
  for (const auto& subject : api::schema_files()) {
    const json::value schemas = json::parse(subject.json);
    for (const auto& [name, schema] : schemas.as_object()) {
      EXPECT_TRUE(names.emplace(name).second) << name << " twice; second in " << subject.subject;
      EXPECT_EQ(joined(document.faults("/components/schemas/" + std::string(name))), "");
      expect_closed(schema, std::string(name));
    }
  }
  EXPECT_EQ(names.size(), document.root().at("components").at("schemas").as_object().size());
}

void collect_refs(const json::value& value, std::set<std::string>& refs) {
  if (const auto* object = value.if_object()) {
    for (const auto& [name, below] : *object) {
      if (name == "$ref") refs.emplace(below.as_string());
      collect_refs(below, refs);
    }
  }
  if (const auto* array = value.if_array()) {
    for (const auto& below : *array) collect_refs(below, refs);
  }
}

TEST(OpenApi, EveryReferenceLeadsSomewhereAndEverySchemaIsUsed) {
  const json::value document = api::openapi("test");
  std::set<std::string> refs;
  collect_refs(document, refs);
  for (const auto& target : refs) {
    json::error_code error;
    EXPECT_NE(document.find_pointer(std::string_view(target).substr(1), error), nullptr) << target;
  }
  for (const auto& subject : api::schema_files()) {
    if (subject.subject == "common") continue;  // for whoever needs it next
    const json::value schemas = json::parse(subject.json);
    for (const auto& [name, schema] : schemas.as_object()) {
      EXPECT_TRUE(refs.contains("#/components/schemas/" + std::string(name)))
          << name << " is described and never used";
    }
  }
}

TEST(OpenApi, RoutesForAnybodySayThatNobodyHasToSignIn) {
  const auto document = api::openapi("test");
  for (const auto& route : api::routes()) {
    std::string method(route.method);
    for (auto& c : method) c = static_cast<char>(c - 'A' + 'a');
    const auto& operation = document.at("paths").at(route.pattern).at(method).as_object();
    EXPECT_EQ(operation.contains("security"), route.access == api::Access::anybody);
    EXPECT_EQ(operation.at("responses").as_object().contains("401"),
              route.access != api::Access::anybody);
  }
}

TEST(OpenApi, TheTextForPeopleIsTheSameDocument) {
  const auto text = api::openapi_text("9.9.9");
  EXPECT_EQ(json::parse(text), api::openapi("9.9.9"));
  EXPECT_TRUE(text.starts_with("{\n  \"openapi\": \"3.1.0\",\n"));
}

TEST(OpenApi, ABodyIsRequiredWhereOneOfItsMembersIs) {
  const auto document = api::openapi("test");
  const auto& schemas = document.at("components").at("schemas").as_object();
  for (const auto& [path, methods] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      const auto* body = operation.as_object().if_contains("requestBody");
      if (body == nullptr) continue;
      if (!body->at("content").as_object().contains("application/json")) {
        EXPECT_TRUE(body->at("required").as_bool()) << path << ": a file";
        continue;
      }
      const std::string_view schema =
          body->at_pointer("/content/application~1json/schema/$ref").as_string();
      const auto& named = schemas.at(schema.substr(schema.rfind('/') + 1)).as_object();
      EXPECT_EQ(body->at("required").as_bool(), named.contains("required")) << path;
    }
  }
}

using ApiDescription = ApiTest;

TEST_F(ApiDescription, IsServedToAnybody) {
  EXPECT_EQ(get("/api/v1/openapi.json"), api::openapi("test"));
}

TEST_F(ApiDescription, CoversTheLiveEvents) {
  const auto response = send("GET", "/api/v1/events?topics=job");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.stream);
}

TEST_F(ApiDescription, CoversAWorkflowRunNow) {
  context_.status.configured = true;
  const auto asked = send("POST", "/api/v1/workflows/shipstation-sync/runs");
  ASSERT_EQ(asked.status, 202) << asked.body;
  EXPECT_FALSE(json::parse(asked.body).at("already_running").as_bool());
  const auto again = send("POST", "/api/v1/workflows/shipstation-sync/runs");
  EXPECT_TRUE(json::parse(again.body).at("already_running").as_bool());
  EXPECT_EQ(json::parse(again.body).at("job_id"), json::parse(asked.body).at("job_id"));
}

TEST_F(ApiDescription, AQueryIsHeldAgainstIt) {
  const auto refused = [&](const std::string& target, std::string_view why) {
    const auto response = send("GET", target);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_NE(response.body.find(why), std::string::npos) << response.body;
  };
  refused("/api/v1/orders?stauts=shipped",
          "This path knows status, source, sku, q, needs_attention, archived, limit, cursor.");
  refused("/api/v1/orders?limit=7&limit=8", "limit is given twice.");
  refused("/api/v1/orders?limit=7x", "limit must be a whole number.");
  refused("/api/v1/orders?limit=", "limit must be a whole number.");
  refused("/api/v1/orders?limit=1.0", "limit must be a whole number.");
  refused("/api/v1/orders?limit=99999999999999999999", "limit must be a whole number.");
  refused("/api/v1/orders?LIMIT=7", "unknown parameter");
  refused("/api/v1/sync/status?x=1", "This path takes no query.");
  EXPECT_EQ(send("GET", "/api/v1/orders?status=nonsense&q=").status, 200);
}

}  // namespace
}  // namespace tallyman::tests
