// Claims jobs and runs their handlers, several at a time, until told to drain. Every node runs one
// worker; the database decides who gets which job, the job's lease token who may finish it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/book/job_claims.h"
#include "adapters/book/jobs.h"
#include "adapters/book/nodes.h"
#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/work/retention.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/event.h"
#include "ports/random.h"
#include "ports/threads.h"

namespace tallyman::engine {

enum class LogLevel { info, warning, error };

// What a handler may do besides its work. One attempt of one job.
class JobContext {
 public:
  virtual ~JobContext() = default;
  virtual JobId job() const = 0;
  virtual const RunId& run() const = 0;  // of this attempt
  virtual const std::string& args() const = 0;
  virtual const std::string& asked_by() const = 0;
  virtual const std::string& why() const = 0;
  virtual int attempt() const = 0;  // 1, 2, …
  // What the last attempt wrote with set_cursor(); empty: nothing.
  virtual const std::string& cursor() const = 0;
  // Requested when the job is cancelled, its deadline passes, its lease is lost, or the node ends.
  // A handler that stops half-way answers JobFailed or throws, whatever it says: the worker knows
  // why it stopped. JobDone means all of the work, also then; only after the deadline it is void.
  virtual std::stop_token stop() const = 0;
  // Requested when somebody who waits joins a job that runs for the schedule.
  virtual std::stop_token hurried() const = 0;
  // One write transaction that commits only while this attempt still holds the job. Throws JobLost.
  virtual void transact(const std::function<void(ports::Tx&)>& work) = 0;
  // Written with the work, in the transaction of transact().
  virtual void set_cursor(ports::Tx& tx, std::string_view cursor) = 0;
  // Seen by people, at most four times a second; the last one always.
  virtual void progress(std::string_view phase, std::int64_t done, std::int64_t total) = 0;
  virtual void log(LogLevel level, std::string_view text) = 0;
};

// The attempt does not hold its job any more: what it did since its last commit is void.
class JobLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct JobDone {
  std::string outcome = "ok";  // "ok", "partial", "skipped", "failed" (and no retry is wanted)
  std::string message{};       // for people
  std::string result{};        // JSON, or empty
};
struct JobSnooze {  // back to the queue; no attempt is spent
  Micros pause{};
  std::string message{};
};
struct JobFailed {
  std::string message{};
  bool permanent = false;  // no retry helps: dead at once
};
using JobEnd = std::variant<JobDone, JobSnooze, JobFailed>;
// An exception that leaves the handler counts as JobFailed.
using JobHandler = std::function<JobEnd(JobContext&)>;

struct WorkerParts {
  ports::Database& database;
  ports::Clock& clock;
  ports::Threads& threads;
  ports::Random& random;
};

struct WorkerSettings {
  std::string holder = "this program";  // timing::process_identity()
  std::string version{};
  book::NodeSetup setup{};                   // for other nodes to read; the kinds are added
  std::size_t slots = 4;                     // jobs at a time
  Micros lease = std::chrono::seconds{40};   // of a job without a heartbeat
  Micros margin = std::chrono::seconds{5};   // stop this long before the database would expire it
  Micros beat = std::chrono::seconds{1};     // cancel requests and deadlines are seen this often
  Micros upkeep = std::chrono::seconds{15};  // heartbeat of the node, rescue, retention
  Micros gone_check = std::chrono::seconds{5};    // rescue from nodes of this machine that ended
  Micros silent_check = std::chrono::seconds{5};  // for jobs whose lease nobody renewed
  Micros poll = std::chrono::seconds{1};          // for jobs of others
  Micros idle_poll = std::chrono::seconds{5};     // after idle_after without a job
  Micros idle_after = std::chrono::seconds{30};
  Micros drain = std::chrono::seconds{25};  // for jobs to finish by themselves
  Micros grace = std::chrono::seconds{10};  // from asking a handler to stop to letting its job go
  Micros moment = std::chrono::seconds{1};  // the same when the end is hard
  work::Retention retention{};
  // Whether the node with this holder certainly runs no more (timing::is_gone): its jobs are
  // rescued at once. Without one, only their leases tell.
  std::function<bool(const std::string& identity)> is_gone{};
  // For operators: a handler that ignores stop, a rescue, a database that does not answer.
  // Must not call the worker.
  std::function<void(LogLevel, const std::string&)> log{};
};

// How long what a lost node was doing lies still at most, until another node goes on with it:
// docs/nodes.md has the arithmetic.
constexpr Micros longest_standstill(const WorkerSettings& settings) {
  return settings.lease + settings.silent_check + settings.beat + settings.idle_poll;
}

struct WorkerStatus {
  std::size_t slots = 0;
  std::size_t running = 0;  // those that ignore their stop included
  bool draining = false;
  // Why the database could not be asked the last time, and since when that is so.
  std::optional<std::string> database_failure{};
  std::optional<Instant> failing_since{};
};

struct Drained {
  std::size_t handed_back = 0;  // jobs that another node, or the next start, goes on with
  // Handlers that ignored their stop: they still run, and ~Worker would wait for them. Their jobs
  // were handed back and whatever they write from now on is void: end the process.
  std::size_t stuck = 0;
};

class JobRun;
struct Said;

class Worker {
 public:
  // Jobs of other kinds than these are left to other nodes.
  using Kinds = std::map<std::string, JobHandler, std::less<>>;

