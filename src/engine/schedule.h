// One piece of work on an interval, or at once when somebody asks; never twice at a time in this
// program (between programs the lease decides). Runs in one thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/clock.h"
#include "ports/event.h"
#include "ports/random.h"
#include "ports/threads.h"

namespace tallyman::engine {

// What comes after a run: the next tick, or nothing until a person asks (credentials refused).
enum class Afterwards { next_tick, when_asked };

class Schedule {
 public:
  using Work =
      std::function<Afterwards(const RunId& run, const std::string& why, std::stop_token stop)>;

  // Without an interval the work runs only when asked.
  Schedule(ports::Clock& clock, ports::Threads& threads, ports::Random& random,
           std::optional<Micros> interval, Work work);
  ~Schedule();
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  // The first tick is at once.
  void start();

  struct Asked {
    RunId run;
    bool already_running = false;  // then `run` is that one
  };
  // Runs now. While a run is under way, answers with it instead.
  Asked ask(const std::string& why);

  std::optional<Instant> next_tick() const;
  std::optional<RunId> running() const;

 private:
  void loop(const std::stop_token& stop);

  ports::Clock& clock_;
  ports::Threads& threads_;
  ports::Random& random_;
  std::optional<Micros> interval_;
  Work work_;
  ports::Event wake_;
  mutable std::mutex mutex_;
  std::optional<RunId> asked_;
  std::string asked_why_;
  std::optional<RunId> running_;
  std::optional<Instant> next_tick_;
  std::unique_ptr<ports::Thread> thread_;  // last: joins before the rest goes
};

}  // namespace tallyman::engine
