#include "api/ending.h"

#include <string>
#include <utility>

#include "api/problem.h"

namespace tallyman::api {

namespace {

constexpr int kRetryAfter = 10;  // seconds: another node, or the next start, answers by then

bool is_read(const http_server::Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

}  // namespace

http_server::Handler reads_only_while(std::function<bool()> is_ending,
                                      http_server::Handler handler) {
  return [is_ending = std::move(is_ending),
          handler = std::move(handler)](const http_server::Request& request) {
    if (is_read(request) || !is_ending()) return handler(request);
    auto response =
        problem_response(503, "The server is ending",
                         "It finishes what runs and begins nothing new; nothing was done. Ask "
                         "again when it is back.");
    response.headers.emplace_back("Retry-After", std::to_string(kRetryAfter));
    return response;
  };
}

}  // namespace tallyman::api
