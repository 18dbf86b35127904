// Workflows as jobs: what a worker calls, and what its answer means for the job.
#pragma once

#include <functional>
#include <string_view>

#include "engine/haste.h"
#include "engine/worker.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::workflows {

// One for each urgency: the same account, its requests counted as a person's or as the schedule's.
struct SyncByUrgency {
  ShipStationSync& person;
  ShipStationSync& background;
  engine::Haste& haste;  // of the background's requests
};

// A run of shipstation-sync. A failed run is not tried again by the queue: the next tick, or the
// person who reads why, is the better retry. Refused credentials switch the workflow off,
// unless ShipStation takes another node's.
engine::JobHandler shipstation_sync_job(SyncByUrgency sync, ports::Clock& clock);

// What a run would do now; its result is the numbers and the changes as JSON (book/preview.h).
inline constexpr std::string_view kSyncPreview = "sync-preview";
engine::JobHandler sync_preview_job(ShipStationSync& sync);

// Asks ShipStation for one order, to see whether it answers and takes the credentials.
engine::JobHandler test_shipstation_job(ports::ShipStation& shipstation, ports::Clock& clock);

// Was this job asked for by the schedule, and not by somebody who waits?
bool is_background(const engine::JobContext& job);

}  // namespace tallyman::workflows
