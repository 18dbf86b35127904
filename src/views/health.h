// Whether a workflow is well, from what the screen Workflows knows of it.
#pragma once

#include <optional>

#include "domain/work/health.h"
#include "views/workflows.h"

namespace tallyman::views {

// Of a workflow that is on. `up_since`: since when somebody is there to run it; none: nobody is.
work::Health health_of(const Workflow& workflow, std::optional<Instant> up_since, Instant now);

}  // namespace tallyman::views
