// What the passes of one run share: the parts, the lease, the numbers so far. Private to the
// workflow.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "adapters/book/preview.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"
#include "domain/sync/watermark.h"
#include "engine/caller.h"
#include "engine/lease_keeper.h"
#include "workflows/shipstation_sync.h"
#include "workflows/shipstation_sync/apply_orders.h"

namespace tallyman::workflows {

// ShipStation could not be read, or what it said cannot be trusted: the run ends, nothing of the
// pass is recorded.
class RunFailed : public std::runtime_error {
 public:
  RunFailed(const std::string& what, std::optional<ports::CallError> kind)
      : std::runtime_error(what), kind_(kind) {}
  std::optional<ports::CallError> kind() const { return kind_; }

 private:
  std::optional<ports::CallError> kind_;
};

// What a failed call leaves behind, in words for people.
inline constexpr std::string_view kNothingMoved = "The watermark has not moved.";
inline constexpr std::string_view kOrdersKept =
    "The orders read before it are kept; the rest is read in the next run.";

[[noreturn]] void fail_run(std::string_view doing, const ports::CallFailure& failure,
                           std::string_view then);

struct RunState {
  SyncParts& parts;
  const SyncSettings& settings;
  RunId id;
  engine::LeaseKeeper* lease;  // none: a preview, whose transactions are rolled back
  engine::Caller& caller;
  const ShipStationSync::Progress& on_progress;
  book::RunNumbers numbers;
  OrdersApplied applied;          // of this pass, slices of an earlier, interrupted run included
  std::vector<std::string> gaps;  // what does not add up
  std::int64_t streams_quarantined = 0;  // shipments and fulfilments; orders are in `applied`
  std::int64_t batches = 0;
  std::vector<book::PlannedChange> planned{};  // of a preview

  // One fenced transaction that is known to have happened or not, even when the answer to its
  // COMMIT was lost.
  void transact(const std::function<void(ports::Tx&)>& work);
  void look_ahead(const std::function<void(ports::Tx&)>& work);
  void progress(std::string_view phase, std::int64_t done, std::int64_t total);
  void warn(std::string text);
};

// The streams are read in this run or, after a crash, in the next: written with what made them due.
void mark_streams_due(ports::Tx& tx, const SyncSettings& settings);

// A row of sync_watermark as domain/sync judges it.
std::optional<sync::StoredWatermark> stored_form(const std::optional<book::StoredWatermark>& row);

// Reads and applies what changed in the orders list; moves its watermark.
void orders_pass(RunState& run);
// Reads singly what waits in quarantine for it.
void read_by_id(RunState& run);
// Reads shipments, voids and fulfilments when due; moves their watermarks.
void stream_passes(RunState& run);

}  // namespace tallyman::workflows
