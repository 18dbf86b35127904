// Turns schedules into jobs: one thread per node looks at the clock every few seconds and takes the
// ticks that are due, each once however many nodes look (the database decides). A switch or setting
// changed by plain SQL counts from the next look on; what cannot be read does not run.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/book/schedule.h"
#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "domain/settings/values.h"
#include "domain/work/priority.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/event.h"
#include "ports/threads.h"

namespace tallyman::engine {

struct TickedWorkflow {
  // In workflow_controls; also the kind, unique key and single flight of its jobs.
  std::string name;
  // False: the partner has no credentials here; it neither ticks nor misses a tick. Empty: always.
  std::function<bool()> is_set_up{};
  std::string partner{};  // of the credentials; empty: none is needed
  work::Priority priority = work::Priority::sync;
  Micros timeout = std::chrono::minutes{10};  // of one attempt
  int max_attempts = 3;                       // the next tick is the better retry
};

struct TickerRules {
  AccountId account = kDefaultAccount;
  Zone warehouse{};
  settings::Table table{};  // has "schedule.NAME" of every workflow
  settings::Configured configured{};
  Micros longest_pause = std::chrono::seconds{10};  // between two looks; at most a cycle of 15 s
};

struct Tick {
  std::string workflow;
  Instant at;
  std::int64_t missed = 0;  // ticks before it that nobody took
  JobId job;
  bool joined = false;  // its last job is not done yet and does for this tick as well
};

struct TickerHooks {
  // After each tick that this node took: wake the workers, log it.
  std::function<void(const Tick&)> on_tick{};
  // Why nothing is scheduled, in words, when that changes; empty: all is well again.
  std::function<void(const std::string&)> on_trouble{};
};

class Ticker {
 public:
  Ticker(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
         std::vector<TickedWorkflow> workflows, TickerRules rules, TickerHooks hooks = {});
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  void start();
  // Look at once: a switch or setting was changed here.
  void wake();

  // One look: takes what is due. Throws DbFailure, having taken the ticks before it.
  std::vector<Tick> look();

  // Why nothing is scheduled at present; empty: all is well.
  std::string trouble() const;

 private:
  struct Seen;  // of one look
  Seen see(ports::Tx& tx) const;
  std::optional<Tick> take(const TickedWorkflow& workflow);
  void loop(const std::stop_token& stop);
  Micros pause_until_next(const Seen& seen) const;
  void note_trouble(const std::string& what);

  ports::Database& database_;
  ports::Clock& clock_;
  ports::Threads& threads_;
  std::vector<TickedWorkflow> workflows_;
  TickerRules rules_;
  TickerHooks hooks_;
  ports::Event wake_;
  Micros pause_{};  // until the next look; of the loop's thread
  mutable std::mutex mutex_;
  std::string trouble_;
  std::unique_ptr<ports::Thread> thread_;  // last: joins before the rest goes
};

}  // namespace tallyman::engine
