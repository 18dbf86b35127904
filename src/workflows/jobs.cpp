#include "workflows/jobs.h"

#include <algorithm>
#include <chrono>
#include <stop_token>

#include <fmt/format.h>

#include "adapters/book/controls.h"
#include "adapters/book/nodes.h"
#include "adapters/book/runs.h"

namespace tallyman::workflows {

namespace {

using engine::JobContext;
using engine::JobDone;
using engine::JobEnd;
using engine::JobFailed;
using engine::LogLevel;

// 401; a 403 may be anything between us and ShipStation, and only fails the run.
bool is_refused(const SyncResult& result) {
  return result.failure == ports::CallError::unauthorized;
}

// A run that was cut off may have left its lease behind; this attempt goes on when it has expired.
JobEnd later(const SyncResult& result, Instant now) {
  constexpr Micros kLeast = std::chrono::seconds{1};
  const Micros left = result.holder ? result.holder->expires - now : kLeast;
  return engine::JobSnooze{.pause = std::max(left, kLeast), .message = result.message};
}

// Is ShipStation read with another key than the refused one? Then that one is the wrong one, and
// switching off would stop those who have the right one. A node that has it may be starting again
// just now: for an hour its last run speaks for it.
bool another_key_is_taken(ports::Tx& tx, const SyncSettings& settings) {
  constexpr Micros kSpeaksFor = std::chrono::hours{1};
  constexpr Micros kHeardOf = std::chrono::minutes{2};  // as alerts::Limits::silent_node
  const auto accepted = book::last_accepted_run(tx, settings.account, kShipStationSync);
  if (!accepted || accepted->credential == settings.credential) return false;
  return tx.now() - accepted->started < kSpeaksFor ||
         book::has_living_key(tx, "shipstation", accepted->credential, kHeardOf);
}

// Asking again and again with a refused key helps nobody: a person looks first (requirements A11).
void switch_off(JobContext& job, const SyncSettings& settings, const SyncResult& result) {
  std::string reason;
  job.transact([&](ports::Tx& tx) {
    if (another_key_is_taken(tx, settings)) {
      reason = fmt::format(
          "ShipStation refused the credentials of this node and takes those of another, so the "
          "workflow stays on. Set the right key and secret here. It said: {}",
          result.message);
      return;
    }
    reason = fmt::format(
        "ShipStation refused the credentials. Set the right key and secret, then switch this on "
        "again. It said: {}",
        result.message);
    book::turn(tx, kShipStationSync, book::Turn::off, "tallyman", reason);
  });
  job.log(LogLevel::error, reason);
}

void tell(JobContext& job, const SyncResult& result) {
  for (const auto& warning : result.numbers.warnings) job.log(LogLevel::warning, warning);
  const bool failed = result.outcome == book::Outcome::failed;
  job.log(failed ? LogLevel::error : LogLevel::info, result.message);
}

JobEnd end_of(JobContext& job, const SyncSettings& settings, const SyncResult& result) {
  if (result.end != SyncEnd::ran) {
    job.log(LogLevel::info, result.message);
    return JobDone{.outcome = "skipped", .message = result.message};
  }
  tell(job, result);
  if (result.failure == ports::CallError::stopped) return JobFailed{.message = result.message};
  if (is_refused(result)) switch_off(job, settings, result);
  return JobDone{.outcome = std::string(book::word(result.outcome)), .message = result.message};
}

}  // namespace

engine::JobHandler test_shipstation_job(ports::ShipStation& shipstation, ports::Clock& clock) {
  return [&shipstation, &clock](JobContext& job) -> JobEnd {
    const Instant now = clock.now();
    const auto answer =
        shipstation.orders({.modified = {.from = now - std::chrono::hours{1}, .to = std::nullopt},
                            .created = {},
                            .number = std::nullopt,
                            .status = std::nullopt,
                            .page_size = 1},
                           job.stop());
    if (answer) return JobDone{.message = "ShipStation answered and takes the credentials."};
    return JobDone{.outcome = "failed",
                   .message = fmt::format("ShipStation: {} ({}).", ports::word(answer.error().kind),
                                          answer.error().cause)};
  };
}

engine::JobHandler sync_preview_job(ShipStationSync& sync) {
  return [&sync](JobContext& job) -> JobEnd {
    const auto preview = sync.preview(
        job.run(), job.stop(), [&](std::string_view phase, std::int64_t done, std::int64_t total) {
          job.progress(phase, done, total);
        });
    const auto& result = preview.result;
    if (result.failure == ports::CallError::stopped) return JobFailed{.message = result.message};
    return JobDone{.outcome = std::string(book::word(result.outcome)),
                   .message = "Nothing was changed. A run would say: " + result.message,
                   .result = book::to_json(result.numbers, preview.changes)};
  };
}

bool is_background(const JobContext& job) { return job.asked_by() == "schedule"; }

engine::JobHandler shipstation_sync_job(SyncByUrgency sync, ports::Clock& clock) {
  return [sync, &clock](JobContext& job) -> JobEnd {
    ShipStationSync& workflow = is_background(job) ? sync.background : sync.person;
    // Who joins while it runs gets a person's share from then on. One sync runs at a time.
    sync.haste.calm();
    const std::stop_callback joined(job.hurried(), [&sync] { sync.haste.hurry(); });
    SyncResult result;
    try {
      result = workflow.run(
          job.run(), {.why = job.why(), .asked_by = job.asked_by(), .job = job.job()}, job.stop(),
          [&](std::string_view phase, std::int64_t done, std::int64_t total) {
            job.progress(phase, done, total);
          });
    } catch (const ports::DbFailure& failure) {
      if (is_background(job)) throw;
      // Who waits is told now and asks again when the book is well.
      return JobFailed{.message = fmt::format("The order book cannot be used ({}): {}",
                                              ports::word(failure.kind()), failure.what()),
                       .permanent = true};
    }
    if (result.end == SyncEnd::busy && job.attempt() > 1) return later(result, clock.now());
    return end_of(job, workflow.settings(), result);
  };
}

}  // namespace tallyman::workflows
