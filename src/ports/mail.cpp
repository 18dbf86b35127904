#include "ports/mail.h"

namespace tallyman::ports {

std::string_view word(MailError error) {
  switch (error) {
    case MailError::bad_message: return "bad message";
    case MailError::not_connected: return "not connected";
    case MailError::tls: return "no secure connection";
    case MailError::login: return "login refused";
    case MailError::temporary: return "temporary";
    case MailError::permanent: return "permanent";
    case MailError::timeout: return "timeout";
    case MailError::broken: return "broken";
    case MailError::unknown: return "unknown";
    case MailError::stopped: return "stopped";
  }
  return "?";
}

bool is_worth_repeating(MailError error) {
  switch (error) {
    case MailError::bad_message:
    case MailError::login:
    case MailError::permanent: return false;
    case MailError::not_connected:
    case MailError::tls:  // certificates are renewed
    case MailError::temporary:
    case MailError::timeout:
    case MailError::broken:
    case MailError::unknown:
    case MailError::stopped: return true;
  }
  return false;
}

}  // namespace tallyman::ports
