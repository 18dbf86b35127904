// Holds one lease of sync_locks for the length of a run: heartbeat in the background, fence in
// every committing transaction. A holder that was paused too long finds out before it commits.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <variant>

#include "adapters/book/leases.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/threads.h"

namespace tallyman::engine {

// Somebody else holds the lease now: what this run did since its last commit is void.
class LeaseLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct LeaseRules {
  Micros length = std::chrono::seconds{40};
  Micros margin = std::chrono::seconds{5};  // stop this long before the database would expire it
  // Whether the holder with this identity certainly runs no more: then its lease is free at once.
  // The fence protects even where the answer is wrong. Without one, only expiry frees a lease.
  std::function<bool(const std::string& identity)> is_gone{};
};

class LeaseKeeper {
 public:
  // Takes `name` for `run`, or answers who has it. `outer` stops the run from outside.
  static std::variant<std::unique_ptr<LeaseKeeper>, book::LeaseHolder> take(
      ports::Database& database, ports::Clock& clock, ports::Threads& threads, std::string name,
      std::string holder, const RunId& run, std::stop_token outer, LeaseRules rules = {});

  // Releases the lease when it is still ours.
  ~LeaseKeeper();
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

  // One write transaction whose first statement is the fence. Throws LeaseLost and rolls back when
  // the lease is gone. The heartbeat pauses meanwhile: the fence renews the lease itself.
  void transact(const std::function<void(ports::Tx&)>& work);

  // Requested when the lease is lost or the run is stopped from outside.
  std::stop_token stop() const { return stop_.get_token(); }

 private:
  LeaseKeeper(ports::Database& database, ports::Clock& clock, book::Lease lease,
              std::stop_token outer, LeaseRules rules);
  void keep(const std::stop_token& stop);
  bool beat();

  ports::Database& database_;
  ports::Clock& clock_;
  book::Lease lease_;
  LeaseRules rules_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> outer_;
  std::mutex in_use_;                     // held by whoever talks to the lease row
  Micros last_beat_;                      // steady
  std::unique_ptr<ports::Thread> heart_;  // last: stops before the rest goes
};

}  // namespace tallyman::engine
