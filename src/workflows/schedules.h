// The workflow table as the schedule, the settings and the switches want it.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "domain/settings/table.h"
#include "engine/ticker.h"
#include "ports/database.h"

namespace tallyman::workflows {

// Every setting kept in the database, "schedule.NAME" of each workflow included.
const settings::Table& settings_table();

// Whether a partner ("shipstation") has credentials here.
using IsSetUp = std::function<bool(std::string_view partner)>;
std::vector<engine::TickedWorkflow> ticked_workflows(const IsSetUp& is_set_up);

// At start: a row of workflow_controls for each workflow that has none.
void add_switches(ports::Tx& tx);

}  // namespace tallyman::workflows
