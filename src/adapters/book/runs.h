// Runs: one row per execution of a workflow, with the numbers that prove it adds up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

enum class Outcome { running, ok, partial, failed, skipped };
std::string_view word(Outcome outcome);

struct RunNumbers {
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;
  std::int64_t source_total = 0;
  std::int64_t received = 0;
  std::int64_t applied = 0;
  std::int64_t unchanged = 0;
  std::map<std::string, std::int64_t> skipped;  // by reason
  std::int64_t quarantined = 0;
  std::int64_t deferred = 0;
  std::int64_t requests = 0;
  std::int64_t manual_orders_imported = 0;
  std::int64_t status_updates = 0;
  std::optional<Instant> watermark_before;
  std::optional<Instant> watermark_after;
  std::optional<Instant> read_until;
  std::vector<std::string> warnings;
};

struct Run {
  RunId id;
  std::string workflow;
  std::string mode;
  std::string outcome;
  std::string why;         // for people: "every 5 minutes", "Sync now"
  std::string asked_by{};  // "schedule", "user:NAME", "token:NAME/ID", "local:NAME"
  std::optional<JobId> job{};
  Instant started;
  std::optional<Instant> finished;
  std::string message;
  std::optional<std::string> failure;  // kind of failure of the partner, when it was one
  RunNumbers numbers;
  std::string phase;
  std::int64_t progress_done = 0;
  std::int64_t progress_total = 0;
};

// Who asked for a run, and why.
struct Asker {
  std::string why = "schedule";
  std::string asked_by = "schedule";
  std::optional<JobId> job{};
};
// `credential`: the fingerprint of the key with which the partner is asked; empty where none is.
void start_run(ports::Tx& tx, AccountId account, const RunId& run, std::string_view workflow,
               const Asker& asker, std::string_view credential = {});
// A run of which there is one at a time: those of this workflow that are still marked running were
// cut off and say so from now on, and the workflow's control notes when it ran. Nothing happens
// when this run has begun already (a job that goes on after a restart keeps its run).
void begin_run(ports::Tx& tx, AccountId account, const RunId& run, std::string_view workflow,
               const Asker& asker, std::string_view credential = {});
struct Ending {
  Outcome outcome = Outcome::ok;
  std::string message;
  std::optional<std::string> failure{};
};
void finish_run(ports::Tx& tx, const RunId& run, const Ending& ending, const RunNumbers& numbers);
void show_progress(ports::Tx& tx, const RunId& run, std::string_view phase, std::int64_t done,
                   std::int64_t total, std::int64_t requests);

// Settles a COMMIT whose answer was lost: written with the batch, looked up before doing it again.
void note_batch(ports::Tx& tx, const RunId& run, std::int64_t seq);
bool has_batch(ports::Tx& tx, const RunId& run, std::int64_t seq);

// One-time steps that moved data, such as the first backfill: migration_log.
void note_migration(ports::Tx& tx, const RunId& run, std::string_view what,
                    std::string_view detail);

std::optional<Run> find_run(ports::Tx& tx, const RunId& run);

struct RunCursor {
  Instant started;
  RunId run;
};
// Newest first; `before` continues a listing.
std::vector<Run> list_runs(ports::Tx& tx, std::string_view workflow,
                           const std::optional<RunCursor>& before, std::int64_t limit);

// The last run that really ran and ended.
std::optional<Run> last_finished_run(ports::Tx& tx, AccountId account, std::string_view workflow);

// Whether a partner takes our credentials, as the runs of its workflow tell.
struct CredentialsSeen {
  std::optional<Instant> accepted;  // the last run that read it
  std::optional<Instant> refused;
  std::string refusal;  // what was said then
};
// The last run whose key the partner took.
struct AcceptedRun {
  Instant started;
  std::string credential;
};
std::optional<AcceptedRun> last_accepted_run(ports::Tx& tx, AccountId account,
                                             std::string_view workflow);
CredentialsSeen credentials_seen(ports::Tx& tx, AccountId account, std::string_view workflow);

}  // namespace tallyman::book
