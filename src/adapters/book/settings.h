// Settings kept in the database (configuration_params) and their history. What is allowed stands in
// domain/settings; whoever writes here has asked it. Values of one SKU are not settings.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/settings/values.h"
#include "ports/database.h"

namespace tallyman::book {

// As they stand there, whoever wrote them.
settings::Stored stored_settings(ports::Tx& tx);

struct SettingChange {
  Instant at;
  std::string who;
  std::optional<std::string> before{};  // none: the file's or the built-in value was in force
  std::optional<std::string> after{};   // none: taken back
  std::string reason{};
};

// Writes value, history, audit and live event. False: it has been so already, nothing was written.
bool set_setting(ports::Tx& tx, std::string_view key, std::string_view value, std::string_view who,
                 std::string_view reason);
// Back to the file's or the built-in value. False: there was nothing to take back.
bool reset_setting(ports::Tx& tx, std::string_view key, std::string_view who,
                   std::string_view reason);

// Newest first. Changes by plain SQL are not in it.
std::vector<SettingChange> setting_history(ports::Tx& tx, std::string_view key, std::int64_t limit);
std::map<std::string, SettingChange, std::less<>> last_setting_changes(ports::Tx& tx);

}  // namespace tallyman::book
