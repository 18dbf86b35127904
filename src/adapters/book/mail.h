// Mails as jobs ("send-mail"), written in the transaction of what they tell, and the log of what
// the mail server said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/jobs.h"
#include "domain/alerts/memory.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

inline constexpr std::string_view kSendMail = "send-mail";

// The arguments of a send-mail job: one mail to one person.
struct MailJob {
  std::string to;
  std::string subject;
  std::string text;
  std::string message_id;                   // "<…@…>"; the same mail has the same one
  std::vector<alerts::AlertId> tells_of{};  // marked as mailed when the server took it
  friend bool operator==(const MailJob&, const MailJob&) = default;
};
std::string to_json(const MailJob& mail);
Result<MailJob> mail_job_from_json(std::string_view text);

// A job of its own for each mail; a live one with the same Message-ID is answered instead.
Enqueued enqueue_mail(ports::Tx& tx, const MailJob& mail, std::string_view asked_by,
                      std::string_view why, work::Priority priority);

enum class MailOutcome {
  accepted,  // the server took it
  failed,    // not sent; tried again
  refused,   // not sent, for good
  unknown,   // sent, but the server's answer was lost; tried again with the same Message-ID
};
void log_mail(ports::Tx& tx, JobId job, const MailJob& mail, MailOutcome outcome,
              std::string_view message);

// When a mail server took a mail with this Message-ID.
std::optional<Instant> accepted_at(ports::Tx& tx, std::string_view message_id);

struct MailHistory {
  std::optional<Instant> last_sent;
  struct Failure {
    Instant at;
    std::string outcome;
    std::string message;
  };
  std::optional<Failure> last_failure;
};
MailHistory mail_history(ports::Tx& tx);

}  // namespace tallyman::book
