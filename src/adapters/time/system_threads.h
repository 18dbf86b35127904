// Real threads.
#pragma once

#include "ports/threads.h"

namespace tallyman::timing {

// The name is visible in top and gdb (its first 15 bytes). An exception that leaves `work` ends the
// program: whoever starts a thread decides what its failures mean.
class SystemThreads final : public ports::Threads {
 public:
  std::unique_ptr<ports::Thread> start(std::string name,
                                       std::function<void(std::stop_token)> work) override;
};

}  // namespace tallyman::timing
