#include "app/kinds.h"

#include <exception>
#include <string>
#include <utility>

namespace tallyman::app {

namespace {

void tell(Log& log, const std::string& kind, const engine::JobContext& job, LogLevel level,
          const std::string& outcome, const std::string& message) {
  log.write(level, kind + " ended",
            {{"job", std::to_string(job.job().value)},
             {"run", job.run().value},
             {"asked_by", job.asked_by()},
             {"outcome", outcome},
             {"message", message}});
}

void tell_end(Log& log, const std::string& kind, const engine::JobContext& job,
              const engine::JobEnd& end) {
  if (const auto* done = std::get_if<engine::JobDone>(&end)) {
    const auto level = done->outcome == "failed" ? LogLevel::error : LogLevel::info;
    tell(log, kind, job, level, done->outcome, done->message);
  } else if (const auto* snooze = std::get_if<engine::JobSnooze>(&end)) {
    tell(log, kind, job, LogLevel::info, "later", snooze->message);
  } else {
    tell(log, kind, job, LogLevel::error, "failed", std::get<engine::JobFailed>(end).message);
  }
}

}  // namespace

engine::JobHandler logged(std::string kind, engine::JobHandler handler, Log& log) {
  return [kind = std::move(kind), handler = std::move(handler),
          &log](engine::JobContext& job) -> engine::JobEnd {
    try {
      auto end = handler(job);
      tell_end(log, kind, job, end);
      return end;
    } catch (const std::exception& failure) {  // told here, judged by the worker
      tell(log, kind, job, LogLevel::error, "failed", failure.what());
      throw;
    }
  };
}

}  // namespace tallyman::app
