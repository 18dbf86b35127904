#include "api/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "api/json.h"
#include "api/schemas.h"
#include "domain/base/check.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::string_view kProblem = "Problem";
constexpr std::string_view kProblemMedia = "application/problem+json";

json::object ref(std::string_view schema) {
  return {{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

json::object content(std::string_view media, std::string_view schema) {
  json::object described = schema.empty() ? json::object{{"type", "string"}} : ref(schema);
  return {{media, json::object{{"schema", std::move(described)}}}};
}

json::object problem(std::string_view what) {
  return {{"description", what}, {"content", content(kProblemMedia, kProblem)}};
}

json::object good_answer(const Route& route) {
  json::object answer{{"description", route.summary}};
  const bool has_body = !route.answers.empty() || route.media != kJson;
  if (has_body) answer["content"] = content(route.media, route.answers);
  return answer;
}

std::vector<std::string_view> names_in(std::string_view pattern) {
  std::vector<std::string_view> names;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
    const auto close = pattern.find('}', open);
    check(close != std::string_view::npos, pattern);
    names.push_back(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
  return names;
}

json::object responses(const Route& route) {
  json::object all{{std::to_string(route.status), good_answer(route)}};
  for (const auto& other : route.also) {
    all[std::to_string(other.status)] =
        json::object{{"description", other.what}, {"content", content(kJson, other.answers)}};
  }
  const auto refused = [&](std::string_view status, std::string_view what) {
    if (!all.contains(status)) all[status] = problem(what);
  };
  if (!route.query.empty() || !route.body.empty()) {
    refused("400", "The request cannot be understood; nothing was done");
  }
  if (route.access != Access::anybody) {
    refused("401", "Nobody is signed in");
    refused("403", "This role may not do it");
  }
  if (!names_in(route.pattern).empty()) refused("404", "There is nothing of this name");
  refused("default", "Why it could not be answered; nothing was done unless it says so");
  return all;
}

json::array parameters(const Route& route) {
  json::array all;
  for (const auto name : names_in(route.pattern)) {
    all.push_back(json::object{{"name", name},
                               {"in", "path"},
                               {"required", true},
                               {"schema", json::object{{"type", "string"}}}});
  }
  for (const auto& row : route.query) {
    all.push_back(json::object{{"name", row.name},
                               {"in", "query"},
                               {"description", row.what},
                               {"schema", json::object{{"type", row.type}}}});
  }
  return all;
}

std::string_view role_of(Access access) {
  switch (access) {
    case Access::anybody: return "anybody";
    case Access::viewer: return "viewer";
    case Access::operator_: return "operator";
    case Access::admin: return "admin";
  }
  return "admin";
}

// "/api/v1/orders/{number}" -> "orders"; "/health/live" -> "health".
std::string_view subject_of(std::string_view pattern) {
  constexpr std::string_view kRoot = "/api/v1/";
  pattern.remove_prefix(pattern.starts_with(kRoot) ? kRoot.size() : 1);
  return pattern.substr(0, pattern.find('/'));
}

bool has_required_member(const json::object& schemas, std::string_view name) {
  const auto* schema = schemas.if_contains(name);
  check(schema != nullptr, name);
  return schema->as_object().contains("required");
}

json::object operation(const Route& route, const json::object& schemas) {
  json::object described{{"operationId", route.operation},
                         {"summary", route.summary},
                         {"tags", json::array{subject_of(route.pattern)}}};
  if (auto all = parameters(route); !all.empty()) described["parameters"] = std::move(all);
  if (!route.body.empty()) {
    described["requestBody"] = json::object{{"required", has_required_member(schemas, route.body)},
                                            {"content", content(kJson, route.body)}};
  }
  if (route.takes != kJson) {
    const json::object file{{"type", "string"}, {"description", "The file, byte for byte"}};
    described["requestBody"] =
        json::object{{"required", true},
                     {"content", json::object{{route.takes, json::object{{"schema", file}}}}}};
  }
  described["responses"] = responses(route);
  // An empty requirement: nobody has to be signed in.
  if (route.access == Access::anybody) described["security"] = json::array{json::object{}};
  described["x-role"] = role_of(route.access);
  return described;
}

json::object paths(const json::object& schemas) {
  json::object all;
  for (const auto& route : routes()) {
    std::string method(route.method);
    std::ranges::transform(method, method.begin(), [](char c) {
      return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    if (!all.contains(route.pattern)) all[route.pattern] = json::object{};
    auto& methods = all[route.pattern].as_object();
    check(!methods.contains(method), route.operation);
    methods[method] = operation(route, schemas);
  }
  return all;
}

json::object all_schemas() {
  json::object all;
  for (const auto& file : schema_files()) {
    const json::value subject = json::parse(file.json);
    for (const auto& [name, schema] : subject.as_object()) {
      check(!all.contains(name), file.subject);
      all[name] = schema;
    }
  }
  return all;
}

json::object ways_to_sign_in() {
  return {{"cookie",
           {{"type", "apiKey"},
            {"in", "cookie"},
            {"name", "tallyman"},
            {"description",
             "A session of the pages (over TLS: __Host-tallyman); writes also need X-CSRF-Token"}}},
          {"token",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"description", "An API token: tally_<id>_<secret>"}}}};
}

// As people read it: members in their order, two spaces per level.
void write(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent(2 * depth + 2, ' ');
  const std::string outdent(2 * depth, ' ');
  const auto between = [&](bool& first) { out += std::exchange(first, false) ? "\n" : ",\n"; };
  bool first = true;
  if (value.is_object() && !value.get_object().empty()) {
    out += '{';
    for (const auto& [name, member] : value.get_object()) {
      between(first);
      out += indent + json::serialize(name) + ": ";
      write(out, member, depth + 1);
    }
    out += "\n" + outdent + "}";
  } else if (value.is_array() && !value.get_array().empty()) {
    out += '[';
    for (const auto& item : value.get_array()) {
      between(first);
      out += indent;
      write(out, item, depth + 1);
    }
    out += "\n" + outdent + "]";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

json::object openapi(std::string_view version) {
  auto schemas = all_schemas();
  auto described = paths(schemas);
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "tallyman"},
        {"version", version},
        {"description",
         "Orders, their story, the sync and its workflows. Times are RFC 3339 in UTC, amounts "
         "whole cents, lists keyset pages, errors problem documents (RFC 9457)."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", json::array{json::object{{"url", "/"}}}},
      {"security", json::array{json::object{{"cookie", json::array{}}},
                               json::object{{"token", json::array{}}}}},
      {"paths", std::move(described)},
      {"components", {{"schemas", std::move(schemas)}, {"securitySchemes", ways_to_sign_in()}}}};
}

std::string openapi_text(std::string_view version) {
  std::string text;
  write(text, openapi(version), 0);
  return text + "\n";
}

http_server::Response get_openapi(const Context& context, const Call&) {
  return json_response(200, openapi(context.version));
}

std::span<const Route> api_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/openapi.json",
            .operation = "getOpenapi",
            .summary = "This description",
            .access = Access::anybody,
            .answer = get_openapi,
            .answers = "OpenapiDocument"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
