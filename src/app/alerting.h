// How alerts and mail are set up here.
#pragma once

#include <memory>

#include "adapters/book/nodes.h"
#include "api/context.h"
#include "app/config.h"
#include "ports/mail.h"
#include "workflows/alert_check.h"

namespace tallyman::app {

// None: mail is not set up.
std::unique_ptr<ports::Mail> make_mail(const Config& config);
// For the page: where mail goes, without what is secret.
api::MailDoor mail_door(const Config& config);

// What this program has set up, as other nodes read it.
book::NodeSetup node_setup(const Config& config);

workflows::AlertCheckSettings alert_settings(const Config& config, const Zone& warehouse);

// The file's and the environment's settings, as those kept in the database stand beside them.
std::vector<settings::FileValue> file_settings(const Config& config);

}  // namespace tallyman::app
