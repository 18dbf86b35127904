#include "api/contract.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "api/openapi.h"

namespace tallyman::tests {

namespace {

namespace json = boost::json;

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts(1);
  for (const char c : path.substr(1)) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool is_name(std::string_view part) { return part.starts_with('{'); }

// A name may hold slashes (they came as %2F); everything behind it is then counted from the end.
bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (path.size() < pattern.size()) return false;
  const auto name = std::ranges::find_if(pattern, is_name);
  if (name == pattern.end() && path.size() != pattern.size()) return false;
  const auto extra = path.size() - pattern.size();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool behind = static_cast<std::ptrdiff_t>(i) > name - pattern.begin();
    const auto& part = path[i + (behind ? extra : 0)];
    if (is_name(pattern[i]) ? part.empty() : part != pattern[i]) return false;
  }
  return true;
}

// "/a/b" as one token of a JSON pointer (RFC 6901).
std::string token(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string media_of(const http_server::Response& response) {
  const auto type = ports::find_header(response.headers, "Content-Type").value_or("");
  return std::string(type.substr(0, type.find(';')));
}

bool is_of_api(std::string_view path) {
  return path == "/metrics" || path.starts_with("/api/") || path.starts_with("/health/");
}

void check_body(const JsonSchema& schema, std::string_view body, const std::string& pointer,
                std::string_view what, std::vector<std::string>& found) {
  json::error_code error;
  const auto value = json::parse(body, error);
  if (error) {
    found.push_back(fmt::format("{} is no JSON: {}", what, body.substr(0, 200)));
    return;
  }
  for (const auto& complaint : schema.complaints(value, pointer)) {
    found.push_back(fmt::format("{} {}", what, complaint));
  }
}

}  // namespace

Contract::Contract(json::value document) : schema_(std::move(document)) {
  for (const auto& [path, methods] : schema_.root().at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      unseen_.emplace(operation.at("operationId").as_string());
    }
  }
}

Contract& Contract::of_this_program() {
  static Contract contract{api::openapi("test")};
  return contract;
}

std::optional<Contract::Place> Contract::find(const http_server::Request& request) const {
  const auto asked = parts_of(request.path);
  const std::string method = request.method == "HEAD" ? "get" : lower(request.method);
  std::optional<Place> best;
  std::size_t most = 0;  // parts of a pattern: the longest is meant
  bool exact = false;
  for (const auto& [path, methods] : schema_.root().at("paths").as_object()) {
    const auto pattern = parts_of(path);
    const auto* operation = methods.as_object().if_contains(method);
    if (operation == nullptr || !fits(pattern, asked)) continue;
    const bool same_length = pattern.size() == asked.size();
    if (best && (exact && !same_length)) continue;
    if (best && exact == same_length && pattern.size() <= most) continue;
    best = Place{.pointer = fmt::format("/paths/{}/{}", token(path), method),
                 .operation = &operation->as_object()};
    most = pattern.size();
    exact = same_length;
  }
  return best;
}

std::vector<std::string> Contract::complaints(const http_server::Request& request,
                                              const http_server::Response& response) {
  std::vector<std::string> found;
  if (!is_of_api(request.path)) return found;
  if (ports::find_header(response.headers, "Cache-Control") != "no-store") {
    found.emplace_back("the answer may be stored");
  }
  if (const auto place = find(request)) {
    check_answer(*place, request, response, found);
  } else if (response.status < 400 || media_of(response) != "application/problem+json") {
    found.emplace_back("a path or method without documentation is answered");
  } else {
    check_body(schema_, response.body, "/components/schemas/Problem", "the problem", found);
  }
  return found;
}

void Contract::check_answer(const Place& place, const http_server::Request& request,
                            const http_server::Response& response,
                            std::vector<std::string>& found) {
  const auto& answers = place.operation->at("responses").as_object();
  const std::string status = std::to_string(response.status);
  const std::string row = answers.contains(status) ? status : "default";
  if (row == "default" && response.status < 400) {
    found.push_back("the status " + status + " is not documented");
    return;
  }
  const auto* content = answers.at(row).as_object().if_contains("content");
  const auto media = media_of(response);
  if (content == nullptr) {
    if (!response.body.empty() || !media.empty()) found.emplace_back("there is a body");
  } else if (!content->as_object().contains(media)) {
    found.push_back(fmt::format("the media type {} is not documented", media));
  } else if (media.ends_with("json")) {
    check_body(schema_, response.body,
               fmt::format("{}/responses/{}/content/{}/schema", place.pointer, row, token(media)),
               "the answer", found);
  }
  if (response.status >= 300) return;
  if (place.operation->contains("requestBody")) {
    check_body(schema_, request.body.empty() ? "{}" : request.body,
               place.pointer + "/requestBody/content/application~1json/schema", "the accepted body",
               found);
  }
  if (found.empty()) unseen_.erase(std::string(place.operation->at("operationId").as_string()));
}

}  // namespace tallyman::tests
