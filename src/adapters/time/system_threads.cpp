#include "adapters/time/system_threads.h"

#include <pthread.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace tallyman::timing {

namespace {

constexpr std::size_t kKernelNameLimit = 15;

class SystemThread final : public ports::Thread {
 public:
  explicit SystemThread(std::jthread thread) : thread_(std::move(thread)) {}
  void request_stop() override { thread_.request_stop(); }

 private:
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<ports::Thread> SystemThreads::start(std::string name,
                                                    std::function<void(std::stop_token)> work) {
  name.resize(std::min(name.size(), kKernelNameLimit));
  std::jthread thread([name = std::move(name), work = std::move(work)](std::stop_token stop) {
    pthread_setname_np(pthread_self(), name.c_str());
    work(std::move(stop));
  });
  return std::make_unique<SystemThread>(std::move(thread));
}

}  // namespace tallyman::timing
