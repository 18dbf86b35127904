// A one-shot wake-up between threads, used with Clock::wait.
#pragma once

#include <condition_variable>
#include <mutex>

namespace tallyman::ports {

class Event {
 public:
  void set() {
    {
      std::lock_guard lock(mutex);
      is_set = true;
    }
    changed.notify_all();
  }

  // Used by Clock implementations only.
  std::mutex mutex;
  std::condition_variable_any changed;
  bool is_set = false;
};

}  // namespace tallyman::ports
