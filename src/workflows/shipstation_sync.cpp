#include "workflows/shipstation_sync.h"

#include <fmt/format.h>

#include "adapters/book/controls.h"
#include "engine/caller.h"
#include "engine/lease_keeper.h"
#include "ports/statements.h"
#include "workflows/asking.h"
#include "workflows/shipstation_sync/run.h"

namespace tallyman::workflows {

namespace {

constexpr std::size_t kWarningsKept = 50;

std::string lock_name(const SyncSettings& settings) {
  return fmt::format("{}/{}", kShipStationSync, settings.account.value);
}

// The line people read: how many came in, how many moved.
std::string summary(const book::RunNumbers& numbers) {
  return fmt::format("{} new manual orders imported, {} orders updated, {} unchanged, {} skipped.",
                     numbers.manual_orders_imported, numbers.status_updates, numbers.unchanged,
                     [&] {
                       std::int64_t skipped = 0;
                       for (const auto& [reason, count] : numbers.skipped) skipped += count;
                       return skipped;
                     }());
}

void take_numbers(RunState& run) {
  auto& numbers = run.numbers;
  const auto& applied = run.applied;
  numbers.applied = applied.counts.applied;
  numbers.unchanged = applied.counts.unchanged;
  numbers.skipped = applied.counts.skipped;
  numbers.quarantined = applied.counts.quarantined;
  numbers.deferred = applied.counts.deferred;
  numbers.manual_orders_imported = applied.imported;
  numbers.status_updates = applied.updated;
  numbers.requests = run.caller.requests();
  numbers.warnings.clear();
  for (const auto& [text, times] : applied.warnings) {
    if (numbers.warnings.size() == kWarningsKept) break;
    numbers.warnings.push_back(times == 1 ? text : fmt::format("{} ({} times)", text, times));
  }
}

book::Ending ending_of(const RunState& run) {
  const auto& numbers = run.numbers;
  if (!run.gaps.empty()) {
    std::string gaps;
    for (const auto& gap : run.gaps) gaps += " " + gap;
    return {.outcome = book::Outcome::failed,
            .message = "The numbers do not add up, so the watermark stays:" + gaps,
            .failure = std::nullopt};
  }
  if (const auto waiting = numbers.quarantined + run.streams_quarantined; waiting > 0) {
    return {.outcome = book::Outcome::partial,
            .message = fmt::format("{} {} in quarantine.", summary(numbers), waiting),
            .failure = std::nullopt};
  }
  return {.outcome = book::Outcome::ok, .message = summary(numbers), .failure = std::nullopt};
}

SyncResult finish(RunState& run, const book::Ending& ending) {
  take_numbers(run);
  if (run.lease != nullptr) {
    run.lease->transact([&](ports::Tx& tx) { book::finish_run(tx, run.id, ending, run.numbers); });
  }
  return {.end = SyncEnd::ran,
          .run = run.id,
          .outcome = ending.outcome,
          .message = ending.message,
          .failure = std::nullopt,
          .holder = std::nullopt,
          .numbers = run.numbers};
}

SyncResult failed(RunState& run, const std::string& what, std::optional<ports::CallError> kind) {
  std::optional<std::string> word;
  if (kind) word = std::string(ports::word(*kind));
  // Who was asked to stop has not failed: the job goes on later, or somebody did not want it.
  const bool was_stopped = kind == ports::CallError::stopped;
  auto result = finish(
      run, {.outcome = was_stopped ? book::Outcome::skipped : book::Outcome::failed,
            .message = was_stopped ? "Stopped before its end. The watermark has not moved." : what,
            .failure = std::move(word)});
  result.failure = kind;
  return result;
}

// A person who asked finds the answer under the run they were given; the schedule's own turns that
// found nothing to do leave no rows.
void tell_asker(ports::Database& database, const SyncSettings& settings, const SyncResult& result,
                const book::Asker& asker, const std::string& failure) {
  if (asker.asked_by == "schedule") return;
  database.transact(ports::TxMode::write, [&](ports::Tx& tx) {
    book::start_run(tx, settings.account, result.run, kShipStationSync, asker, settings.credential);
    book::finish_run(
        tx, result.run,
        {.outcome = book::Outcome::skipped, .message = result.message, .failure = failure}, {});
  });
}

// The book refused the work; often it still takes the sentence that says so. No value: not even
// that, whoever asked for the run tells it.
std::optional<SyncResult> refused_by_book(RunState& run, const ports::DbFailure& reason) {
  try {
    return failed(run,
                  fmt::format("The order book cannot be used ({}): {}", ports::word(reason.kind()),
                              reason.what()),
                  std::nullopt);
  } catch (const ports::DbFailure&) {
    return std::nullopt;
  }
}

SyncResult passes(RunState& run) {
  try {
    orders_pass(run);
    if (run.lease != nullptr) {  // of a preview, no order is there for a shipment to belong to
      read_by_id(run);
      stream_passes(run);
    }
    take_numbers(run);
    return finish(run, ending_of(run));
  } catch (const RunFailed& reason) {
    return failed(run, reason.what(), reason.kind());
  } catch (const ports::DbFailure& reason) {
    if (auto told = refused_by_book(run, reason)) return std::move(*told);
    throw;
  }
}

}  // namespace

std::string watermark_name(sync::Stream stream) {
  if (stream == sync::Stream::orders) return std::string(kShipStationSync);
  return fmt::format("{}/{}", kShipStationSync, sync::word(stream));
}

SyncSettings ShipStationSync::settings_now(ports::Tx& tx) const {
  SyncSettings settings = settings_;
  if (settings_.key_skus_now) {
    settings.routing.key_skus = settings_.key_skus_now(tx);
    settings.routing.known_skus = settings.routing.key_skus;
  }
  return settings;
}

SyncPreview ShipStationSync::preview(const RunId& id, std::stop_token stop,
                                     const Progress& progress) {
  const auto settings = ports::transact(parts_.database, ports::TxMode::read,
                                        [&](ports::Tx& tx) { return settings_now(tx); });
  engine::Caller caller(parts_.clock, parts_.random, std::move(stop), settings.retry);
  RunState run{.parts = parts_,
               .settings = settings,
               .id = id,
               .lease = nullptr,
               .caller = caller,
               .on_progress = progress,
               .numbers = {},
               .applied = {},
               .gaps = {}};
  auto result = passes(run);
  return {.result = std::move(result), .changes = std::move(run.planned)};
}

SyncResult ShipStationSync::run(const RunId& id, const book::Asker& asker, std::stop_token stop,
                                const Progress& progress) {
  SyncResult result;
  result.run = id;
  SyncSettings settings;  // of this run
  const auto off = ports::transact(parts_.database, ports::TxMode::read, [&](ports::Tx& tx) {
    settings = settings_now(tx);
    return why_off(tx, kShipStationSync);
  });
  if (off) {
    result.end = SyncEnd::disabled;
    result.message = *off;
    tell_asker(parts_.database, settings_, result, asker, "disabled");
    return result;
  }
  auto taken =
      engine::LeaseKeeper::take(parts_.database, parts_.clock, parts_.threads, lock_name(settings_),
                                settings_.holder, id, std::move(stop), settings_.lease);
  if (auto* holder = std::get_if<book::LeaseHolder>(&taken)) {
    result.end = SyncEnd::busy;
    result.message =
        fmt::format("A sync is already running ({}); this one did nothing.", holder->holder);
    result.holder = std::move(*holder);
    tell_asker(parts_.database, settings_, result, asker, "busy");
    return result;
  }
  auto& lease = *std::get<std::unique_ptr<engine::LeaseKeeper>>(taken);
  engine::Caller caller(parts_.clock, parts_.random, lease.stop(), settings_.retry);
  RunState run{.parts = parts_,
               .settings = settings,
               .id = id,
               .lease = &lease,
               .caller = caller,
               .on_progress = progress,
               .numbers = {},
               .applied = {},
               .gaps = {}};
  lease.transact([&](ports::Tx& tx) {
    book::begin_run(tx, settings_.account, id, kShipStationSync, asker, settings_.credential);
  });
  return passes(run);
}

}  // namespace tallyman::workflows
