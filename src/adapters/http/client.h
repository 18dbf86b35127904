// The one HTTP client of the program (libcurl). It sends each request exactly once: no retry, no
// redirect, no proxy, no cookie; https with a verified certificate, or http to this machine.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ports/clock.h"
#include "ports/http.h"

namespace tallyman::http {

struct ClientOptions {
  std::string user_agent;
  // PEM file of the authorities to trust *instead of* the system's.
  std::optional<std::string> ca_file;
  ports::CallObserver* observer;  // may be null; hears of every send() once, on the sending thread
  ports::Clock& clock;            // measures how long calls take
};

// May be used by several threads at once; connections are kept and reused. `observer` and `clock`
// must outlive the client. Throws std::runtime_error when libcurl cannot start.
std::unique_ptr<ports::Http> make_client(ClientOptions options);

}  // namespace tallyman::http
