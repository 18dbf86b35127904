// Where the commands that ask the API find it: at the server of *this* database, through its Unix
// socket, else in this process.
#pragma once

#include <chrono>
#include <string>

#include "app/config.h"
#include "cli/run.h"
#include "ports/clock.h"

namespace tallyman::app {

// The socket of this database's server: one per database and user, in a folder only the user may
// enter. Throws std::runtime_error when that folder cannot be made safe.
std::string socket_path(const Config& config);

// Asks the server behind the socket; each answer is waited for so long.
cli::Api socket_api(const std::string& socket, ports::Clock& clock,
                    std::chrono::milliseconds patience = std::chrono::seconds{60});

// Does a server answer there?
enum class Answering { yes, no };
Answering answers(const std::string& socket, ports::Clock& clock);

}  // namespace tallyman::app
