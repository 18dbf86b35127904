#include "app/alerting.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "adapters/book/settings.h"
#include "adapters/mail/smtp.h"
#include "app/partners.h"
#include "app/program.h"
#include "app/settings_in_force.h"
#include "domain/settings/values.h"

namespace tallyman::app {

namespace {

alerts::Credentials credentials_of(const ShipStationConfig& config) {
  if (config.key.is_set() && config.secret.is_set()) return alerts::Credentials::complete;
  return config.key.is_set() || config.secret.is_set() ? alerts::Credentials::incomplete
                                                       : alerts::Credentials::none;
}

// Of an SQLite file, as much as this user may still write; a database server looks after its own.
std::function<std::optional<alerts::DiskSeen>()> disk_of(const DatabaseConfig& config) {
  if (config.dialect != ports::Dialect::sqlite) return {};
  return [folder = std::filesystem::absolute(config.file).parent_path()]()
             -> std::optional<alerts::DiskSeen> {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error) return std::nullopt;
    return alerts::DiskSeen{.what = "the order book", .free_bytes = space.available};
  };
}

}  // namespace

workflows::AlertCheckSettings alert_settings(const Config& config) {
  workflows::AlertCheckSettings settings;
  settings.partners = {{.name = "shipstation",
                        .title = "ShipStation",
                        .credentials = credentials_of(config.shipstation),
                        .fingerprint = shipstation_credential(config)}};
  settings.warehouse = zone_named(config.timezone);
  settings.table = settings_table();
  settings.configured = configured_in(config);
  if (!config.mail.server.empty()) {
    settings.mail = {.from = config.mail.from, .base_url = page_url(config)};
  }
  settings.disk = disk_of(config.database);
  return settings;
}

std::unique_ptr<ports::Mail> make_mail(const Config& config) {
  if (config.mail.server.empty()) return nullptr;
  return mail::make_smtp({.server = config.mail.server,
                          .port = config.mail.port,
                          .security = config.mail.security,
                          .user = config.mail.user,
                          .password = config.mail.password,
                          .from = config.mail.from});
}

api::MailDoor mail_door(const Config& config) {
  api::MailDoor door{.alerts_to = [table = settings_table(),
                                   configured = configured_in(config)](ports::Tx& tx) {
    return settings::Values(table, configured, book::stored_settings(tx)).list("mail.alerts_to");
  }};
  if (config.mail.server.empty()) return door;
  door.configured = true;
  door.server = fmt::format("{}:{}", config.mail.server, config.mail.port);
  door.from = config.mail.from;
  return door;
}

}  // namespace tallyman::app
