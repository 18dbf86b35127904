// Runs the sync when the schedule or a person asks, and keeps what could not be recorded: a run
// that the database itself refused.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/log.h"
#include "engine/schedule.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::app {

class Desk {
 public:
  Desk(workflows::ShipStationSync& sync, Log& log) : sync_(sync), log_(log) {}

  engine::Afterwards run(const RunId& id, const std::string& why, std::stop_token stop);
  // Why a run left no row; none when it did or is still going.
  std::optional<std::string> lost(const RunId& id) const;

 private:
  void report(const workflows::SyncResult& result, const std::string& why);

  workflows::ShipStationSync& sync_;
  Log& log_;
  mutable std::mutex mutex_;
  std::map<RunId, std::string> lost_;  // at most kLostKept
};

}  // namespace tallyman::app
