// Handing one mail to a mail server, from the asker's side. Errors are kinds, never strings to be
// searched. An adapter neither retries nor waits.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "domain/base/time.h"

namespace tallyman::ports {

// To one person: so each recipient's refusal is theirs alone.
struct MailMessage {
  std::string to;          // an address and nothing else
  std::string subject;     // UTF-8, one line
  std::string text;        // UTF-8
  std::string message_id;  // "<unique@domain>"; a repeat has the same one
  Instant date;
};

enum class MailError {
  bad_message,    // an address, subject or id that must not be sent; too large
  not_connected,  // no such host, refused, unreachable, connect timeout
  tls,            // certificate, handshake, or the server offers no encryption
  login,          // the server refuses user or password
  temporary,      // 4xx: nothing was taken, later it may
  permanent,      // 5xx: nothing was taken, nor will be
  timeout,        // connected, but not finished before the text was sent: nothing was taken
  broken,         // cut off, or no SMTP, before the text was sent: nothing was taken
  unknown,        // the text was sent, but no answer came: it may have been taken
  stopped,        // the caller's stop token, before the text was sent
};

std::string_view word(MailError error);  // "temporary"

// Whether trying again later can help, without anybody changing anything.
bool is_worth_repeating(MailError error);

struct MailFailure {
  MailError kind{};
  std::string what;  // for a person; no password
};

// What the server said when it took the mail.
struct MailTaken {
  std::string answer;
};
using MailResult = tl::expected<MailTaken, MailFailure>;

class Mail {
 public:
  virtual ~Mail() = default;
  virtual MailResult send(const MailMessage& message, std::stop_token stop) = 0;
};

}  // namespace tallyman::ports
