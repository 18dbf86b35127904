// The commands that neither serve nor ask the API: migrate, config, version, completion.
#pragma once

#include "app/program.h"
#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/run.h"

namespace tallyman::app {

cli::Exit migrate_status(const Config& config, const Outside& outside, const cli::Global& global,
                         cli::Terminal& terminal);
cli::Exit migrate_up(const Config& config, const Outside& outside, const cli::Global& global,
                     cli::Terminal& terminal);
cli::Exit config_show(const cli::ConfigShow& command, const Config& config,
                      const cli::Global& global, cli::Terminal& terminal);
// Words that fit, one a line; those of a server when one answers at once.
cli::Exit complete(const cli::Complete& command, const Config& config, const Outside& outside,
                   cli::Terminal& terminal);
cli::Exit version(const cli::Global& global, cli::Terminal& terminal);

}  // namespace tallyman::app
