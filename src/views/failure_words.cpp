#include "views/failure_words.h"

#include <array>

#include "ports/shipstation.h"

namespace tallyman::views {

namespace {

using ports::CallError;

constexpr std::array kErrors = {
    CallError::unreachable,  CallError::timeout,   CallError::throttled, CallError::server_error,
    CallError::unauthorized, CallError::forbidden, CallError::not_found, CallError::rejected,
    CallError::unreadable,   CallError::too_large, CallError::paused,    CallError::stopped};

std::string_view sentence(CallError error) {
  switch (error) {
    case CallError::unreachable: return "ShipStation could not be reached.";
    case CallError::timeout: return "ShipStation did not answer in time.";
    case CallError::throttled: return "ShipStation had too many requests and asked to wait.";
    case CallError::server_error: return "ShipStation has a fault of its own.";
    case CallError::unauthorized: return "ShipStation refuses the key and secret.";
    case CallError::forbidden: return "ShipStation does not allow this.";
    case CallError::not_found:
    case CallError::rejected: return "ShipStation did not understand the question.";
    case CallError::unreadable:
    case CallError::too_large: return "ShipStation's answer could not be read.";
    case CallError::paused: return "ShipStation is not asked for a while, after failures.";
    case CallError::stopped: return "It was stopped before its end.";
  }
  return {};
}

std::string_view of_run(const book::Run& run) {
  return run.failure ? failure_sentence(*run.failure) : std::string_view();
}

}  // namespace

std::string_view failure_sentence(std::string_view failure) {
  for (const auto error : kErrors) {
    if (ports::word(error) == failure) return sentence(error);
  }
  return {};
}

std::string plain_message(const book::Run& run) {
  const auto plain = of_run(run);
  if (plain.empty()) return run.message;
  // A refused key is not tried again by itself: somebody has to look first.
  const bool goes_on = *run.failure != ports::word(CallError::unauthorized);
  return std::string(plain) + (goes_on ? " Nothing is lost; it is tried again by itself." : "");
}

std::string technical_message(const book::Run& run) {
  return of_run(run).empty() ? std::string() : run.message;
}

}  // namespace tallyman::views
