// A TOML file as a flat list of keys with their lines. Which keys exist is not known here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/base/result.h"

namespace tallyman::app {

struct OtherValue {  // a kind no setting has: a date, a float, a table in a list
  friend bool operator==(const OtherValue&, const OtherValue&) = default;
};

using FileValue =
    std::variant<std::string, std::int64_t, bool, std::vector<std::string>, OtherValue>;

struct FileEntry {
  std::string key;  // "sync.overlap_minutes"
  FileValue value;
  int line = 0;
};

// In order of lines. A syntax error names its line and column after `name`.
Result<std::vector<FileEntry>> read_toml(std::string_view text, const std::string& name);

}  // namespace tallyman::app
