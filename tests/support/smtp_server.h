// A real mail server process (support/smtp_server.py) on a port of its own, with faults on request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "support/databases.h"

namespace tallyman::tests {

// What it took, as Python's mail parser understands it.
struct Received {
  std::string mail_from;
  std::vector<std::string> rcpt_tos;
  std::string raw;
  std::string subject;
  std::string message_id;
  std::string text;
  std::string content_type;
  std::vector<std::string> defects;
  bool encrypted = false;
  std::string user;
  // All values of headers of that name.
  std::vector<std::string> header(const std::string& name) const;
  std::vector<std::pair<std::string, std::string>> headers;
};

// A port of this machine that nobody listens on.
class ClosedPort {
 public:
  ClosedPort();
  ~ClosedPort();
  ClosedPort(const ClosedPort&) = delete;
  ClosedPort& operator=(const ClosedPort&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

class SmtpServer {
 public:
  // `mode`: "ok", or the name of a fault in the script, which happens `times` times.
  // Times 0: always; port 0: any.
  explicit SmtpServer(const std::string& mode = "ok", int times = 0, std::uint16_t port = 0);
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  std::uint16_t port() const { return port_; }
  // Of mode "starttls" and "tls".
  std::string certificate() const { return (folder_.path() / "cert.pem").string(); }
  // In order.
  std::vector<Received> received() const;

 private:
  TempFolder folder_;
  pid_t pid_ = -1;
  int keep_alive_ = -1;  // its standard input: it ends when this closes
  std::uint16_t port_ = 0;
};

}  // namespace tallyman::tests
