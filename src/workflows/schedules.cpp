#include "workflows/schedules.h"

#include "adapters/book/controls.h"
#include "workflows/table.h"

namespace tallyman::workflows {

const settings::Table& settings_table() {
  static const settings::Table table = [] {
    std::vector<settings::UsualSchedule> schedules;
    for (const auto& row : workflow_table()) schedules.push_back({row.name, row.usual_schedule});
    return settings::Table(schedules);
  }();
  return table;
}

std::vector<engine::TickedWorkflow> ticked_workflows(const IsSetUp& is_set_up) {
  std::vector<engine::TickedWorkflow> all;
  for (const auto& row : workflow_table()) {
    all.push_back({.name = std::string(row.name)});
    if (row.partner.empty()) continue;
    all.back().partner = row.partner;
    all.back().is_set_up = [is_set_up, partner = row.partner] { return is_set_up(partner); };
  }
  return all;
}

void add_switches(ports::Tx& tx) {
  std::vector<book::NewControl> controls;
  for (const auto& row : workflow_table()) controls.push_back({row.name, row.description});
  book::add_controls(tx, controls);
}

}  // namespace tallyman::workflows