  Worker(WorkerParts parts, WorkerSettings settings, Kinds kinds);
  // Drains without patience when drain() was not called. Joins the handlers.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();
  // There may be work: look now. For enqueues and cancels of this program; never necessary.
  void wake();
  // Claims nothing more, waits for what runs, then asks it to stop; what has not ended goes back to
  // the queue with its attempt restored. `hard`: skip the patience. The worker is over afterwards.
  Drained drain(const std::stop_token& hard);

  WorkerStatus status() const;
  const std::string& node_id() const { return node_.id; }

 private:
  struct Slot;
  using Runs = std::vector<std::shared_ptr<JobRun>>;  // shared as Slot::run is

  // The attending thread: ends attempts and claims jobs, both in one transaction.
  void attend(const std::stop_token& stop);
  bool take_turn();
  bool exchange(std::size_t wanted);
  void write_said(ports::Tx& tx, const std::vector<Said>& all) const;
  void dispatch(std::vector<book::Claimed> claimed);
  std::size_t take_ended(std::vector<book::EndedAttempt>& ended, Runs& runs);
  void end_one_by_one(const std::vector<book::EndedAttempt>& ended);
  void note_settled(const std::vector<book::Settled>& settled);
  std::size_t free_slots() const;
  bool has_ended() const;
  Micros pause() const;

  // A thread per slot.
  void serve(Slot& slot, const std::stop_token& stop);

  // The heart: leases, stops, what handlers said, rescue.
  void keep(const std::stop_token& stop);
  void beat();
  void write_what_was_said();
  void renew_leases();
  void deliver_wishes();
  void stop_the_late();
  void let_go_of_the_deaf(Micros grace);
  void rescue_from_the_gone();
  void rescue_the_silent();
  void upkeep();

  void wait_until_idle(Micros length, const std::stop_token& hard);
  void give_a_moment();
  bool try_database(ports::TxMode mode, const std::function<void(ports::Tx&)>& work);
  Runs held_runs() const;
  void tell(LogLevel level, const std::string& text) const;

  WorkerParts parts_;
  WorkerSettings settings_;
  Kinds kinds_;
  std::vector<std::string> kind_names_;
  book::NodeSelf node_;

  ports::Event work_;     // wakes the attending thread
  ports::Event said_;     // wakes the heart
  ports::Event settled_;  // wakes drain()
  mutable std::mutex mutex_;
  bool is_known_ = false;  // our row of `nodes` is written; of start(), then the attending thread
  bool draining_ = false;
  bool over_ = false;
  std::atomic<bool> claim_unknown_ = false;    // a claim's answer was lost
  std::atomic<bool> row_was_refused_ = false;  // by the last transaction that failed
  std::size_t handed_back_ = 0;
  std::optional<std::string> failure_{};
  std::optional<Instant> failing_since_{};
  Micros last_found_{};  // steady, of the attending thread: when there was work
  Micros renewed_{};     // steady, of the heart, as the next four
  Micros kept_up_{};
  Micros looked_for_gone_{};
  Micros looked_for_silent_{};
  Micros written_{};  // what handlers said
  std::vector<std::unique_ptr<Slot>> slots_;
  std::unique_ptr<ports::Thread> heart_;
  std::unique_ptr<ports::Thread> attending_;
};

}  // namespace tallyman::engine
