// One HTTP exchange, from the answerer's side. Shared by the API and the sandbox.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/http.h"

namespace tallyman::http_server {

struct Request {
  std::string method;  // "GET", as sent
  std::string path;    // percent-decoded, begins with '/', without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded ("+" and "%20" are spaces)
  ports::Headers headers;
  std::string body;
  std::string peer;  // who asks: "127.0.0.1", "::1", or "unix" (same user or root, checked)
};

// The first query parameter of that name (exact case), or none.
std::optional<std::string_view> find_query(const Request& request, std::string_view name);

struct Response {
  int status = 200;
  ports::Headers headers{};  // Content-Type is the handler's duty; Content-Length is not
  std::string body{};
  // Faults, for the sandbox only: the answer is cut after this many body bytes and the connection
  // is dropped; or nothing is answered at all until the client gives up.
  std::optional<std::size_t> cut_after{};
  bool never_answer = false;
};

// Called on a worker thread, several at once. An exception becomes a plain 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace tallyman::http_server
