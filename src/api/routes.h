// The API's route table and the door in front of it: what is answered where, by whom.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "api/context.h"
#include "api/identity.h"
#include "domain/people/role.h"
#include "http_server/message.h"

namespace tallyman::api {

// One request that matched a route: the parts of the path in braces, by name, and who asks.
struct Call {
  const http_server::Request& request;
  std::map<std::string, std::string, std::less<>> path;
  Identity who;
};

// Who may use a route. `anybody` needs no sign-in: health, sign-in itself.
enum class Access { anybody, viewer, operator_, admin };

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kXml = "application/xml";

// A query parameter, for the document and for the check: an unknown one is refused, so is one given
// twice and one of another type.
struct QueryRow {
  std::string_view name;
  std::string_view type;  // "string", "integer", "boolean"
  std::string_view what;
};

// A second answer in JSON that is no problem document: health says why it is red.
struct AnswerRow {
  int status = 0;
  std::string_view answers;  // name of a schema
  std::string_view what;
};

// What a repeated Idempotency-Key gets (POST only).
enum class Repeat {
  same_answer,  // the stored one
  refused,      // the answer showed a secret and is not stored
  done_again,   // the key is not looked at: the body holds a password
};

struct Route {
  std::string_view method;
  std::string_view pattern;    // "/api/v1/orders/{number}"
  std::string_view operation;  // operationId: "getOrder"
  std::string_view summary;
  Access access = Access::admin;
  http_server::Response (*answer)(const Context&, const Call&) = nullptr;
  // Names of schemas in src/api/schemas; empty: no body.
  std::string_view body{};
  std::string_view answers{};
  int status = 200;  // when all went well
  std::span<const QueryRow> query{};
  std::span<const AnswerRow> also{};
  std::string_view media = kJson;  // of the good answer; text has no schema
  // What the body is sent as. kXml: a file, byte for byte, without a schema.
  std::string_view takes = kJson;
  Repeat repeat = Repeat::same_answer;
  Use use = Use::counts;
};

// One table per subject, each beside its handlers.
std::span<const Route> order_routes();
std::span<const Route> sync_routes();
std::span<const Route> credential_routes();
std::span<const Route> job_routes();
std::span<const Route> today_routes();
std::span<const Route> session_routes();
std::span<const Route> people_routes();
std::span<const Route> workflow_routes();
std::span<const Route> setting_routes();
std::span<const Route> event_routes();
std::span<const Route> import_routes();
std::span<const Route> bundle_routes();
std::span<const Route> alert_routes();
std::span<const Route> health_routes();
std::span<const Route> metric_routes();
std::span<const Route> api_routes();  // the description itself

// All of them, in the order in which they are looked at.
std::span<const Route> routes();

// What is answered without database and files: that the program lives. For Options::is_at_once.
bool is_answered_at_once(const http_server::Request& request);

// Answers everything: API, health and pages. `context` must outlive the handler.
http_server::Handler make_handler(const Context& context);

}  // namespace tallyman::api
