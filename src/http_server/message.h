// One HTTP exchange, from the answerer's side. Shared by the API and the sandbox.
#pragma once

#include <functional>
#include <memory>
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

// Shared, because the same words may wait for many clients and go with the last of them.
using StreamText = std::shared_ptr<const std::string>;
StreamText stream_text(std::string words);

// The open end of an answer that goes on (server-sent events). Any thread may use it at any time,
// also after the client has gone.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // Hands bytes over and returns at once; they are sent in this order. False: the client has gone,
  // or took so little that it was dropped (Limits::stream_backlog, Limits::write): forget it.
  virtual bool write(const StreamText& text) = 0;
  // The answer ends behind what was written.
  virtual void end() = 0;
};
// Shared, because those who write may outlive the connection and the connection those who write.
using OpenStream = std::shared_ptr<StreamWriter>;
using StreamBegin = std::function<void(OpenStream)>;

struct Response {
  int status = 200;
  ports::Headers headers{};  // Content-Type is the handler's duty; Content-Length is not
  std::string body{};
  // Set: the answer has no body of its own but goes on with what is written, until one side ends
  // it. Called once on a worker, after the head has been sent; not for HEAD, and not when too many
  // streams are open (Limits::streams: the client gets a 503 instead).
  StreamBegin stream{};
  // Whose stream it is, for Limits::streams_of_one: "user:ana". Empty: nobody's.
  std::string stream_of{};
  // Faults, for the sandbox only: the answer is cut after this many body bytes and the connection
  // is dropped; or nothing is answered at all until the client gives up.
  std::optional<std::size_t> cut_after{};
  bool never_answer = false;
};

// Called on a worker thread, several at once. An exception becomes a plain 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace tallyman::http_server
