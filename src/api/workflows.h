// The workflows as the screen of that name shows them, for other documents of the API too.
#pragma once

#include <vector>

#include "api/context.h"
#include "views/workflows.h"

namespace tallyman::api {

std::vector<views::Workflow> workflows_of(const Context& context, ports::Tx& tx);

}  // namespace tallyman::api
