// Claims jobs and runs their handlers, several at a time, until told to drain. Every node runs one
// worker; the database decides who gets which job, the job's lease token who may finish it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/book/jobs.h"
#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/clock.h"
#include "ports/database.h"
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
  virtual std::stop_token stop() const = 0;
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

}  // namespace tallyman::engine
