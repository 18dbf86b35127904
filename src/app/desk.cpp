#include "app/desk.h"

#include <exception>

namespace tallyman::app {

namespace {
constexpr std::size_t kLostKept = 100;
}

engine::Afterwards Desk::run(const RunId& id, const std::string& why, std::stop_token stop) {
  std::string failure;
  try {
    const auto result = sync_.run(
        id, {.why = why, .asked_by = why == "schedule" ? "schedule" : "local"}, std::move(stop));
    report(result, why);
    const bool refused = result.failure == ports::CallError::unauthorized ||
                         result.failure == ports::CallError::forbidden;
    // Asking again and again with a refused key helps nobody: a person looks first (A11).
    return refused ? engine::Afterwards::when_asked : engine::Afterwards::next_tick;
  } catch (const ports::DbFailure& reason) {
    failure = std::string("The order book cannot be used (") +
              std::string(ports::word(reason.kind())) + "): " + reason.what();
  } catch (const engine::LeaseLost& reason) {
    failure = reason.what();
  } catch (const std::exception& reason) {  // the door of every run: nothing leaves the thread
    failure = std::string("The run broke off: ") + reason.what();
  }
  log_.error("sync run not recorded", {{"run", id.value}, {"reason", failure}});
  const std::lock_guard lock(mutex_);
  if (lost_.size() == kLostKept) lost_.erase(lost_.begin());
  lost_[id] = failure;
  return engine::Afterwards::next_tick;
}

std::optional<std::string> Desk::lost(const RunId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = lost_.find(id);
  if (found == lost_.end()) return std::nullopt;
  return found->second;
}

void Desk::report(const workflows::SyncResult& result, const std::string& why) {
  switch (result.end) {
    case workflows::SyncEnd::busy:
    case workflows::SyncEnd::disabled:
      log_.info("sync run skipped", {{"why", why}, {"reason", result.message}});
      return;
    case workflows::SyncEnd::ran: break;
  }
  const auto& numbers = result.numbers;
  log_.write(result.outcome == book::Outcome::failed ? LogLevel::error : LogLevel::info,
             "sync run ended",
             {{"run", result.run.value},
              {"why", why},
              {"outcome", std::string(book::word(result.outcome))},
              {"received", std::to_string(numbers.received)},
              {"applied", std::to_string(numbers.applied)},
              {"quarantined", std::to_string(numbers.quarantined)},
              {"requests", std::to_string(numbers.requests)},
              {"message", result.message}});
}

}  // namespace tallyman::app
