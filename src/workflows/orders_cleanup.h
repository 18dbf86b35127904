// orders-cleanup: old finished orders leave the inbox view (requirements C4). They stay in the
// book with their lines, history and evidence, and whoever searches finds them.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "engine/worker.h"
#include "ports/database.h"

namespace tallyman::workflows {

inline constexpr std::string_view kOrdersCleanup = "orders-cleanup";

struct CleanupSettings {
  AccountId account = kDefaultAccount;
  Zone warehouse{};
  std::function<std::int64_t(ports::Tx&)> archive_days{};  // in force now
};

// For the worker.
engine::JobHandler orders_cleanup(CleanupSettings settings);

}  // namespace tallyman::workflows
