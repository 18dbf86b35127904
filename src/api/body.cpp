#include "api/body.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/problem.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kShownOfName = 60;

[[noreturn]] void refuse(std::string detail) {
  throw Refusal{400, "Bad request", std::move(detail)};
}

[[noreturn]] void refuse_member(std::string_view name, std::string_view what) {
  refuse(fmt::format("'{}' must be {}.", name, what));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_stray_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

std::string text_in(const json::value& value, std::string_view name, Body::Length length) {
  const auto* text = value.if_string();
  if (text == nullptr) refuse_member(name, "text");
  if (text->size() < length.least || text->size() > length.most) {
    refuse_member(name, fmt::format("text of {} to {} bytes", length.least, length.most));
  }
  if (std::ranges::any_of(*text, is_stray_control)) {
    refuse_member(name, "text without control characters");
  }
  return {text->data(), text->size()};
}

std::int64_t number_in(const json::value& value, std::string_view name, std::int64_t least,
                       std::int64_t most) {
  const auto* number = value.if_int64();
  if (number == nullptr || *number < least || *number > most) {
    refuse_member(name, fmt::format("a whole number from {} to {}", least, most));
  }
  return *number;
}

bool flag_in(const json::value& value, std::string_view name) {
  const auto* flag = value.if_bool();
  if (flag == nullptr) refuse_member(name, "true or false");
  return *flag;
}

}  // namespace

bool is_json(const http_server::Request& request) {
  const auto type = ports::find_header(request.headers, "Content-Type");
  if (!type) return false;
  std::string media(type->substr(0, type->find(';')));
  while (media.ends_with(' ')) media.pop_back();
  std::ranges::transform(media, media.begin(), lower);
  return media == "application/json";
}

Body::Body(const http_server::Request& request) {
  if (request.body.empty()) return;
  if (!is_json(request)) {
    throw Refusal{415, "Unsupported media type", "Send the body as application/json."};
  }
  if (request.body.size() > kLargestBody) {
    throw Refusal{413, "Content too large", "The body may have at most 1 MiB."};
  }
  json::parse_options options;
  options.max_depth = kDeepest;
  json::error_code error;
  auto value = json::parse(request.body, error, {}, options);
  if (error) refuse("The body is not JSON: " + error.message() + ".");
  if (!value.is_object()) refuse("The body must be a JSON object.");
  members_ = std::move(value.get_object());
}

bool Body::has(std::string_view name) {
  asked_.emplace_back(name);
  return members_.contains(name);
}

const json::value* Body::find(std::string_view name) {
  asked_.emplace_back(name);
  const auto* value = members_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Body::optional_text(std::string_view name, Length length) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  return text_in(*value, name, length);
}

std::string Body::text(std::string_view name, Length length) {
  const auto* value = find(name);
  if (value == nullptr) refuse_member(name, "given");
  return text_in(*value, name, length);
}

std::optional<std::int64_t> Body::optional_number(std::string_view name, std::int64_t least,
                                                  std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  return number_in(*value, name, least, most);
}

std::int64_t Body::number(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) refuse_member(name, "given");
  return number_in(*value, name, least, most);
}

std::optional<bool> Body::optional_flag(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  return flag_in(*value, name);
}

bool Body::flag(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) refuse_member(name, "given");
  return flag_in(*value, name);
}

std::optional<Instant> Body::optional_instant(std::string_view name) {
  const auto text = optional_text(name);
  if (!text) return std::nullopt;
  const auto at = instant_from_text(*text);
  if (!at) refuse_member(name, "a time such as 2026-12-31T23:59:59Z");
  return *at;
}

std::vector<std::string> Body::texts(std::string_view name, std::size_t most, Length each) {
  const auto* value = find(name);
  if (value == nullptr) refuse_member(name, "given");
  const auto* list = value->if_array();
  if (list == nullptr || list->size() > most) {
    refuse_member(name, fmt::format("a list of at most {} texts", most));
  }
  std::vector<std::string> all;
  for (const auto& one : *list) all.push_back(text_in(one, name, each));
  return all;
}

std::vector<Body> Body::objects(std::string_view name, std::size_t most) {
  const auto* value = find(name);
  const auto* list = value == nullptr ? nullptr : value->if_array();
  if (list == nullptr || list->size() > most) {
    refuse_member(name, fmt::format("a list of at most {} objects", most));
  }
  std::vector<Body> parts;
  for (const auto& one : *list) {
    const auto* members = one.if_object();
    if (members == nullptr) refuse_member(name, "a list of objects");
    parts.push_back(Body(*members));
  }
  return parts;
}

void Body::done() const {
  for (const auto& member : members_) {
    const std::string name(member.key());
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    refuse("There is no member " + json::serialize(json::value(name.substr(0, kShownOfName))) +
           " here. Nothing was changed.");
  }
}

}  // namespace tallyman::api
