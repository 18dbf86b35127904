#include "workflows/asking.h"

#include <utility>

#include "adapters/book/audit.h"
#include "adapters/book/controls.h"
#include "adapters/book/nodes.h"
#include "ports/statements.h"
#include "workflows/table.h"

namespace tallyman::workflows {

namespace {

std::optional<std::string> held_elsewhere(ports::Tx& tx, const book::Job& job,
                                          const Asking& asking) {
  if (job.state != work::JobState::running || job.node_id == asking.node_id) return std::nullopt;
  if (job.lease_until && *job.lease_until < tx.now()) return std::nullopt;
  for (const auto& node : book::list_living_nodes(tx)) {
    if (node.id != job.node_id) continue;
    const bool can_tell = asking.is_gone != nullptr && *asking.is_gone;
    if (can_tell && (*asking.is_gone)(node.identity)) return std::nullopt;
    return job.node;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> why_off(ports::Tx& tx, std::string_view kind) {
  if (find_workflow(kind) == nullptr || book::is_enabled(tx, kind)) return std::nullopt;
  return std::string(kind) + " is switched off; nothing was done.";
}

engine::JobHandler only_while_on(std::string workflow, ports::Database& database,
                                 engine::JobHandler handler) {
  return [workflow = std::move(workflow), &database,
          handler = std::move(handler)](engine::JobContext& job) -> engine::JobEnd {
    auto off = ports::transact(database, ports::TxMode::read,
                               [&](ports::Tx& tx) { return why_off(tx, workflow); });
    if (!off) return handler(job);
    return engine::JobDone{.outcome = "skipped", .message = std::move(*off)};
  };
}

AskedRun ask_for_run(ports::Tx& tx, std::string_view workflow, const Asking& asking) {
  const book::NewJob wanted{.account = asking.account,
                            .kind = std::string(workflow),
                            .unique_key = std::string(workflow),
                            .single_flight = std::string(workflow),
                            .priority = work::Priority::person,
                            .asked_by = std::string(asking.who),
                            .why = "asked for",
                            .max_attempts = 50};  // being killed is not its fault
  const auto enqueued = book::enqueue(tx, wanted);
  if (enqueued.already) book::hurry_job(tx, enqueued.job, asking.who, wanted.why);
  AskedRun asked{.job = book::find_job(tx, enqueued.job).value(), .already = enqueued.already};
  if (asked.already) asked.elsewhere = held_elsewhere(tx, asked.job, asking);
  book::audit(tx, {.who = asking.who, .action = "workflow.run", .subject = workflow});
  return asked;
}

}  // namespace tallyman::workflows
