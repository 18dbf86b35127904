#include "engine/caller.h"

namespace tallyman::engine {

namespace {

sync::CallTrouble trouble_of(ports::CallError error) {
  switch (error) {
    case ports::CallError::unreachable: return sync::CallTrouble::unreachable;
    case ports::CallError::timeout: return sync::CallTrouble::timeout;
    case ports::CallError::throttled: return sync::CallTrouble::throttled;
    case ports::CallError::server_error: return sync::CallTrouble::server_error;
    case ports::CallError::unauthorized: return sync::CallTrouble::unauthorized;
    case ports::CallError::forbidden: return sync::CallTrouble::forbidden;
    case ports::CallError::not_found: return sync::CallTrouble::not_found;
    case ports::CallError::rejected: return sync::CallTrouble::rejected;
    case ports::CallError::unreadable: return sync::CallTrouble::unreadable;
    case ports::CallError::too_large: return sync::CallTrouble::too_large;
    case ports::CallError::paused: return sync::CallTrouble::paused;
    case ports::CallError::stopped: return sync::CallTrouble::stopped;
  }
  return sync::CallTrouble::stopped;
}

}  // namespace

bool Caller::wait_before_next_try(const ports::CallFailure& failure, sync::Tried& tried) {
  tried.trouble = trouble_of(failure.kind);
  tried.reset_after = failure.reset_after;
  tried.chance_permille = static_cast<std::uint32_t>(random_.next() % 1000U);
  const auto decision = sync::retry(tried, rules_);
  const auto* again = std::get_if<sync::TryAgain>(&decision);
  if (again == nullptr) return false;
  ++tried.tries;
  tried.waited += again->after;
  return clock_.wait(again->after, stop_) != ports::WaitEnd::stopped;
}

}  // namespace tallyman::engine
