// One attempt of one job while it runs on this node. Private to engine.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/book/job_claims.h"
#include "adapters/book/run_log.h"
#include "engine/worker.h"

namespace tallyman::engine {

// Why a handler is asked to stop; the first reason stays.
enum class StopCause { none, cancelled, deadline, lost, ending };

// Not yet written down.
struct Said {
  std::optional<book::ProgressSeen> progress{};
  std::vector<book::NewRunLine> lines{};
};

class JobRun final : public JobContext {
 public:
  // `said` is set when there is something to write down.
  JobRun(WorkerParts parts, book::Claimed claimed, Micros lease, ports::Event& said);

  JobId job() const override { return claimed_.held.job; }
  const RunId& run() const override { return claimed_.run; }
  const std::string& args() const override { return claimed_.args; }
  const std::string& asked_by() const override { return claimed_.asked_by; }
  const std::string& why() const override { return claimed_.why; }
  int attempt() const override { return static_cast<int>(claimed_.attempt); }
  const std::string& cursor() const override { return claimed_.cursor; }
  std::stop_token stop() const override { return stop_.get_token(); }
  std::stop_token hurried() const override { return hurried_.get_token(); }
  void transact(const std::function<void(ports::Tx&)>& work) override;
  void set_cursor(ports::Tx& tx, std::string_view cursor) override;
  void progress(std::string_view phase, std::int64_t done, std::int64_t total) override;
  void log(LogLevel level, std::string_view text) override;

  // Runs the handler; never throws. What the answer means depends on why it stopped.
  book::EndedAttempt execute(const JobHandler& handler);
  // The ending of an attempt whose handler did not end: it ignored its stop.
  book::EndedAttempt abandoned() const;

  const book::Held& held() const { return claimed_.held; }
  const std::string& kind() const { return claimed_.kind; }
  void ask_to_stop(StopCause cause);
  void hurry() { hurried_.request_stop(); }
  StopCause cause() const;
  std::optional<Micros> asked_at() const;  // steady
  bool is_late() const;                    // over its deadline
  // The lease, as far as this node knows it.
  void note_renewed(Micros steady);
  bool may_have_expired(Micros margin) const;
  bool is_transacting() const { return transacting_; }  // then the fence renews the lease

  Said take_said();
  void say_again(Said said);  // it could not be written

 private:
  book::EndedAttempt judged(const JobEnd& end) const;

  WorkerParts parts_;
  book::Claimed claimed_;
  Micros lease_;
  ports::Event& said_;
  Micros began_;
  std::stop_source stop_;
  std::stop_source hurried_;
  std::atomic<bool> transacting_ = false;
  mutable std::mutex mutex_;
  StopCause cause_ = StopCause::none;
  std::optional<Micros> asked_at_{};
  Micros renewed_;
  Said unsaid_;
  std::size_t left_out_ = 0;  // lines
};

}  // namespace tallyman::engine
