#include "app/alerting.h"

#include <filesystem>

#include <fmt/format.h>

#include "adapters/book/settings.h"
#include "adapters/mail/smtp.h"
#include "app/partners.h"
#include "workflows/schedules.h"

namespace tallyman::app {

namespace {

alerts::Credentials credentials_of(const ShipStationConfig& config) {
  if (config.key.is_set() && config.secret.is_set()) return alerts::Credentials::complete;
  return config.key.is_set() || config.secret.is_set() ? alerts::Credentials::incomplete
                                                       : alerts::Credentials::none;
}

// Of the file system with the order book, where the book is a file of this machine.
std::optional<alerts::DiskSeen> disk_seen(const std::filesystem::path& file) {
  std::error_code error;
  const auto space = std::filesystem::space(std::filesystem::absolute(file).parent_path(), error);
  if (error) return std::nullopt;
  return alerts::DiskSeen{.what = "the order book", .free_bytes = space.available};
}

}  // namespace

std::unique_ptr<ports::Mail> make_mail(const Config& config) {
  if (config.mail.server.empty()) return nullptr;
  return mail::make_smtp({.server = config.mail.server,
                          .port = config.mail.port,
                          .security = config.mail.security,
                          .user = config.mail.user,
                          .password = config.mail.password,
                          .from = config.mail.from});
}

std::vector<settings::FileValue> file_settings(const Config& config) {
  std::vector<settings::FileValue> values;
  for (const auto& setting : shown(config)) {
    values.push_back({.key = setting.key,
                      .value = setting.value,
                      .origin = setting.origin,
                      .allowed = setting.allowed,
                      .variable = setting.variable});
  }
  return values;
}

api::MailDoor mail_door(const Config& config) {
  const settings::Configured configured(file_settings(config));
  return {.configured = !config.mail.server.empty(),
          .server = config.mail.server.empty()
                        ? std::string()
                        : fmt::format("{}:{}", config.mail.server, config.mail.port),
          .from = config.mail.from,
          .alerts_to = [configured](ports::Tx& tx) {
            const settings::Values values(workflows::settings_table(), configured,
                                          book::stored_settings(tx));
            return values.list("mail.alerts_to");
          }};
}

book::NodeSetup node_setup(const Config& config) {
  book::NodeSetup setup;
  const auto credentials = credentials_of(config.shipstation);
  setup.partners = {{.partner = "shipstation",
                     .credentials = std::string(workflows::word(credentials)),
                     .fingerprint = shipstation_fingerprint(config)}};
  if (!config.mail.server.empty()) {
    setup.mail_from = config.mail.from;
    setup.page_url = page_url(config);
  }
  return setup;
}

workflows::AlertCheckSettings alert_settings(const Config& config, const Zone& warehouse) {
  workflows::AlertCheckSettings settings;
  settings.partners = {{.name = "shipstation",
                        .title = "ShipStation",
                        .credentials = credentials_of(config.shipstation),
                        .fingerprint = shipstation_fingerprint(config)}};
  if (!config.import.folder.empty()) {
    settings.partners.push_back({.name = "shop",
                                 .title = "The shop",
                                 .credentials = alerts::Credentials::complete,
                                 .fingerprint = {}});
  }
  settings.warehouse = warehouse;
  settings.table = workflows::settings_table();
  settings.configured = settings::Configured(file_settings(config));
  if (!config.mail.server.empty()) {
    settings.mail = {.from = config.mail.from, .base_url = page_url(config)};
  }
  if (config.database.dialect == ports::Dialect::sqlite) {
    settings.disk = [file = config.database.file] { return disk_seen(file); };
  }
  return settings;
}

}  // namespace tallyman::app
