#include "views/settings.h"

#include <algorithm>

#include "adapters/book/settings.h"

namespace tallyman::views {

namespace {

constexpr std::string_view kPlainSql = "plain SQL";

void add_change(SettingLine& line, const settings::Stored& stored,
                const std::map<std::string, book::SettingChange, std::less<>>& changes) {
  const auto kept = stored.find(line.key);
  const auto change = changes.find(line.key);
  const bool has_change = change != changes.end();
  const auto now = kept == stored.end() ? std::nullopt : std::optional(kept->second);
  const auto noted = has_change ? change->second.after : std::nullopt;
  if (now != noted) {
    line.changed_by = kPlainSql;
  } else if (has_change) {
    line.changed = change->second.at;
    line.changed_by = change->second.who;
  }
}

SettingLine line_of_file(const settings::FileValue& value) {
  return {.key = value.key,
          .value = value.value,
          .usual = {},
          .allowed = value.allowed,
          .description = {},
          .is_editable = false,
          .origin = value.origin};
}

}  // namespace

std::vector<SettingLine> setting_lines(ports::Tx& tx, const SettingsRules& rules) {
  const auto stored = book::stored_settings(tx);
  const auto changes = book::last_setting_changes(tx);
  std::vector<SettingLine> lines;
  for (const auto& row : rules.table.rows()) {
    auto value = settings::effective(row, rules.configured, stored);
    auto& line = lines.emplace_back(SettingLine{.key = row.key,
                                                .value = std::move(value.text),
                                                .usual = row.usual,
                                                .allowed = row.allowed,
                                                .description = row.description,
                                                .origin = std::move(value.origin),
                                                .warning = std::move(value.warning)});
    add_change(line, stored, changes);
  }
  for (const auto& value : rules.file) {
    const bool is_kept = rules.table.find(value.key) != nullptr;
    if (!is_kept && !settings::is_older_name(value.key)) lines.push_back(line_of_file(value));
  }
  std::ranges::sort(lines, {}, &SettingLine::key);
  return lines;
}

std::optional<SettingLine> setting_line(ports::Tx& tx, const SettingsRules& rules,
                                        std::string_view key) {
  for (auto& line : setting_lines(tx, rules)) {
    if (line.key == key) return std::move(line);
  }
  return std::nullopt;
}

}  // namespace tallyman::views
