#include "ports/shipstation.h"

namespace tallyman::ports {

std::string_view word(CallError error) {
  switch (error) {
    case CallError::unreachable: return "not reachable";
    case CallError::timeout: return "timeout";
    case CallError::throttled: return "throttled";
    case CallError::server_error: return "server error";
    case CallError::unauthorized: return "credentials refused";
    case CallError::forbidden: return "forbidden";
    case CallError::not_found: return "not found";
    case CallError::rejected: return "request rejected";
    case CallError::unreadable: return "unreadable answer";
    case CallError::too_large: return "answer too large";
    case CallError::paused: return "paused after failures";
    case CallError::stopped: return "stopped";
  }
  return "?";
}

}  // namespace tallyman::ports
