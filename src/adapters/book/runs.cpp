#include "adapters/book/runs.h"

#include "adapters/book/controls.h"
#include "adapters/book/json_text.h"
#include "adapters/book/sql/runs.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

template <class Row>
Run run_from(Row row) {
  Run run;
  run.id = RunId{std::move(row.run_id)};
  run.workflow = std::move(row.workflow);
  run.mode = std::move(row.mode);
  run.outcome = std::move(row.outcome);
  run.why = std::move(row.why);
  run.asked_by = std::move(row.asked_by);
  if (row.job_id) run.job = JobId{*row.job_id};
  run.started = row.started_us;
  run.finished = row.finished_us;
  run.message = std::move(row.message);
  run.failure = std::move(row.failure);
  RunNumbers& numbers = run.numbers;
  numbers.window_from = row.window_from_us;
  numbers.window_to = row.window_to_us;
  numbers.source_total = row.source_total;
  numbers.received = row.received;
  numbers.applied = row.applied;
  numbers.unchanged = row.unchanged;
  numbers.skipped = counts_from_json(row.skipped_reasons);
  numbers.quarantined = row.quarantined;
  numbers.deferred = row.deferred;
  numbers.requests = row.requests;
  numbers.manual_orders_imported = row.manual_orders_imported;
  numbers.status_updates = row.status_updates;
  numbers.watermark_before = row.watermark_before_us;
  numbers.watermark_after = row.watermark_after_us;
  numbers.read_until = row.read_until_us;
  numbers.warnings = texts_from_json(row.warnings);
  run.phase = std::move(row.phase);
  run.progress_done = row.progress_done;
  run.progress_total = row.progress_total;
  return run;
}

}  // namespace

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::running: return "running";
    case Outcome::ok: return "ok";
    case Outcome::partial: return "partial";
    case Outcome::failed: return "failed";
    case Outcome::skipped: return "skipped";
  }
  return "?";
}

void start_run(ports::Tx& tx, AccountId account, const RunId& run, std::string_view workflow,
               const Asker& asker, std::string_view credential) {
  ports::execute<sql::StartRun>(
      tx, {.run_id = run.value,
           .account_id = account.value,
           .workflow = workflow,
           .mode = "live",
           .why = asker.why,
           .asked_by = asker.asked_by,
           .job_id = asker.job ? std::optional(asker.job->value) : std::nullopt,
           .credential = credential,
           .now_us = tx.now()});
}

void begin_run(ports::Tx& tx, AccountId account, const RunId& run, std::string_view workflow,
               const Asker& asker, std::string_view credential) {
  if (find_run(tx, run)) return;
  ports::execute<sql::CloseLostRuns>(
      tx,
      {.workflow = workflow, .account_id = account.value, .run_id = run.value, .now_us = tx.now()});
  start_run(tx, account, run, workflow, asker, credential);
  note_run_of(tx, workflow);
}

void finish_run(ports::Tx& tx, const RunId& run, const Ending& ending, const RunNumbers& numbers) {
  std::int64_t skipped = 0;
  for (const auto& [reason, count] : numbers.skipped) skipped += count;
  const std::string reasons = to_json(numbers.skipped);
  const std::string warnings = to_json(numbers.warnings);
  ports::execute<sql::FinishRun>(tx, {.run_id = run.value,
                                      .outcome = word(ending.outcome),
                                      .now_us = tx.now(),
                                      .message = ending.message,
                                      .failure = ending.failure,
                                      .window_from_us = numbers.window_from,
                                      .window_to_us = numbers.window_to,
                                      .source_total = numbers.source_total,
                                      .received = numbers.received,
                                      .applied = numbers.applied,
                                      .unchanged = numbers.unchanged,
                                      .skipped = skipped,
                                      .quarantined = numbers.quarantined,
                                      .deferred = numbers.deferred,
                                      .skipped_reasons = reasons,
                                      .requests = numbers.requests,
                                      .manual_orders_imported = numbers.manual_orders_imported,
                                      .status_updates = numbers.status_updates,
                                      .watermark_before_us = numbers.watermark_before,
                                      .watermark_after_us = numbers.watermark_after,
                                      .read_until_us = numbers.read_until,
                                      .warnings = warnings});
}

void show_progress(ports::Tx& tx, const RunId& run, std::string_view phase, std::int64_t done,
                   std::int64_t total, std::int64_t requests) {
  ports::execute<sql::ShowProgress>(
      tx,
      {.run_id = run.value, .phase = phase, .done = done, .total = total, .requests = requests});
}

void note_batch(ports::Tx& tx, const RunId& run, std::int64_t seq) {
  ports::execute<sql::NoteBatch>(tx, {.run_id = run.value, .seq = seq, .now_us = tx.now()});
}

bool has_batch(ports::Tx& tx, const RunId& run, std::int64_t seq) {
  return ports::select_one<sql::FindBatch>(tx, {.run_id = run.value, .seq = seq}).has_value();
}

void note_migration(ports::Tx& tx, const RunId& run, std::string_view what,
                    std::string_view detail) {
  ports::execute<sql::NoteMigration>(
      tx, {.now_us = tx.now(), .what = what, .detail = detail, .run_id = run.value});
}

std::optional<Run> find_run(ports::Tx& tx, const RunId& run) {
  auto row = ports::select_one<sql::FindRun>(tx, {.run_id = run.value});
  if (!row) return std::nullopt;
  return run_from(std::move(*row));
}

std::vector<Run> list_runs(ports::Tx& tx, std::string_view workflow,
                           const std::optional<RunCursor>& before, std::int64_t limit) {
  std::vector<Run> runs;
  // Without a cursor: before the largest instant there is.
  const Instant start = before ? before->started : from_micros(std::int64_t{1} << 60);
  const std::string_view id = before ? std::string_view(before->run.value) : std::string_view("~");
  for (auto& row : ports::select<sql::ListRuns>(
           tx, {.workflow = workflow, .before_us = start, .before_id = id, .limit = limit})) {
    runs.push_back(run_from(std::move(row)));
  }
  return runs;
}

std::optional<Run> last_finished_run(ports::Tx& tx, AccountId account, std::string_view workflow) {
  const auto row = ports::select_one<sql::LastFinishedRun>(
      tx, {.workflow = workflow, .account_id = account.value});
  if (!row) return std::nullopt;
  return find_run(tx, RunId{row->run_id});
}

std::optional<AcceptedRun> last_accepted_run(ports::Tx& tx, AccountId account,
                                             std::string_view workflow) {
  auto row = ports::select_one<sql::LastAcceptedRun>(
      tx, {.workflow = workflow, .account_id = account.value});
  if (!row) return std::nullopt;
  return AcceptedRun{.started = row->started_us, .credential = std::move(row->credential)};
}

CredentialsSeen credentials_seen(ports::Tx& tx, AccountId account, std::string_view workflow) {
  CredentialsSeen seen;
  const auto accepted = ports::select_one<sql::LastAcceptedRun>(
      tx, {.workflow = workflow, .account_id = account.value});
  if (accepted) seen.accepted = accepted->finished_us;
  auto refused = ports::select_one<sql::LastRefusedRun>(
      tx, {.workflow = workflow, .account_id = account.value});
  if (refused) {
    seen.refused = refused->finished_us;
    seen.refusal = std::move(refused->message);
  }
  return seen;
}

}  // namespace tallyman::book
