#include "views/runs.h"

namespace tallyman::views {

RunList run_list(ports::Tx& tx, std::string_view workflow,
                 const std::optional<book::RunCursor>& before, std::int64_t limit) {
  RunList list;
  list.runs = book::list_runs(tx, workflow, before, limit + 1);
  if (std::ssize(list.runs) > limit) {
    list.runs.pop_back();
    const auto& last = list.runs.back();
    list.next = book::RunCursor{.started = last.started, .run = last.id};
  }
  return list;
}

std::optional<book::Run> run(ports::Tx& tx, const RunId& id) { return book::find_run(tx, id); }

}  // namespace tallyman::views
