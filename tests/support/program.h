// Another program, started without a shell.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tallyman::tests {

// Starts `command` (found by PATH); what it says is added to `log`.
pid_t launch(const std::vector<std::string>& command, const std::filesystem::path& log);

// Waits until it ended; answers its status as waitpid(2) does.
int wait_for_end(pid_t child);

}  // namespace tallyman::tests
