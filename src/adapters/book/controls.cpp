#include "adapters/book/controls.h"

#include "adapters/book/sql/controls.h"
#include "ports/statements.h"

namespace tallyman::book {

bool is_enabled(ports::Tx& tx, std::string_view workflow) {
  const auto row = ports::select_one<sql::FindControl>(tx, {.workflow_name = workflow});
  return row && row->enabled == 1;
}

void note_run_of(ports::Tx& tx, std::string_view workflow) {
  ports::execute<sql::NoteControlRun>(tx, {.workflow_name = workflow, .now = tx.now()});
}

}  // namespace tallyman::book
