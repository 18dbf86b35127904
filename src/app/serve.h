// The long-running commands: serve, demo, sandbox.
#pragma once

#include <stop_token>

#include "app/config.h"
#include "app/log.h"
#include "app/program.h"
#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/run.h"

namespace tallyman::app {

cli::Exit serve(const cli::Serve& command, const Config& config, const Outside& outside, Log& log,
                cli::Terminal& terminal, const std::stop_token& stop);
cli::Exit demo(const cli::Demo& command, const Config& config, const Outside& outside, Log& log,
               cli::Terminal& terminal, const std::stop_token& stop);
cli::Exit sandbox(const cli::Sandbox& command, const Outside& outside, cli::Terminal& terminal,
                  const std::stop_token& stop);

// "another tallyman (process 4711) is using this order book", with the file.
std::string locked_text(const Config& config, const Locked& locked);

}  // namespace tallyman::app
