// One HTTP exchange, from the asker's side. Errors are kinds, never strings to be searched.
// An adapter neither retries nor waits nor follows redirects.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "domain/base/secret.h"
#include "domain/base/time.h"

namespace tallyman::ports {

enum class HttpMethod { get, post, put, patch, del };

std::string_view word(HttpMethod method);  // "GET"

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first header of that name (case-insensitive), or none.
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

struct BasicAuth {
  Secret user;
  Secret password;
};

struct HttpRequest {
  HttpMethod method = HttpMethod::get;
  std::string url;  // https, or http to loopback only
  Headers headers;
  std::optional<BasicAuth> auth;  // sent with the first request, never after a redirect
  std::string body;
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
  std::size_t body_limit = 64U << 20U;     // bytes after decompression
  std::optional<std::string> unix_socket;  // talk to this socket instead of the host
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;  // decompressed; 64 spare bytes of capacity behind it
};

enum class HttpError {
  bad_url,        // not https, unparsable, refused by policy
  not_resolved,   // no address for the host
  not_connected,  // refused, unreachable, connect timeout
  tls,            // certificate or handshake
  timeout,        // connected, but not finished in time: the effect is unknown
  broken,         // reset, truncated, wrong length: the effect is unknown
  too_large,      // body beyond the limit
  paused,         // not sent: the partner failed too often, a probe comes first
  stopped,        // the caller's stop token
};

std::string_view word(HttpError error);  // "timeout"

struct HttpFailure {
  HttpError kind{};
  std::string what{};  // for a person; no credentials, no query values
  std::optional<std::chrono::seconds> again_after{};  // paused: when it is worth trying again
};

using HttpResult = tl::expected<HttpResponse, HttpFailure>;

class Http {
 public:
  virtual ~Http() = default;
  virtual HttpResult send(const HttpRequest& request, std::stop_token stop) = 0;
};

// What one exchange cost, for budget, counts and logs. Holds no query values and no bodies.
struct CallRecord {
  HttpMethod method{};
  std::string host;
  std::string path;  // without the query
  int status = 0;    // 0 when there was no answer
  std::optional<HttpError> failed;
  std::size_t bytes_received = 0;
  Micros took{};
};

class CallObserver {
 public:
  virtual ~CallObserver() = default;
  virtual void called(const CallRecord& record) = 0;
};

}  // namespace tallyman::ports
