// Every workflow that is built, by name (requirements I2): what it does, when it runs by default,
// what stopping it means. Those not built yet are absent.
#pragma once

#include <chrono>
#include <span>
#include <string_view>

namespace tallyman::workflows {

struct WorkflowRow {
  std::string_view name;            // as in workflow_controls
  std::string_view description;     // one line, for people
  std::string_view effect_of_off;   // what else stops, for the question before switching off
  std::string_view partner;         // "shipstation": not set up without its credentials; "" = none
  std::string_view usual_schedule;  // "every 5 minutes", "daily at 00:05", as domain/work reads it
};

std::span<const WorkflowRow> workflow_table();
const WorkflowRow* find_workflow(std::string_view name);

}  // namespace tallyman::workflows
