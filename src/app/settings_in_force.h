// The settings kept in the database, and what the file and the environment say of the same ones.
#pragma once

#include "app/config.h"
#include "domain/settings/table.h"
#include "domain/settings/values.h"

namespace tallyman::app {

// With the schedule of every workflow that is built.
settings::Table settings_table();

settings::Configured configured_in(const Config& config);

}  // namespace tallyman::app
