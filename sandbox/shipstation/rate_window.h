// ShipStation's budget: 40 requests in a fixed window of a minute per API key
// (facts/shipstation.md §2). A window opens with its first request.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "domain/base/time.h"

namespace tallyman::sandbox {

enum class RateLimit { on, off };

struct RateState {
  int limit = 0;
  int remaining = 0;
  std::chrono::seconds reset{0};  // until the next window, rounded up
  bool refused = false;
};

class RateWindows {
 public:
  // One request of `key` at `steady`.
  RateState take(const std::string& key, Micros steady);

 private:
  struct Window {
    Micros opened{};
    int used = 0;
  };
  std::map<std::string, Window> windows_;
};

}  // namespace tallyman::sandbox
