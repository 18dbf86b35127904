// The screen Sync, as data: how far ShipStation has been read, what runs, what waits.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/book/budget.h"
#include "adapters/book/leases.h"
#include "adapters/book/runs.h"
#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::views {

struct SyncStatusRules {
  AccountId account = kDefaultAccount;
  std::string credential;  // of the rate budget
  std::int64_t requests_per_minute = 38;
  bool configured = true;  // key and secret are set
  // Whether the holder of a lease certainly runs no more: see engine::LeaseRules.
  std::function<bool(const std::string& identity)> is_gone{};
};

// Why the sync does not run by itself.
struct SwitchedOff {
  std::string reason;  // may be empty
  std::string by;      // "user:ana", "tallyman", "plain SQL"; may be empty
  std::optional<Instant> at;
};

struct SyncStatus {
  std::string state;  // waiting, running, disabled, failed, not_set_up
  std::optional<Instant> watermark;
  std::optional<Instant> read_until;
  std::optional<Micros> lag;  // how old what we know is
  std::optional<book::Run> last_run;
  std::optional<book::LeaseHolder> lease;
  std::optional<SwitchedOff> off;  // while the state is "disabled"
  book::BudgetMeter budget;
  std::int64_t quarantine_open = 0;
  std::vector<std::string> warnings;
  Instant as_of;
};

SyncStatus sync_status(ports::Tx& tx, const SyncStatusRules& rules);

// Who syncs now, in whichever program; none when the holder was killed.
std::optional<book::LeaseHolder> live_lease(ports::Tx& tx, const SyncStatusRules& rules);

}  // namespace tallyman::views
