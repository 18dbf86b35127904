// Executes the commands that ask the API, be it of a running server or of an engine in this
// process: asks, waits, prints. Data to `out`, everything else to `error`.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/secret_input.h"
#include "cli/table.h"
#include "domain/base/zone.h"
#include "ports/clock.h"

namespace tallyman::cli {

struct ApiAnswer {
  int status = 0;  // 0: the server went away
  std::string body;
};
// `target` is path and query, encoded; `body` is empty for none, else as media_of() says. Never
// throws for what the server says.
using Api = std::function<ApiAnswer(std::string_view method, const std::string& target,
                                    const std::string& body)>;

// What a body is sent as: the shop's file as XML, everything else as JSON.
std::string_view media_of(std::string_view target);

enum class Progress { live, lines, none };  // a line that is redrawn, a line per step, nothing

struct Terminal {
  std::function<void(std::string_view)> out;
  std::function<void(std::string_view)> error;
  Progress progress = Progress::lines;
  Colour colour = Colour::no;
  // Asks for a password (see secret_input.h).
  std::function<std::optional<std::string>(std::string_view prompt)> secret = read_secret;
};

struct Doing {
  const Global& global;
  const Api& api;
  ports::Clock& clock;
  std::stop_token stop;  // requested by Ctrl C
  Terminal& terminal;
  // Why nothing can be done at present, where this process itself does the work; none: all is well.
  std::function<std::optional<std::string>()> trouble{};
  Zone warehouse{};  // in whose time people read
};

Exit run_api_command(const ApiCommand& command, Doing& doing);

}  // namespace tallyman::cli
