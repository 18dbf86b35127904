// send-mail: hands one mail to the mail server. Whatever happens stands in the log of mails; a mail
// that a server took once is not handed over again.
#pragma once

#include "engine/worker.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/mail.h"

namespace tallyman::workflows {

struct MailParts {
  ports::Database& database;
  ports::Clock& clock;
  ports::Mail* mail = nullptr;  // none: mail is not set up
};

// For the worker; what `parts` refers to must outlive the handler.
engine::JobHandler send_mail_job(MailParts parts);

}  // namespace tallyman::workflows
