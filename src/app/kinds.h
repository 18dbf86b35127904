// Which handler does which kind of job in this program.
#pragma once

#include "app/log.h"
#include "engine/worker.h"

namespace tallyman::app {

// The same handler; how each attempt ended stands in the log.
engine::JobHandler logged(std::string kind, engine::JobHandler handler, Log& log);

}  // namespace tallyman::app
