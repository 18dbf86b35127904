#include "sandbox/sandbox_http.h"

#include "sandbox/base64.h"

#include <optional>

#include <fmt/format.h>

namespace tallyman::sandbox {
namespace {

constexpr std::size_t kSpareCapacity = 64;  // see ports::HttpResponse

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { is_plus, is_space };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      // A client must encode these; a server would refuse the request line.
      if (static_cast<unsigned char>(text[i]) <= ' ') return std::nullopt;
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

bool split_query(std::string_view text, http_server::Request& request) {
  while (!text.empty()) {
    const auto ampersand = text.find('&');
    const std::string_view pair = text.substr(0, ampersand);
    text = ampersand == std::string_view::npos ? "" : text.substr(ampersand + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto name = decoded(pair.substr(0, equals), Plus::is_space);
    const auto value =
        decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::is_space);
    if (!name || !value) return false;
    request.query.emplace_back(*name, *value);
  }
  return true;
}

// Path and query of an http or https address.
bool split_url(std::string_view url, http_server::Request& request) {
  const bool is_http = url.starts_with("http://") || url.starts_with("https://");
  if (!is_http) return false;
  url.remove_prefix(url.find("://") + 3);
  const auto slash = url.find('/');
  if (slash == 0) return false;
  std::string_view target = slash == std::string_view::npos ? "/" : url.substr(slash);
  target = target.substr(0, target.find('#'));
  const auto mark = target.find('?');
  auto path = decoded(target.substr(0, mark), Plus::is_plus);
  if (!path) return false;
  request.path = std::move(*path);
  return mark == std::string_view::npos || split_query(target.substr(mark + 1), request);
}

ports::HttpResult failed(ports::HttpError kind, std::string what) {
  return tl::unexpected(ports::HttpFailure{kind, std::move(what)});
}

}  // namespace

ports::HttpResult SandboxHttp::send(const ports::HttpRequest& asked, std::stop_token stop) {
  using ports::HttpError;
  if (stop.stop_requested()) return failed(HttpError::stopped, "stopped before sending");
  http_server::Request request;
  request.method = ports::word(asked.method);
  request.headers = asked.headers;
  request.body = asked.body;
  if (!split_url(asked.url, request)) return failed(HttpError::bad_url, "the address is not valid");
  if (asked.auth) {
    const auto pair =
        fmt::format("{}:{}", asked.auth->user.reveal(), asked.auth->password.reveal());
    request.headers.emplace_back("Authorization", fmt::format("Basic {}", base64(pair)));
  }
  if (latency_ > Micros{0}) clock_.wait(latency_, stop, nullptr);

  Answer answer = world_.answer(request);
  if (answer.not_connected) return failed(HttpError::not_connected, "connection refused");
  const Micros patience = asked.total_timeout;
  if (answer.response.never_answer || answer.delay >= patience) {
    const auto end = clock_.wait(patience, stop, nullptr);
    return end == ports::WaitEnd::stopped ? failed(HttpError::stopped, "stopped while waiting")
                                          : failed(HttpError::timeout, "no answer in time");
  }
  if (answer.delay > Micros{0} &&
      clock_.wait(answer.delay, stop, nullptr) == ports::WaitEnd::stopped) {
    return failed(HttpError::stopped, "stopped while waiting");
  }
  if (answer.response.cut_after) return failed(HttpError::broken, "the answer broke off");
  if (answer.response.body.size() > asked.body_limit) {
    return failed(HttpError::too_large, "the answer is larger than allowed");
  }
  ports::HttpResult result(tl::in_place);
  result->status = answer.response.status;
  result->headers = std::move(answer.response.headers);
  result->body = std::move(answer.response.body);
  result->body.reserve(result->body.size() + kSpareCapacity);
  return result;
}

}  // namespace tallyman::sandbox
