#include "api/routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <vector>

#include "api/pages.h"
#include "api/problem.h"
#include "api/query.h"

namespace tallyman::api {

namespace {

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

// Browsers send Origin with every request that could change something; only our own pages may.
// Sign-in comes later; until then the program listens on loopback alone.
bool is_foreign(const http_server::Request& request) {
  const auto origin = ports::find_header(request.headers, "Origin");
  if (!origin || request.method == "GET" || request.method == "HEAD") return false;
  const auto host = ports::find_header(request.headers, "Host");
  const auto scheme_end = origin->find("://");
  if (!host || scheme_end == std::string_view::npos) return true;
  return origin->substr(scheme_end + 3) != *host;
}

// "localhost:8080" -> "localhost"; "[::1]:8080" -> "[::1]".
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

// A page elsewhere can make a browser believe that its own name leads to this machine (DNS
// rebinding); then only the name in Host tells. Without sign-in only names of this machine are us.
bool is_misled(const http_server::Request& request) {
  const auto authority = ports::find_header(request.headers, "Host");
  if (!authority) return false;
  const auto host = host_of(*authority);
  const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host != "localhost" && host != "[::1]" && !(is_address && host.starts_with("127."));
}

http_server::Response routed(const Context& context, const Route& route, const Call& call) {
  if (const auto wrong = what_is_wrong(route, call.request)) {
    throw Refusal{400, "Bad request", *wrong};
  }
  return route.answer(context, call);
}

http_server::Response api_answer(const Context& context, const http_server::Request& request) {
  std::string allowed;
  for (const auto slashes : {Slashes::part_the_path, Slashes::may_be_in_a_name}) {
    if (!allowed.empty()) break;
    // Backwards, the longer patterns first: what they end in is no part of a name.
    for (const auto& route : std::ranges::reverse_view(routes())) {
      const auto call = match(route, request, slashes);
      if (!call) continue;
      if (same_method(route, request)) return routed(context, route, *call);
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
  }
  if (allowed.empty()) return no_such_endpoint();
  auto response = problem_response(405, "Method not allowed", "This path answers " + allowed + ".");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

http_server::Response answer(const Context& context, const http_server::Request& request) {
  if (is_misled(request)) {
    return problem_response(421, "Misdirected request",
                            "Without sign-in this program answers only as localhost.");
  }
  if (is_foreign(request)) {
    return problem_response(403, "Forbidden", "This request comes from another site.");
  }
  auto page_response = context.dev_assets ? page(request, *context.dev_assets) : page(request);
  if (page_response) return std::move(*page_response);
  try {
    return api_answer(context, request);
  } catch (const Refusal& refusal) {
    return problem_response(refusal.status, refusal.title, refusal.detail, refusal.type);
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
    for (const auto subject : {order_routes(), sync_routes(), event_routes(), api_routes()}) {
      rows.insert(rows.end(), subject.begin(), subject.end());
    }
    return rows;
  }();
  return all;
}

http_server::Handler make_handler(const Context& context) {
  return [&context](const http_server::Request& request) {
    auto response = answer(context, request);
    add_security_headers(response);
    return response;
  };
}

}  // namespace tallyman::api
