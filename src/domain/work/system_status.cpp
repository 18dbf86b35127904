#include "domain/work/system_status.h"

namespace tallyman::work {

namespace {
constexpr Micros kOffline = std::chrono::hours{2};
}

std::string_view word(SystemStatus status) {
  switch (status) {
    case SystemStatus::online: return "online";
    case SystemStatus::degraded: return "degraded";
    case SystemStatus::offline: return "offline";
  }
  return "?";
}

SystemVerdict system_status(const SystemFacts& facts) {
  if (!facts.age) return {SystemStatus::offline, "ShipStation has not been read yet."};
  if (*facts.age > kOffline) {
    return {SystemStatus::offline, "ShipStation has not been read to its end for over two hours."};
  }
  if (facts.breakers_open > 0) {
    return {SystemStatus::degraded, "Calls to a partner are paused after failures."};
  }
  if (facts.last_run_failed) return {SystemStatus::degraded, "The last sync failed."};
  if (facts.quarantined > 0) return {SystemStatus::degraded, "Something is in quarantine."};
  return {SystemStatus::online, "Everything is read and applied."};
}

}  // namespace tallyman::work
