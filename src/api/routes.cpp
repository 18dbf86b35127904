#include "api/routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <vector>

#include "api/guard.h"
#include "api/meters.h"
#include "api/origin.h"
#include "api/pages.h"
#include "api/problem.h"
#include "api/query.h"
#include "api/repeat.h"

namespace tallyman::api {

namespace {

// In the place of an operation's name where requests are counted.
constexpr std::string_view kPage = "page";
constexpr std::string_view kNoOperation = "none";

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the leading '/'
    const auto end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

// A "%2F" in an order number arrives as '/': the part in braces takes the segments that are too
// many.
void take_slashes_into_name(const std::vector<std::string_view>& pattern,
                            std::vector<std::string_view>& path) {
  const auto name =
      std::ranges::find_if(pattern, [](std::string_view part) { return part.starts_with('{'); });
  if (name == pattern.end() || path.size() <= pattern.size()) return;
  const auto first = path.begin() + (name - pattern.begin());
  const auto last = first + static_cast<std::ptrdiff_t>(path.size() - pattern.size());
  // The segments are views of one text, one behind the other.
  *first = std::string_view(first->begin(), last->end());
  path.erase(first + 1, last + 1);
}

enum class Slashes { part_the_path, may_be_in_a_name };

std::optional<Call> match(const Route& route, const http_server::Request& request,
                          Slashes slashes) {
  const auto pattern = segments(route.pattern);
  auto path = segments(request.path);
  if (slashes == Slashes::may_be_in_a_name) take_slashes_into_name(pattern, path);
  if (pattern.size() != path.size()) return std::nullopt;
  Call call{.request = request, .path = {}, .who = {}};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i].starts_with('{')) {
      if (path[i].empty()) return std::nullopt;
      call.path.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return call;
}

bool same_method(const Route& route, const http_server::Request& request) {
  return route.method == request.method || (route.method == "GET" && request.method == "HEAD");
}

// Into the audit log, beside the answer: who was turned away, from where, asking for what. Not who
// merely has not signed in: any page that was left open does that.
void note_refusal(const Context& context, const Route& route, const Call& call,
                  const Refusal& refusal) {
  const bool is_wrong_token =
      refusal.status == 401 && ports::find_header(call.request.headers, "Authorization");
  if (refusal.status != 403 && refusal.status != 429 && !is_wrong_token) return;
  context.door_state->refusals.note({.action = "request.refused",
                                     .who = call.who.who,
                                     .subject = std::string(route.operation),
                                     .address = address_of(call.request, context.door),
                                     .status = refusal.status},
                                    Refusals::Kind::once_an_hour, context.clock.now());
  write_refusals(context.database, *context.door_state);
}

http_server::Response routed(const Context& context, const Route& route, Call call) {
  try {
    admit(context, route, call);
    if (const auto wrong = what_is_wrong(route, call.request)) {
      throw Refusal{400, "Bad request", *wrong};
    }
    return answer_once(context, route, call);
  } catch (const Refusal& refusal) {
    note_refusal(context, route, call, refusal);
    throw;
  }
}

// `operation` becomes the name of the route that answers, as soon as it is known.
http_server::Response api_answer(const Context& context, const http_server::Request& request,
                                 std::string_view& operation) {
  std::string allowed;
  for (const auto slashes : {Slashes::part_the_path, Slashes::may_be_in_a_name}) {
    if (!allowed.empty()) break;
    // Backwards, the longer patterns first: what they end in is no part of a name.
    for (const auto& route : std::ranges::reverse_view(routes())) {
      auto call = match(route, request, slashes);
      if (!call) continue;
      if (same_method(route, request)) {
        operation = route.operation;
        return routed(context, route, std::move(*call));
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
  }
  if (allowed.empty()) return no_such_endpoint();
  auto response = problem_response(405, "Method not allowed", "This path answers " + allowed + ".");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

http_server::Response answer(const Context& context, const http_server::Request& request,
                             std::string_view& operation) {
  if (is_misled(request, context.door)) {
    return problem_response(421, "Misdirected request",
                            "This program answers only as localhost and under the names in "
                            "server.hosts.");
  }
  if (is_foreign(request, context.door)) {
    return problem_response(403, "Forbidden", "This request comes from another site.");
  }
  auto page_response = context.dev_assets ? page(request, *context.dev_assets) : page(request);
  if (page_response) {
    operation = kPage;
    return std::move(*page_response);
  }
  try {
    return api_answer(context, request, operation);
  } catch (const Refusal& refusal) {
    return answer_to(refusal);
  } catch (const ports::DbFailure& failure) {
    return problem_response(503, "The order book cannot be read",
                            std::string("The database said: ") +
                                std::string(ports::word(failure.kind())) +
                                ". Nothing was changed; try again in a moment.");
  }
}

}  // namespace

std::span<const Route> routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> rows;
    for (const auto& subject : {
             order_routes(),
             sync_routes(),
             credential_routes(),
             job_routes(),
             today_routes(),
             session_routes(),
             people_routes(),
             workflow_routes(),
             setting_routes(),
             import_routes(),
             bundle_routes(),
             event_routes(),
             alert_routes(),
             health_routes(),
             metric_routes(),
             api_routes(),
         }) {
      rows.insert(rows.end(), subject.begin(), subject.end());
    }
    return rows;
  }();
  return all;
}

bool is_answered_at_once(const http_server::Request& request) {
  return request.path == "/health/live" && is_reading(request) &&
         !ports::find_header(request.headers, "Authorization");
}

http_server::Handler make_handler(const Context& context) {
  return [&context](const http_server::Request& request) {
    const Micros begun = context.clock.steady();
    std::string_view operation = kNoOperation;
    auto response = answer(context, request, operation);
    if (context.meters != nullptr) {
      context.meters->answered(operation, response.status, context.clock.steady() - begun);
    }
    add_security_headers(response);
    if (is_secure(request, context.door)) {
      response.headers.emplace_back("Strict-Transport-Security",
                                    "max-age=31536000; includeSubDomains");
    }
    return response;
  };
}

}  // namespace tallyman::api
