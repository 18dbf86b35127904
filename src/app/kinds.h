// Which handler does which kind of job in this program.
#pragma once

#include "app/log.h"
#include "engine/worker.h"

namespace tallyman::app {

// The same handler; how each attempt ended stands in the log.
engine::JobHandler logged(std::string kind, engine::JobHandler handler, Log& log);

// The same handler of a workflow; while it is switched off nothing is done, whoever asked.
engine::JobHandler only_while_on(std::string workflow, ports::Database& database,
                                 engine::JobHandler handler);

}  // namespace tallyman::app
