// Threads from outside, so that a deterministic scheduler can be put under engine and workflows.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace tallyman::ports {

// A running piece of work. Destroying it asks it to stop and joins.
class Thread {
 public:
  virtual ~Thread() = default;
  virtual void request_stop() = 0;
};

class Threads {
 public:
  virtual ~Threads() = default;
  virtual std::unique_ptr<Thread> start(std::string name,
                                        std::function<void(std::stop_token)> work) = 0;
};

}  // namespace tallyman::ports
