// The screen Settings, as data: every value in force and where it comes from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/settings/values.h"
#include "ports/database.h"

namespace tallyman::views {

struct SettingLine {
  std::string key;
  std::string value;  // a secret is "set" or "not set"
  std::string usual;  // the built-in value; empty where the file decides
  std::string allowed;
  std::string description;
  bool is_editable = true;  // false: the file or the environment decides
  std::string origin;       // "default", "database", else where it stands
  std::string warning{};    // a value that is not used, and why; empty: none
  std::optional<Instant> changed{};
  std::optional<std::string> changed_by{};  // "plain SQL": not through this program
};

struct SettingsRules {
  const settings::Table& table;
  const settings::Configured& configured;
  std::span<const settings::FileValue> file;  // everything the file and the environment decide
};

// By key.
std::vector<SettingLine> setting_lines(ports::Tx& tx, const SettingsRules& rules);
std::optional<SettingLine> setting_line(ports::Tx& tx, const SettingsRules& rules,
                                        std::string_view key);

}  // namespace tallyman::views
