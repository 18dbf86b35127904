// Alerts and mail, as this installation has them.
#pragma once

#include <memory>

#include "api/context.h"
#include "app/config.h"
#include "ports/mail.h"
#include "workflows/alert_check.h"

namespace tallyman::app {

workflows::AlertCheckSettings alert_settings(const Config& config);

// None: mail is not set up.
std::unique_ptr<ports::Mail> make_mail(const Config& config);

api::MailDoor mail_door(const Config& config);

}  // namespace tallyman::app
