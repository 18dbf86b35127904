// Mail by SMTP (libcurl): one connection per mail, encrypted and verified unless the server is this
// machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/secret.h"
#include "ports/mail.h"

namespace tallyman::mail {

enum class Security {
  tls,       // encrypted from the first byte (port 465)
  starttls,  // encrypted before anything is said (port 587)
  none,      // in clear: only to this machine
};

struct SmtpSettings {
  std::string server;  // name or address; an IPv6 address without brackets
  std::uint16_t port = 587;
  Security security = Security::starttls;
  std::string user{};  // empty: no login
  Secret password{};
  std::string from{};                    // an address
  std::optional<std::string> ca_file{};  // instead of the system's authorities
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
};

// By its name: mail in clear may go there.
bool is_loopback(std::string_view server);

// Throws std::runtime_error with a sentence when the settings cannot be used: no server, in clear
// to another machine.
std::unique_ptr<ports::Mail> make_smtp(SmtpSettings settings);

}  // namespace tallyman::mail
