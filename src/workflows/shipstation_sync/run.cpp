#include "workflows/shipstation_sync/run.h"

#include <exception>
#include <iterator>

#include <fmt/format.h>

#include "ports/statements.h"

namespace tallyman::workflows {

namespace {

constexpr std::size_t kPlannedKept = 100;

// Ends the transaction of a preview: what it did is taken back.
class TakenBack : public std::exception {};

}  // namespace

void fail_run(std::string_view doing, const ports::CallFailure& failure, std::string_view then) {
  throw RunFailed(
      fmt::format("{}: {} ({}). {}", doing, ports::word(failure.kind), failure.cause, then),
      failure.kind);
}

// The real work in a real transaction, so that it says what would really happen.
void RunState::look_ahead(const std::function<void(ports::Tx&)>& work) {
  std::vector<book::PlannedChange> seen;
  try {
    parts.database.transact(ports::TxMode::write, [&](ports::Tx& tx) {
      const auto before = book::events_until_now(tx);
      work(tx);
      seen = book::list_planned(tx, id, before,
                                static_cast<std::int64_t>(kPlannedKept - planned.size()));
      throw TakenBack{};
    });
  } catch (const TakenBack&) {
    planned.insert(planned.end(), std::make_move_iterator(seen.begin()),
                   std::make_move_iterator(seen.end()));
  }
}

void RunState::transact(const std::function<void(ports::Tx&)>& work) {
  if (lease == nullptr) return look_ahead(work);
  const std::int64_t seq = ++batches;
  try {
    lease->transact([&](ports::Tx& tx) {
      book::note_batch(tx, id, seq);
      work(tx);
    });
  } catch (const ports::DbFailure& failure) {
    if (failure.kind() != ports::DbError::commit_unknown) throw;
    const bool happened = ports::transact(parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
      return book::has_batch(tx, id, seq);
    });
    if (!happened) throw;
  }
}

void RunState::progress(std::string_view phase, std::int64_t done, std::int64_t total) {
  if (lease != nullptr) {
    lease->transact(
        [&](ports::Tx& tx) { book::show_progress(tx, id, phase, done, total, caller.requests()); });
  }
  if (on_progress) on_progress(phase, done, total);
}

void mark_streams_due(ports::Tx& tx, const SyncSettings& settings) {
  for (const auto stream : {sync::Stream::shipments_created, sync::Stream::shipments_voided,
                            sync::Stream::fulfilments}) {
    book::mark_due(tx, settings.account, watermark_name(stream));
  }
}

std::optional<sync::StoredWatermark> stored_form(const std::optional<book::StoredWatermark>& row) {
  if (!row) return std::nullopt;
  sync::StoredWatermark form;
  if (row->watermark) form.watermark_us = to_micros(*row->watermark);
  if (row->read_until) form.read_until_us = to_micros(*row->read_until);
  form.text = row->text;
  return form;
}

void RunState::warn(std::string text) { ++applied.warnings[std::move(text)]; }

}  // namespace tallyman::workflows
