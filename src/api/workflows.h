// The workflows as the screen of that name shows them, for other documents of the API too.
#pragma once

#include <vector>

#include "api/context.h"
#include "views/proof.h"
#include "views/workflows.h"

namespace tallyman::api {

std::vector<views::Workflow> workflows_of(const Context& context, ports::Tx& tx);

// What ages the figures that come from ShipStation, with the schedule in force.
views::ReadingRules reading_rules(const Context& context, ports::Tx& tx);

}  // namespace tallyman::api
