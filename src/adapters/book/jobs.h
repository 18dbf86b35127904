// Jobs: pieces of work that outlive the program that wrote them down. Enqueued in the caller's
// transaction, claimed in batches under a lease token, acknowledged under the same token
// (job_claims.h); listed by job_list.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/work/priority.h"
#include "domain/work/state.h"
#include "ports/database.h"

namespace tallyman::book {

struct NewJob {
  AccountId account = kDefaultAccount;
  std::string kind{};                          // which handler: "shipstation-sync", "send-mail"
  std::string args = "{}";                     // JSON of the kind's own form
  std::optional<std::string> unique_key{};     // at most one live job has it
  std::optional<std::string> single_flight{};  // at most one running job has it
  work::Priority priority = work::Priority::sync;
  std::string asked_by{};           // "schedule", "user:NAME", "token:NAME/ID", "local:NAME"
  std::string why{};                // for people: "every 5 minutes", "Sync now"
  std::optional<Instant> run_at{};  // not before; none: at once
  Micros timeout = std::chrono::minutes{10};  // of one attempt
  int max_attempts = 8;
  std::vector<JobId> needs{};  // waits until these are done; cancelled when one of them dies
};

struct Enqueued {
  JobId job;
  bool already = false;  // a live job had this unique_key: `job` is that one, nothing was added
};
// Commits and vanishes with the caller's transaction; engine::Worker::wake() afterwards makes this
// program look at once. With a need that has died already (or is unknown) the job is written down
// as cancelled and says so.
Enqueued enqueue(ports::Tx& tx, const NewJob& job);

// Somebody waits for an available or running job of the schedule: it becomes theirs and is due at
// once; a handler that runs learns of it (JobContext::hurried).
void hurry_job(ports::Tx& tx, JobId id, std::string_view asked_by, std::string_view why);

// One row, as it stands.
struct Job {
  JobId id;
  AccountId account;
  std::string kind{};
  std::string args{};
  std::optional<std::string> unique_key{};
  std::optional<std::string> single_flight{};
  work::Priority priority = work::Priority::sync;
  work::JobState state = work::JobState::available;
  std::string asked_by{};
  std::string why{};
  Instant enqueued{};
  Instant run_at{};
  Micros timeout{};
  std::int64_t attempt = 0;  // how many have begun, those handed back or snoozed not counted
  std::int64_t max_attempts = 0;
  std::int64_t snoozes = 0;
  std::optional<std::string> node{};  // for people: "web1, process 4711"
  std::optional<std::string> node_id{};
  std::optional<RunId> run{};  // of the newest attempt
  std::int64_t lease_token = 0;
  std::optional<Instant> lease_until{};
  std::optional<Instant> deadline{};
  std::optional<Instant> started{};  // the newest attempt
  std::optional<Instant> finished{};
  std::optional<Instant> cancel_requested{};
  std::optional<std::string> cancel_requested_by{};
  std::string phase{};
  std::int64_t progress_done = 0;
  std::int64_t progress_total = 0;
  std::optional<std::string> cursor{};
  std::optional<std::string> outcome{};
  std::string message{};
  std::optional<std::string> result{};  // JSON
  std::optional<JobId> redrive_of{};
};
std::optional<Job> find_job(ports::Tx& tx, JobId id);
// The waiting, available or running job that has this key.
std::optional<Job> find_live_job(ports::Tx& tx, AccountId account, std::string_view unique_key);

// Waiting and available jobs are cancelled at once; a running one is asked to stop and ends as
// cancelled when its handler does. None: there is no such job. A job that is over stays as it is.
// `who` as in the audit log. Writes audit and live event.
std::optional<Job> cancel_job(ports::Tx& tx, JobId id, std::string_view who);

// Asks for a dead or cancelled job again: a new job that goes on at the old one's cursor, or the
// live job that has its unique key. None: no such job, or it is not dead or cancelled.
std::optional<Enqueued> redrive_job(ports::Tx& tx, JobId id, std::string_view who);

// In the transaction that ends jobs, after they were given their end with finished_us = Tx::now():
// makes available what waited for them alone, cancels what cannot come any more, and what needs
// that.
void settle_dependents(ports::Tx& tx);

}  // namespace tallyman::book
