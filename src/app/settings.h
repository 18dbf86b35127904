// The table of settings: key, variable, what is allowed, how it is read and shown. Adding a setting
// is adding a row. Where values come from is config.cpp's matter.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/config_file.h"
#include "domain/base/result.h"

namespace tallyman::app {

enum class Kind { plain, secret };  // a secret never stands in the file itself

struct Setting {
  std::string_view key;       // "sync.overlap_minutes"
  std::string_view variable;  // "TALLYMAN_SYNC_OVERLAP_MINUTES"
  std::string_view allowed;   // completes "expected …"
  Kind kind;
  // Stores the value; nullopt, or what is wrong with it beyond "expected <allowed>" (may be empty).
  std::optional<std::string> (*store)(Config& config, const FileValue& value);
  std::string (*show)(const Config& config);
};

std::span<const Setting> settings();

const Setting* find_setting(std::string_view key);

// The known name nearest to a mistyped one, when it is near enough to be meant.
std::optional<std::string> nearest(std::string_view mistyped, std::span<const std::string> known);

}  // namespace tallyman::app
