// tallyman doctor: is everything as it should be, and what to do where it is not. It looks with its
// own eyes – no server needs to run – and changes nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/program.h"
#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/run.h"
#include "domain/alerts/limits.h"

namespace tallyman::app {

enum class Health { ok, warn, bad };

struct DoctorLine {
  Health health = Health::ok;
  std::string area;    // "database"
  std::string what;    // what was found
  std::string todo{};  // what helps; empty when nothing has to be done
};

// Never throws for what it finds.
std::vector<DoctorLine> examine(const Config& config, const Outside& outside,
                                const alerts::Limits& limits = {});

// Prints the lines; fails when one of them is bad.
cli::Exit tell_health(std::span<const DoctorLine> lines, const cli::Global& global,
                      cli::Terminal& terminal);

// The configuration itself is wrong: there is nothing else to look at.
cli::Exit tell_unreadable_config(std::span<const Problem> problems, const cli::Global& global,
                                 cli::Terminal& terminal);

}  // namespace tallyman::app
