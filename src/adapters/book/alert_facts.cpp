#include "adapters/book/alert_facts.h"

#include <algorithm>

#include "adapters/book/breakers.h"
#include "adapters/book/controls.h"
#include "adapters/book/sql/alert_facts.h"
#include "adapters/book/watermarks.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

// "web1, process 4711 #…": the machine, and the part for people.
std::string_view machine_of(std::string_view holder) { return holder.substr(0, holder.find(',')); }
std::string_view name_of(std::string_view holder) { return holder.substr(0, holder.find(" #")); }

template <class Row>
std::optional<KeyWord> word_from(const std::optional<Row>& row, const RefusalKinds& kinds) {
  if (!row) return std::nullopt;
  const bool is_refusal =
      row->failure && (*row->failure == kinds.unauthorized || *row->failure == kinds.forbidden);
  return KeyWord{.credential = row->credential,
                 .refusal = is_refusal ? *row->failure : std::string()};
}

}  // namespace

alerts::WorkflowSeen see_workflow(ports::Tx& tx, AccountId account, std::string_view workflow,
                                  std::int64_t runs) {
  alerts::WorkflowSeen seen;
  seen.name = workflow;
  seen.enabled = is_enabled(tx, workflow);
  if (const auto first = ports::select_one<sql::FirstRun>(
          tx, {.account_id = account.value, .workflow = workflow})) {
    seen.enabled_since = first->started_us;
  }
  if (const auto watermark = find_watermark(tx, account, workflow)) {
    seen.read_until = watermark->read_until;
  }
  for (auto& row : ports::select<sql::RecentRuns>(
           tx, {.account_id = account.value, .workflow = workflow, .limit = runs})) {
    seen.runs.push_back({.id = RunId{std::move(row.run_id)},
                         .started = row.started_us,
                         .finished = row.finished_us,
                         .outcome = std::move(row.outcome),
                         .failure = row.failure.value_or(""),
                         .message = std::move(row.message)});
  }
  return seen;
}

std::optional<KeyWord> last_word(ports::Tx& tx, AccountId account, std::string_view workflow,
                                 const RefusalKinds& kinds) {
  return word_from(
      ports::select_one<sql::LastWordOnCredentials>(tx, {.account_id = account.value,
                                                         .workflow = workflow,
                                                         .refused = kinds.unauthorized,
                                                         .forbidden = kinds.forbidden}),
      kinds);
}

std::optional<KeyWord> last_word_on(ports::Tx& tx, AccountId account, std::string_view workflow,
                                    std::string_view credential, const RefusalKinds& kinds) {
  return word_from(ports::select_one<sql::LastWordOnKey>(tx, {.account_id = account.value,
                                                              .workflow = workflow,
                                                              .credential = credential,
                                                              .refused = kinds.unauthorized,
                                                              .forbidden = kinds.forbidden}),
                   kinds);
}

std::vector<alerts::QuarantineSeen> see_quarantine(ports::Tx& tx, AccountId account) {
  std::vector<alerts::QuarantineSeen> all;
  const auto newest = ports::select_one<sql::NewestQuarantine>(tx, {});
  for (auto& row : ports::select<sql::QuarantineByEntity>(tx, {.account_id = account.value})) {
    all.push_back({.entity = std::move(row.entity),
                   .open = row.open,
                   .oldest = row.oldest_us,
                   .newest_row = newest->newest.value_or(0)});
  }
  return all;
}

std::vector<alerts::DeadJobs> see_dead_jobs(ports::Tx& tx) {
  std::vector<alerts::DeadJobs> all;
  for (auto& row : ports::select<sql::DeadJobs>(tx, {})) {
    auto message = ports::select_one<sql::MessageOfJob>(tx, {.job_id = row.newest});
    all.push_back({.kind = std::move(row.kind),
                   .count = row.count,
                   .newest = JobId{row.newest},
                   .message = message ? std::move(message->message) : std::string()});
  }
  return all;
}

std::vector<alerts::BreakerSeen> see_breakers(ports::Tx& tx) {
  std::vector<alerts::BreakerSeen> all;
  for (auto& row : list_breakers(tx)) {
    if (!row.opened) continue;
    all.push_back({.partner = std::move(row.partner),
                   .opened = *row.opened,
                   .reason = std::move(row.reason)});
  }
  return all;
}

std::vector<alerts::StatusSeen> see_statuses(ports::Tx& tx, AccountId account) {
  std::vector<alerts::StatusSeen> all;
  for (auto& row : ports::select<sql::OpenStatuses>(tx, {.account_id = account.value})) {
    all.push_back({.word = std::move(row.status), .orders = row.orders});
  }
  return all;
}

NodesSeen see_nodes(ports::Tx& tx, Micros fresh) {
  NodesSeen seen;
  const auto rows = ports::select<sql::LivingNodes>(tx, {});
  const auto is_fresh = [&](const auto& row) { return tx.now() - row.heartbeat_us <= fresh; };
  for (const auto& row : rows) {
    if (is_fresh(row) && (!seen.watched_since || row.started_us < *seen.watched_since)) {
      seen.watched_since = row.started_us;
    }
    // Started after this one fell silent, on the same machine: it was started again.
    const bool replaced = std::ranges::any_of(rows, [&](const auto& other) {
      return is_fresh(other) && other.started_us > row.heartbeat_us &&
             machine_of(other.holder) == machine_of(row.holder);
    });
    seen.nodes.push_back({.id = row.node_id,
                          .name = std::string(name_of(row.holder)),
                          .heartbeat = row.heartbeat_us,
                          .replaced = replaced});
  }
  return seen;
}

}  // namespace tallyman::book
