// One word for how the installation is, by a stated rule; with its reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/time.h"

namespace tallyman::work {

enum class SystemStatus { online, degraded, offline };
std::string_view word(SystemStatus status);

struct SystemFacts {
  std::optional<Micros> age{};  // of what ShipStation was read up to; none: never read
  bool last_run_failed = false;
  std::int64_t quarantined = 0;
  std::int64_t breakers_open = 0;
};

struct SystemVerdict {
  SystemStatus status = SystemStatus::online;
  std::string because;
};

// offline: ShipStation was never read, or not to its end for over two hours (requirements A14).
// degraded: the last sync failed, calls to a partner are paused, or something is in quarantine.
SystemVerdict system_status(const SystemFacts& facts);

}  // namespace tallyman::work
