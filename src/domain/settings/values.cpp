#include "domain/settings/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/settings/spelling.h"

namespace tallyman::settings {

namespace {

constexpr std::string_view kBuiltIn = "default";
constexpr std::string_view kSyncMinutes = "sync.interval_minutes";
constexpr std::string_view kSync = "shipstation-sync";

}  // namespace

Configured::Configured(std::span<const FileValue> file) {
  for (const auto& one : file) {
    if (one.origin == kBuiltIn) continue;
    values_.push_back(one);
    if (!is_older_name(one.key)) continue;
    values_.push_back({.key = schedule_key(kSync),
                       .value = fmt::format("every {} minutes", one.value),
                       .origin = one.origin,
                       .allowed = one.allowed});
  }
}

const FileValue* Configured::find(std::string_view key) const {
  const auto found = std::ranges::find(values_, key, &FileValue::key);
  return found == values_.end() ? nullptr : &*found;
}

bool is_older_name(std::string_view key) { return key == kSyncMinutes; }

Value effective(const Setting& setting, const Configured& configured, const Stored& stored) {
  Value value{.text = setting.usual, .origin = std::string(kBuiltIn)};
  if (const auto* file = configured.find(setting.key)) {
    if (auto spelt = checked(setting, file->value)) {
      value = {.text = std::move(*spelt), .origin = file->origin};
    } else {
      value.warning = file->origin + " is not used: " + spelt.error().what;
    }
  }
  const auto kept = stored.find(setting.key);
  if (kept == stored.end()) return value;
  auto spelt = checked(setting, kept->second);
  if (spelt) return {.text = std::move(*spelt), .origin = "database"};
  value.warning = fmt::format("the value in the database is not used: {}", spelt.error().what);
  return value;
}

Values::Values(const Table& table, const Configured& configured, const Stored& stored) {
  for (const auto& row : table.rows()) {
    values_.emplace(row.key, effective(row, configured, stored));
  }
}

const Value& Values::of(std::string_view key) const {
  const auto found = values_.find(key);
  check(found != values_.end(), "a setting of the table");
  return found->second;
}

std::vector<std::string> Values::list(std::string_view key) const { return parts_of(text(key)); }

work::Schedule Values::schedule(std::string_view workflow) const {
  return work::schedule_from_text(text(schedule_key(workflow))).value();
}

work::Calendar Values::calendar(const Zone& warehouse) const {
  return {.zone = warehouse,
          .hours = work::business_hours_from_text(text("warehouse.business_hours")).value(),
          .holidays = work::days_from_text(text("warehouse.holidays")).value()};
}

}  // namespace tallyman::settings
