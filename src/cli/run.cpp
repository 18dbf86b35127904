#include "cli/run.h"

#include "cli/nouns.h"

namespace tallyman::cli {

Exit run_api_command(const ApiCommand& command, Doing& doing) {
  return std::visit([&](const auto& verb) { return run(verb, doing); }, command);
}

}  // namespace tallyman::cli
