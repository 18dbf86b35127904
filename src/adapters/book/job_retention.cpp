// Old work is forgotten in chunks, so that no transaction is long.
#include "adapters/book/job_claims.h"
#include "adapters/book/live_events.h"
#include "adapters/book/sql/job_claims.h"
#include "adapters/book/sql/nodes.h"
#include "adapters/book/sql/run_log.h"
#include "adapters/book/sql/runs.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr std::int64_t kChunk = 1000;  // rows
}

bool forget_old_work(ports::Tx& tx, const work::Retention& rules) {
  const Instant now = tx.now();
  bool more = false;
  for (const work::JobState state : work::kJobStates) {
    if (!work::is_over(state)) continue;
    more |=
        ports::execute<sql::ForgetJobs>(tx, {.state = work::word(state),
                                             .before_us = work::forgotten_before(state, now, rules),
                                             .limit = kChunk}) == kChunk;
  }
  more |= ports::execute<sql::ForgetRoutineJobs>(tx, {.kind = rules.routine_kind,
                                                      .before_us = now - rules.routine_jobs,
                                                      .limit = kChunk}) == kChunk;
  more |= ports::execute<sql::ForgetRunLines>(
              tx, {.before_us = now - rules.log_lines, .limit = kChunk}) == kChunk;
  more |= forget_events(tx, now - rules.live_events, kChunk) == kChunk;
  more |= ports::execute<sql::ForgetBatches>(
              tx, {.before_us = now - rules.batches, .limit = kChunk}) == kChunk;
  ports::execute<sql::ForgetNodes>(tx, {.before_us = now - rules.ended_nodes});
  return more;
}

}  // namespace tallyman::book
