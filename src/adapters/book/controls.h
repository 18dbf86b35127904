// Switches of workflows (workflow_controls), also changed by plain SQL.
#pragma once

#include <string_view>

#include "ports/database.h"

namespace tallyman::book {

// Absent rows count as switched off: nothing runs that nobody knows (fail closed).
bool is_enabled(ports::Tx& tx, std::string_view workflow);
void note_run_of(ports::Tx& tx, std::string_view workflow);

}  // namespace tallyman::book
