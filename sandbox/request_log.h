// What was asked of the sandbox: counts by path and status, and the last requests in full.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/base/time.h"
#include "http_server/message.h"

namespace tallyman::sandbox {

struct RequestCount {
  std::string method;
  std::string path;  // lower case, ids as "{id}": "/orders/{id}"
  int status = 0;    // 0: no answer was given
  std::int64_t count = 0;
  friend bool operator==(const RequestCount&, const RequestCount&) = default;
};

struct RequestSeen {
  Instant at;
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
  int status = 0;
};

class RequestLog {
 public:
  void note(const http_server::Request& request, int status, Instant at);
  std::vector<RequestCount> counts() const;
  std::int64_t total() const { return total_; }
  const std::deque<RequestSeen>& recent() const { return recent_; }  // the last 10,000

 private:
  std::map<std::tuple<std::string, std::string, int>, std::int64_t> counts_;
  std::deque<RequestSeen> recent_;
  std::int64_t total_ = 0;
};

}  // namespace tallyman::sandbox
