#include "app/settings_in_force.h"

#include <vector>

#include "workflows/table.h"

namespace tallyman::app {

settings::Table settings_table() {
  std::vector<settings::UsualSchedule> usual;
  for (const auto& row : workflows::workflow_table()) {
    usual.push_back({.workflow = row.name, .schedule = row.usual_schedule});
  }
  return settings::Table(usual);
}

settings::Configured configured_in(const Config& config) {
  std::vector<settings::FileValue> values;
  for (const auto& setting : shown(config)) {
    values.push_back({.key = setting.key,
                      .value = setting.value,
                      .origin = setting.origin,
                      .allowed = setting.allowed});
  }
  return settings::Configured(values);
}

}  // namespace tallyman::app
