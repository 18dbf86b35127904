// shipstation-sync: keeps the order book in step with ShipStation and loses nothing on the way
// (requirements A). One run: read what changed, decide, apply under the fence, prove it.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/leases.h"
#include "adapters/book/preview.h"
#include "adapters/book/runs.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"
#include "ports/shipstation.h"
#include "ports/threads.h"
#include "workflows/shipstation_sync/settings.h"

namespace tallyman::workflows {

struct SyncParts {
  ports::Database& database;
  ports::ShipStation& shipstation;
  ports::Clock& clock;
  ports::Random& random;
  ports::Threads& threads;
};

enum class SyncEnd {
  ran,       // see outcome
  busy,      // another run holds the lease: nothing was done
  disabled,  // switched off in workflow_controls: nothing was done
};

struct SyncResult {
  SyncEnd end = SyncEnd::ran;
  RunId run;
  book::Outcome outcome = book::Outcome::ok;
  std::string message;
  std::optional<ports::CallError> failure;  // why ShipStation could not be read
  std::optional<book::LeaseHolder> holder;  // when busy
  book::RunNumbers numbers;
};

// What a run would do now with the orders; shipments and what waits in quarantine follow from them
// and are not looked at.
struct SyncPreview {
  SyncResult result;
  std::vector<book::PlannedChange> changes;  // the first hundred
};

class ShipStationSync {
 public:
  ShipStationSync(SyncParts parts, SyncSettings settings)
      : parts_(parts), settings_(std::move(settings)) {}

  // Told how far a run is, beside the row in `runs`.
  using Progress =
      std::function<void(std::string_view phase, std::int64_t done, std::int64_t total)>;

  // Runs once. Every failure of ShipStation ends in the result; a database that cannot be used is
  // a DbFailure.
  SyncResult run(const RunId& id, const book::Asker& asker, std::stop_token stop,
                 const Progress& progress = {});

  // Reads and decides like run() and takes every change back: nothing of the book is changed, no
  // lease is needed, and it is told where it would end. Also while the workflow is switched off.
  SyncPreview preview(const RunId& id, std::stop_token stop, const Progress& progress = {});

  const SyncSettings& settings() const { return settings_; }

 private:
  SyncSettings settings_now(ports::Tx& tx) const;

  SyncParts parts_;
  SyncSettings settings_;
};

// The name of the watermark row of a stream: "shipstation-sync" for orders, else with a suffix.
std::string watermark_name(sync::Stream stream);

}  // namespace tallyman::workflows
