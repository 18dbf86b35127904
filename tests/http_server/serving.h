// A server on a free port of this machine whose handler tells back what it was asked.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "http_server/server.h"

namespace tallyman::http_server {

// "GET /a b?x=1 y [3 body bytes] body"
inline std::string describe(const Request& request) {
  std::string text = request.method + " " + request.path;
  char mark = '?';
  for (const auto& [name, value] : request.query) {
    text += mark + name + "=" + value;
    mark = '&';
  }
  return text + " [" + std::to_string(request.body.size()) + "] " + request.body.substr(0, 100);
}

inline Response text_response(std::string body) {
  Response response;
  response.headers.emplace_back("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

// What a server had to tell the log.
class Errors {
 public:
  void add(std::string text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
  }
  std::vector<std::string> all() {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

inline Response echo(const Request& request) { return text_response(describe(request)); }

inline Options with(Limits limits, Errors* errors = nullptr) {
  Options options;
  options.limits = limits;
  if (errors != nullptr) {
    options.on_error = [errors](std::string text) { errors->add(std::move(text)); };
  }
  return options;
}

}  // namespace tallyman::http_server
