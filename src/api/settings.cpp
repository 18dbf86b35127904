// /api/v1/settings: every value in force and where it comes from; those kept in the database can be
// changed here.

#include <fmt/format.h>

#include <array>

#include "adapters/book/settings.h"
#include "api/body.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "ports/statements.h"
#include "views/settings.h"
#include "workflows/schedules.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr Body::Length kValue{.least = 0, .most = 8000};  // bytes
constexpr Body::Length kReason{.least = 0, .most = 500};  // bytes
constexpr std::int64_t kHistoryPage = 50;
constexpr std::int64_t kLargestHistoryPage = 500;

json::object to_json(const views::SettingLine& line) {
  return {{"key", line.key},
          {"category", line.key.substr(0, line.key.find('.'))},
          {"value", line.value},
          {"default", line.usual},
          {"allowed", line.allowed},
          {"description", line.description},
          {"editable", line.is_editable},
          {"origin", line.origin},
          {"warning", text_or_null(line.warning)},
          {"changed_at", api::to_json(line.changed)},
          {"changed_by", api::to_json(line.changed_by)}};
}

json::object to_json(const book::SettingChange& change) {
  return {{"at", to_text(change.at)},
          {"who", change.who},
          {"old_value", api::to_json(change.before)},
          {"new_value", api::to_json(change.after)},
          {"reason", change.reason}};
}

// Who is mailed, and from where, are addresses of people: not for those who only look.
bool may_read(const Identity& who, std::string_view key) {
  return !key.starts_with("mail.") || people::may(who.role, people::Role::operator_);
}

std::vector<views::SettingLine> load(const Context& context, ports::Tx& tx) {
  const settings::Configured configured(context.file_settings);
  return views::setting_lines(tx, {.table = workflows::settings_table(),
                                   .configured = configured,
                                   .file = context.file_settings});
}

json::object load_one(const Context& context, ports::Tx& tx, std::string_view key) {
  for (const auto& line : load(context, tx)) {
    if (line.key == key) return to_json(line);
  }
  throw Refusal{404, "Not found", "There is no setting with this key."};
}

// Of a setting that is read when the program starts.
std::string where_to_change(const settings::FileValue& value) {
  if (settings::is_older_name(value.key)) {
    return fmt::format(
        "{} is an older name, read from the configuration file only; set {} instead.", value.key,
        settings::schedule_key(workflows::kShipStationSync));
  }
  const std::string now =
      value.origin == "default" ? "has its built-in value" : "is set by " + value.origin;
  return fmt::format(
      "{} is not kept in the database, and now {}. Change it in the configuration file or by {}, "
      "and start tallyman again.",
      value.key, now, value.variable);
}

// One that is kept in the database, and so can be changed.
const settings::Setting& setting_of(const Context& context, const Call& call) {
  const auto& key = call.path.at("key");
  if (const auto* setting = workflows::settings_table().find(key)) return *setting;
  for (const auto& value : context.file_settings) {
    if (value.key != key) continue;
    throw Refusal{422, "Not kept in the database", where_to_change(value)};
  }
  throw Refusal{404, "Not found", "There is no setting with this key."};
}

http_server::Response list_settings(const Context& context, const Call& call) {
  const auto lines = ports::transact(context.database, ports::TxMode::read,
                                     [&](ports::Tx& tx) { return load(context, tx); });
  json::array items;
  for (const auto& line : lines) {
    if (may_read(call.who, line.key)) items.push_back(to_json(line));
  }
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response set_setting(const Context& context, const Call& call) {
  const auto& setting = setting_of(context, call);
  Body body(call.request);
  const auto text = body.text("value", kValue);
  const auto reason = body.optional_text("reason", kReason).value_or("");
  body.done();
  const auto value = settings::checked(setting, text);
  if (!value) {
    throw Refusal{422, "Not allowed", value.error().what + ". Nothing was changed."};
  }
  auto shown = ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    book::set_setting(tx, setting.key, *value, call.who.who, reason);
    return load_one(context, tx, setting.key);
  });
  if (context.wake_jobs) context.wake_jobs();
  return json_response(200, shown);
}

http_server::Response reset_setting(const Context& context, const Call& call) {
  const auto& setting = setting_of(context, call);
  auto shown = ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    book::reset_setting(tx, setting.key, call.who.who, "");
    return load_one(context, tx, setting.key);
  });
  if (context.wake_jobs) context.wake_jobs();
  return json_response(200, shown);
}

http_server::Response list_setting_changes(const Context& context, const Call& call) {
  const auto& setting = setting_of(context, call);
  if (!may_read(call.who, setting.key)) {
    throw Refusal{403, "Forbidden", "Settings of mail are shown to operators and admins."};
  }
  const auto limit = number_in_query(call.request, "limit", kHistoryPage, 1, kLargestHistoryPage);
  const auto changes = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::setting_history(tx, setting.key, limit);
  });
  json::array items;
  for (const auto& change : changes) items.push_back(to_json(change));
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

}  // namespace

std::span<const Route> setting_routes() {
  static constexpr std::array kHistoryQuery = {
      QueryRow{"limit", "integer", "changes, newest first, at most 500"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/settings",
            .operation = "listSettings",
            .summary = "Every setting, its value in force and where that comes from",
            .access = Access::viewer,
            .answer = list_settings,
            .answers = "SettingPage"},
      Route{.method = "PUT",
            .pattern = "/api/v1/settings/{key}",
            .operation = "setSetting",
            .summary = "Keep a value in the database",
            .access = Access::admin,
            .answer = set_setting,
            .body = "SettingValue",
            .answers = "Setting"},
      Route{.method = "DELETE",
            .pattern = "/api/v1/settings/{key}",
            .operation = "resetSetting",
            .summary = "Back to the value of the file, or the built-in one",
            .access = Access::admin,
            .answer = reset_setting,
            .answers = "Setting"},
      Route{.method = "GET",
            .pattern = "/api/v1/settings/{key}/history",
            .operation = "listSettingChanges",
            .summary = "Who changed it when, newest first",
            .access = Access::viewer,
            .answer = list_setting_changes,
            .answers = "SettingChangePage",
            .query = kHistoryQuery},
  };
  return kRoutes;
}

}  // namespace tallyman::api
