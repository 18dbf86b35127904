// Runs as the Sync screen and its documents show them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/book/runs.h"
#include "ports/database.h"

namespace tallyman::views {

struct RunList {
  std::vector<book::Run> runs;          // newest first
  std::optional<book::RunCursor> next;  // continues behind the last of them
};

RunList run_list(ports::Tx& tx, std::string_view workflow,
                 const std::optional<book::RunCursor>& before, std::int64_t limit);

std::optional<book::Run> run(ports::Tx& tx, const RunId& id);

}  // namespace tallyman::views
