// Says that somebody waits for work that began as the schedule's: from then on its requests count
// as a person's.
#pragma once

#include <atomic>

#include "ports/event.h"

namespace tallyman::engine {

class Haste {
 public:
  void hurry() {
    is_wanted_ = true;
    changed_.set();
  }
  // Before the next piece of work.
  void calm() { is_wanted_ = false; }
  bool is_wanted() const { return is_wanted_; }
  // Wakes one that waits for its turn.
  ports::Event& changed() { return changed_; }

 private:
  std::atomic<bool> is_wanted_ = false;
  ports::Event changed_;
};

}  // namespace tallyman::engine
