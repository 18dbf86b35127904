#include "adapters/book/settings.h"

#include <utility>

#include <boost/json.hpp>

#include "adapters/book/audit.h"
#include "adapters/book/live_events.h"
#include "adapters/book/sql/settings.h"
#include "adapters/book/text_view.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

struct Name {
  std::string_view category;
  std::string_view parameter;
};

// "schedule.shipstation-sync": the category is the part before the first dot.
Name name_of(std::string_view key) {
  const auto dot = key.find('.');
  return {.category = key.substr(0, dot), .parameter = key.substr(dot + 1)};
}

std::string key_of(const std::string& category, const std::string& parameter) {
  return category + "." + parameter;
}

json::value or_null(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

struct Change {
  std::string_view key;
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::string_view who;
  std::string_view reason;
};

void write_down(ports::Tx& tx, const Change& change) {
  const Name name = name_of(change.key);
  ports::execute<sql::AddSettingChange>(tx, {.category = name.category,
                                             .parameter_name = name.parameter,
                                             .old_value = view(change.before),
                                             .new_value = view(change.after),
                                             .now_us = tx.now(),
                                             .who = change.who,
                                             .reason = change.reason});
  const std::string detail = json::serialize(json::object{{"before", or_null(change.before)},
                                                          {"after", or_null(change.after)},
                                                          {"reason", change.reason}});
  audit(tx, {.who = change.who,
             .action = change.after ? "setting.set" : "setting.reset",
             .subject = change.key,
             .detail = detail});
  publish(tx, "settings.changed", json::serialize(json::object{{"key", change.key}}));
}

std::optional<std::string> held(ports::Tx& tx, const Name& name) {
  auto row = ports::select_one<sql::HoldSetting>(
      tx, {.category = name.category, .parameter_name = name.parameter});
  if (!row) return std::nullopt;
  return std::move(row->value);
}

template <class Row>
SettingChange change_from(Row&& row) {
  return {.at = row.changed_us,
          .who = std::move(row.changed_by),
          .before = std::move(row.old_value),
          .after = std::move(row.new_value),
          .reason = std::move(row.reason)};
}

}  // namespace

settings::Stored stored_settings(ports::Tx& tx) {
  settings::Stored stored;
  for (auto& row : ports::select<sql::ListSettings>(tx, {})) {
    stored.emplace(key_of(row.category, row.parameter_name), std::move(row.value));
  }
  return stored;
}

bool set_setting(ports::Tx& tx, std::string_view key, std::string_view value, std::string_view who,
                 std::string_view reason) {
  const Name name = name_of(key);
  const auto before = held(tx, name);
  if (before == value) return false;
  ports::execute<sql::SaveSetting>(tx, {.category = name.category,
                                        .parameter_name = name.parameter,
                                        .value = value,
                                        .now = tx.now()});
  write_down(
      tx,
      {.key = key, .before = before, .after = std::string(value), .who = who, .reason = reason});
  return true;
}

bool reset_setting(ports::Tx& tx, std::string_view key, std::string_view who,
                   std::string_view reason) {
  const Name name = name_of(key);
  const auto before = held(tx, name);
  if (!before) return false;
  ports::execute<sql::DropSetting>(tx,
                                   {.category = name.category, .parameter_name = name.parameter});
  write_down(tx,
             {.key = key, .before = before, .after = std::nullopt, .who = who, .reason = reason});
  return true;
}

std::vector<SettingChange> setting_history(ports::Tx& tx, std::string_view key,
                                           std::int64_t limit) {
  const Name name = name_of(key);
  std::vector<SettingChange> changes;
  for (auto& row : ports::select<sql::ListSettingChanges>(
           tx, {.category = name.category, .parameter_name = name.parameter, .limit = limit})) {
    changes.push_back(change_from(std::move(row)));
  }
  return changes;
}

std::map<std::string, SettingChange, std::less<>> last_setting_changes(ports::Tx& tx) {
  std::map<std::string, SettingChange, std::less<>> changes;
  for (auto& row : ports::select<sql::LastSettingChanges>(tx, {})) {
    const auto key = key_of(row.category, row.parameter_name);
    changes.emplace(key, change_from(std::move(row)));
  }
  return changes;
}

}  // namespace tallyman::book
