// Asking for a run of a workflow, and its switch: what is off is neither asked for nor done. The
// one place that knows both.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/book/jobs.h"
#include "domain/base/ids.h"
#include "engine/worker.h"
#include "ports/database.h"

namespace tallyman::workflows {

// Why nothing of this kind may begin, for people: it is a workflow that is switched off. None: it
// may, or it is no workflow.
std::optional<std::string> why_off(ports::Tx& tx, std::string_view kind);

// The same handler of a workflow; while it is switched off nothing is done, whoever asked.
engine::JobHandler only_while_on(std::string workflow, ports::Database& database,
                                 engine::JobHandler handler);

// The program that asks, to tell its own jobs from those of others.
struct Asking {
  AccountId account = kDefaultAccount;
  std::string_view who;      // as in the audit log
  std::string_view node_id;  // of this program's worker
  // Whether the node with this identity certainly runs no more; none: nobody knows.
  const std::function<bool(const std::string& identity)>* is_gone = nullptr;
};
struct AskedRun {
  book::Job job;
  bool already = false;                    // it was asked for before; it is a person's now
  std::optional<std::string> elsewhere{};  // who works at it, when that is another living program
};
// Enqueues a run, or joins the one that is waiting or running. Does not look at the switch: the
// handler does when its turn comes, and tells who asked.
AskedRun ask_for_run(ports::Tx& tx, std::string_view workflow, const Asking& asking);

}  // namespace tallyman::workflows
