#include "adapters/shipstation/failures.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <string_view>
#include <vector>

#include "adapters/shipstation/json_body.h"
#include "adapters/shipstation/json_check.h"
#include "adapters/shipstation/json_text.h"
#include "adapters/shipstation/times.h"
#include "domain/base/whole_number.h"

namespace tallyman::shipstation {

namespace {

using ports::CallError;
using ports::CallFailure;

constexpr std::size_t kCauseLimit = 300;          // bytes of the server's words
constexpr std::size_t kExcerptLimit = 80;         // bytes of a body that is not JSON
constexpr std::size_t kErrorBodyLimit = 262'144;  // longer error bodies are not opened
constexpr std::chrono::seconds kLongestReset{600};
constexpr std::string_view kThrottleNote = "Too Many Requests";

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string_view after_space(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

std::optional<std::chrono::seconds> seconds_from(std::string_view text) {
  const auto seconds = whole_number(text);
  if (!seconds) return std::nullopt;
  return std::chrono::seconds{std::clamp<std::int64_t>(*seconds, 0, kLongestReset.count())};
}

// Seconds, or a date compared with the answer's own (RFC 9110 §10.2.3).
std::optional<std::chrono::seconds> retry_after(const ports::Headers& headers) {
  const auto text = ports::find_header(headers, "Retry-After");
  if (!text) return std::nullopt;
  if (const auto seconds = seconds_from(*text)) return seconds;
  const auto until = instant_from_http_date(*text);
  const auto served = instant_from_http_date(ports::find_header(headers, "Date").value_or(""));
  if (!until || !served) return std::nullopt;
  return std::clamp(std::chrono::duration_cast<std::chrono::seconds>(*until - *served),
                    std::chrono::seconds{0}, kLongestReset);
}

std::optional<std::chrono::seconds> window_reset(const ports::Headers& headers) {
  const auto text = ports::find_header(headers, "X-Rate-Limit-Reset");
  const auto reset = text ? seconds_from(*text) : std::nullopt;
  return reset ? reset : retry_after(headers);
}

// "apiOrder: Cannot deserialize …" for each member of {"apiOrder":["Cannot deserialize …"]}.
void read_model_state(Reading& reading, Value value, std::vector<std::string>& words) {
  each_member(reading, value, [&](std::string_view name, Value complaints) {
    const std::string member{name};
    each_element(reading, complaints, [&](Value complaint) {
      if (const auto text = read_filled_text(reading, complaint))
        words.push_back(member + ": " + *text);
    });
  });
}

// The server's own words in an error body of one of the known shapes; empty when it has none.
std::string server_words(std::string& body) {
  if (body.size() > kErrorBodyLimit) return {};
  const auto json = JsonBody::open(body);
  if (!json) return {};
  const auto root = (*json)->root();
  if (!root) {  // not an object or list: a text may be all there is
    const auto token = first_value(after_space(body));
    if (!token.starts_with('"')) return {};
    return one_line(unescaped_loosely(token), kCauseLimit);
  }
  std::vector<std::string> words;
  const Zone utc;
  Reading reading(utc);
  each_member(reading, *root, [&](std::string_view name, Value value) {
    const std::string member = lower(name);
    if (member == "message" || member == "exceptionmessage") {
      if (const auto text = read_filled_text(reading, value)) words.push_back(*text);
    } else if (member == "modelstate") {
      read_model_state(reading, value, words);
    }
  });
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return one_line(text, kCauseLimit);
}

std::string html_title(std::string_view body) {
  const std::string small = lower(body.substr(0, kErrorBodyLimit));
  const auto tag = small.find("<title");
  const auto start = tag == std::string::npos ? tag : small.find('>', tag);
  const auto end = start == std::string::npos ? start : small.find("</title", start);
  if (end == std::string::npos) return {};
  return one_line(body.substr(start + 1, end - start - 1), kExcerptLimit);
}

bool looks_like_json(std::string_view body) {
  return body.starts_with('{') || body.starts_with('[') ||
         body.find("\":") != std::string_view::npos;
}

// What a body that is not JSON seems to be, for example: an HTML page "Bad Gateway" (text/html).
std::string description(const ports::HttpResponse& answer) {
  const std::string_view body = after_space(answer.body);
  const std::string type =
      one_line(ports::find_header(answer.headers, "Content-Type").value_or("no content type"),
               kExcerptLimit);
  if (body.empty()) return "an empty answer (" + type + ")";
  if (body.starts_with('<')) {
    const std::string title = html_title(body);
    return "an HTML page" + (title.empty() ? "" : " \"" + title + "\"") + " (" + type + ")";
  }
  // Never parts of a torn order: they hold names and addresses.
  if (looks_like_json(body)) return "broken JSON (" + type + ")";
  return "\"" + one_line(body.substr(0, kErrorBodyLimit), kExcerptLimit) + "\" (" + type + ")";
}

CallError kind_of(int status) {
  if (status == 401) return CallError::unauthorized;
  if (status == 403) return CallError::forbidden;
  if (status == 404) return CallError::not_found;
  if (status == 429) return CallError::throttled;
  if (status >= 300 && status < 500) return CallError::rejected;
  if (status >= 500 && status < 600) return CallError::server_error;
  return CallError::unreadable;
}

std::string opening(int status) {
  if (status >= 300 && status < 400) return "redirect refused";
  switch (status) {
    case 401: return "ShipStation refuses the API key and secret";
    case 403: return "ShipStation forbids this";
    case 404: return "ShipStation knows nothing under this address";
    case 429: return "ShipStation's rate limit is used up";
    default: return "ShipStation answered " + std::to_string(status);
  }
}

}  // namespace

ports::CallFailure from_http(const ports::HttpFailure& failure) {
  const auto kind = [&] {
    switch (failure.kind) {
      case ports::HttpError::bad_url: return CallError::rejected;
      case ports::HttpError::not_resolved:
      case ports::HttpError::not_connected:
      case ports::HttpError::tls: return CallError::unreachable;
      case ports::HttpError::timeout:
      case ports::HttpError::broken: return CallError::timeout;  // the effect is unknown
      case ports::HttpError::too_large: return CallError::too_large;
      case ports::HttpError::paused: return CallError::paused;
      case ports::HttpError::stopped: return CallError::stopped;
    }
    return CallError::unreachable;
  }();
  std::string cause{ports::word(failure.kind)};
  if (!failure.what.empty()) cause += ": " + failure.what;
  return {kind, 0, std::move(cause), failure.again_after};
}

std::optional<ports::CallFailure> refusal(ports::HttpResponse& answer) {
  if (answer.status >= 200 && answer.status < 300) return std::nullopt;
  CallFailure failure{kind_of(answer.status), answer.status, opening(answer.status), std::nullopt};
  // ShipStation is seen to say it under other statuses too (facts/shipstation.md §2).
  if (answer.body.find(kThrottleNote) != std::string::npos) {
    failure.kind = CallError::throttled;
    failure.cause = opening(429);
  }
  if (failure.kind == CallError::throttled) {
    failure.reset_after = window_reset(answer.headers);
    return failure;
  }
  if (failure.kind == CallError::server_error) failure.reset_after = retry_after(answer.headers);
  if (answer.status < 400) return failure;
  const std::string words = server_words(answer.body);
  if (!words.empty()) {
    failure.cause += ": " + words;
  } else if (!after_space(answer.body).empty() && !looks_like_json(after_space(answer.body))) {
    failure.cause += ": " + description(answer);
  }
  return failure;
}

ports::CallFailure unusable(ports::HttpResponse& answer, const Problem& why) {
  const bool json = looks_like_json(after_space(answer.body));
  const std::string words = json ? server_words(answer.body) : description(answer);
  if (words.find(kThrottleNote) != std::string::npos) {
    return {CallError::throttled, answer.status, opening(429), window_reset(answer.headers)};
  }
  CallFailure failure{CallError::unreadable, answer.status, why.what, std::nullopt};
  if (!json) failure.cause = "expected JSON, got " + words;
  if (json && !words.empty()) failure.cause += " (ShipStation says: " + words + ")";
  return failure;
}

}  // namespace tallyman::shipstation
