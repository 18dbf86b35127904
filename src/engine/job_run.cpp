#include "engine/job_run.h"

#include <exception>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "domain/base/plain_text.h"

namespace tallyman::engine {

namespace {

using work::AttemptEnd;

constexpr std::size_t kTextLimit = 2000;          // bytes of a message or a log line
constexpr std::size_t kResultLimit = 64U << 10U;  // bytes
constexpr std::size_t kUnwrittenLines = 1000;     // of one job, while the database does not answer

std::string_view word(LogLevel level) {
  switch (level) {
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  return "error";
}

// "90 s", "10 min", "2 h".
std::string words(Micros length) {
  using namespace std::chrono;
  if (length < 2s) return fmt::format("{} ms", duration_cast<milliseconds>(length).count());
  if (length % 1h == 0s) return fmt::format("{} h", duration_cast<hours>(length).count());
  if (length % 1min == 0s) return fmt::format("{} min", duration_cast<minutes>(length).count());
  return fmt::format("{} s", duration_cast<seconds>(length).count());
}

class Flag {
 public:
  explicit Flag(std::atomic<bool>& flag) : flag_(flag) { flag_ = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  std::atomic<bool>& flag_;
};

}  // namespace

JobRun::JobRun(WorkerParts parts, book::Claimed claimed, Micros lease, ports::Event& said)
    : parts_(parts),
      claimed_(std::move(claimed)),
      lease_(lease),
      said_(said),
      began_(parts.clock.steady()),
      renewed_(began_) {}

void JobRun::transact(const std::function<void(ports::Tx&)>& work) {
  const Flag flag(transacting_);
  const Micros before = parts_.clock.steady();
  parts_.database.transact(ports::TxMode::write, [&](ports::Tx& tx) {
    if (!book::fence(tx, held(), lease_)) {
      ask_to_stop(StopCause::lost);
      throw JobLost("This attempt does not hold its job any more; nothing was committed.");
    }
    work(tx);
  });
  note_renewed(before);
}

void JobRun::set_cursor(ports::Tx& tx, std::string_view cursor) {
  book::write_cursor(tx, held(), cursor);
}

void JobRun::progress(std::string_view phase, std::int64_t done, std::int64_t total) {
  {
    const std::lock_guard lock(mutex_);
    unsaid_.progress = book::ProgressSeen{
        .held = held(), .phase = plain_text(phase, kTextLimit), .done = done, .total = total};
  }
  said_.set();
}

void JobRun::log(LogLevel level, std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    if (unsaid_.lines.size() >= kUnwrittenLines) {
      ++left_out_;
      return;
    }
    unsaid_.lines.push_back(
        {.run = run(), .level = std::string(word(level)), .text = plain_text(text, kTextLimit)});
  }
  said_.set();
}

book::EndedAttempt JobRun::execute(const JobHandler& handler) {
  try {
    return judged(handler(*this));
  } catch (const JobLost& lost) {
    ask_to_stop(StopCause::lost);
    return judged(JobFailed{.message = lost.what()});
  } catch (const std::exception& failure) {
    return judged(JobFailed{.message = failure.what()});
  } catch (...) {
    // Not an exception of ours, so it has no text; the job has failed all the same.
    return judged(JobFailed{.message = "It failed in a way that has no name."});
  }
}

book::EndedAttempt JobRun::judged(const JobEnd& end) const {
  const StopCause why = cause();
  book::EndedAttempt ended;
  ended.held = held();
  ended.end = AttemptEnd::handed_back;
  if (why == StopCause::deadline) {
    ended.end = AttemptEnd::failed;
    ended.message = "Took longer than " + words(claimed_.timeout) + " and was stopped.";
    return ended;
  }
  const bool was_stopped = why != StopCause::none;
  if (const auto* done = std::get_if<JobDone>(&end)) {
    if (was_stopped && done->outcome == "failed") return ended;
    ended.end = AttemptEnd::done;
    ended.outcome = plain_text(done->outcome, kTextLimit);
    ended.message = plain_text(done->message, kTextLimit);
    if (done->result.size() <= kResultLimit) ended.result = plain_text(done->result, kResultLimit);
  } else if (const auto* snooze = std::get_if<JobSnooze>(&end)) {
    ended.end = AttemptEnd::snoozed;
    ended.snooze = snooze->pause;
    ended.message = plain_text(snooze->message, kTextLimit);
  } else if (const auto* failed = std::get_if<JobFailed>(&end); !was_stopped) {
    ended.end = failed->permanent ? AttemptEnd::failed_for_good : AttemptEnd::failed;
    ended.message = plain_text(failed->message, kTextLimit);
  }
  return ended;
}

book::EndedAttempt JobRun::abandoned() const {
  auto ended = judged(JobFailed{});
  if (cause() == StopCause::deadline) {
    ended.message = "Took longer than " + words(claimed_.timeout) + " and did not stop when asked.";
  }
  return ended;
}

void JobRun::ask_to_stop(StopCause cause) {
  {
    const std::lock_guard lock(mutex_);
    if (cause_ != StopCause::none) return;
    cause_ = cause;
    asked_at_ = parts_.clock.steady();
  }
  stop_.request_stop();
}

StopCause JobRun::cause() const {
  const std::lock_guard lock(mutex_);
  return cause_;
}

std::optional<Micros> JobRun::asked_at() const {
  const std::lock_guard lock(mutex_);
  return asked_at_;
}

bool JobRun::is_late() const { return parts_.clock.steady() - began_ > claimed_.timeout; }

void JobRun::note_renewed(Micros steady) {
  const std::lock_guard lock(mutex_);
  renewed_ = std::max(renewed_, steady);
}

bool JobRun::may_have_expired(Micros margin) const {
  const std::lock_guard lock(mutex_);
  return parts_.clock.steady() - renewed_ > lease_ - margin;
}

Said JobRun::take_said() {
  const std::lock_guard lock(mutex_);
  if (left_out_ > 0) {
    unsaid_.lines.push_back({.run = run(),
                             .level = "warning",
                             .text = fmt::format("{} lines were left out here.", left_out_)});
    left_out_ = 0;
  }
  return std::exchange(unsaid_, {});
}

void JobRun::say_again(Said said) {
  const std::lock_guard lock(mutex_);
  if (!unsaid_.progress) unsaid_.progress = std::move(said.progress);
  std::ranges::move(unsaid_.lines, std::back_inserter(said.lines));
  unsaid_.lines = std::move(said.lines);
}

}  // namespace tallyman::engine
