// Jobs as a worker sees them. A claim gives an attempt its lease token; whatever the attempt writes
// is fenced by it: no effect when somebody else has the job by now.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/work/ending.h"
#include "domain/work/retention.h"
#include "ports/database.h"

namespace tallyman::book {

// An attempt: this token of this job.
struct Held {
  JobId job;
  std::int64_t token = 0;
  friend auto operator<=>(const Held&, const Held&) = default;
};

struct Claim {
  std::string_view node;
  std::span<const std::string> kinds;  // that the node has handlers for; without ','
  std::span<const RunId> runs;         // one for each job that may be claimed
  Micros lease{};
};

struct Claimed {
  Held held;
  AccountId account;
  RunId run;
  std::string kind{};
  std::string args{};
  std::string asked_by{};
  std::string why{};
  std::string cursor{};
  std::int64_t attempt = 1;
  std::int64_t max_attempts = 1;
  Micros timeout{};
};

// At most claim.runs.size() jobs, those first that go first (domain/work/queue.h). A job whose
// single flight is taken, even by a claim of this moment on another node, stays available.
std::vector<Claimed> claim_jobs(ports::Tx& tx, const Claim& claim);

// First statement of a handler's transaction: false, and nothing may be written, when the attempt
// does not hold its job any more. Renews the lease.
bool fence(ports::Tx& tx, Held held, Micros lease);
// Inside a fenced transaction only.
void write_cursor(ports::Tx& tx, Held held, std::string_view cursor);

struct Renewed {
  Held held;
  bool ours = false;
  bool cancel_requested = false;
};
// One answer per attempt, in order.
std::vector<Renewed> renew(ports::Tx& tx, std::span<const Held> all, Micros lease);

// What somebody wants of an attempt of this node.
struct Wish {
  Held held;
  bool cancel_requested = false;
  bool is_hurried = false;  // somebody waits for it
};
std::vector<Wish> find_wishes(ports::Tx& tx, std::string_view node);

struct ProgressSeen {
  Held held;
  std::string phase{};
  std::int64_t done = 0;
  std::int64_t total = 0;
};
void write_progress(ports::Tx& tx, std::span<const ProgressSeen> all);

// How an attempt ended, to be told to the database.
struct EndedAttempt {
  Held held;
  work::AttemptEnd end = work::AttemptEnd::done;
  Micros snooze{};                    // before it may run again, when it was snoozed
  std::string outcome{};              // when done: the handler's word
  std::string message{};              // for people
  std::string result{};               // JSON, or empty
  std::uint32_t chance_permille = 0;  // for the retry's delay: 0 to 999
};

struct Settled {
  Held held;
  std::optional<work::JobState> state{};  // none: it was not ours any more, nothing was written
};
// Ends attempts, settles what waits for them, tells the pages. One answer per attempt, in order.
std::vector<Settled> end_attempts(ports::Tx& tx, std::span<const EndedAttempt> all);

bool is_any_silent(ports::Tx& tx);
// Jobs whose lease nobody has renewed are available again, or dead after their last attempt.
std::vector<Settled> rescue_silent(ports::Tx& tx);
// The same for every running job of a node that certainly lives no more.
std::vector<Settled> rescue_jobs_of(ports::Tx& tx, std::string_view node);
// Running jobs that the database gives to this node and the node knows nothing of: a claim whose
// answer was lost. They are handed back.
std::vector<Settled> hand_back_unknown(ports::Tx& tx, std::string_view node,
                                       std::span<const Held> known);

// After the database's clock was set back: nothing waits until it has caught up.
void mend_future_times(ports::Tx& tx, Micros lease);

// Deletes a chunk of what is older than the rules say. True: there may be more.
bool forget_old_work(ports::Tx& tx, const work::Retention& rules);

}  // namespace tallyman::book
