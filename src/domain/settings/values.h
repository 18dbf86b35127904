// What is in force: a value of the database before one of the file or the environment before the
// built-in one. A value that is not allowed (a script wrote it) is passed over, with a warning.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/zone.h"
#include "domain/settings/table.h"
#include "domain/work/schedule.h"

namespace tallyman::settings {

// A setting of the configuration file or the environment, as `config show` has it.
struct FileValue {
  std::string key;
  std::string value;
  std::string origin;   // "default", else where it stands: "tallyman.toml:12", "TALLYMAN_TIMEZONE"
  std::string allowed;  // completes "expected …"
  std::string variable{};  // of the environment, which may set it: "TALLYMAN_TIMEZONE"
};

using Stored = std::map<std::string, std::string, std::less<>>;  // of the database, by key

struct Value {
  std::string text;
  std::string origin = "default";  // "default", "database", else as FileValue::origin
  std::string warning{};           // what is wrong with the one that is not used; empty: nothing
};

// What the file and the environment say about settings of this table. Built-in values of the file
// say nothing; sync.interval_minutes is the schedule of the sync by an older name.
class Configured {
 public:
  Configured() = default;
  explicit Configured(std::span<const FileValue> file);
  const FileValue* find(std::string_view key) const;

 private:
  std::vector<FileValue> values_;
};

// A key of the file whose value is that of a setting with another key.
bool is_older_name(std::string_view key);

Value effective(const Setting& setting, const Configured& configured, const Stored& stored);

// All of them at one look. Keys that the table does not have are our own mistake (check()).
class Values {
 public:
  Values(const Table& table, const Configured& configured, const Stored& stored);

  const Value& of(std::string_view key) const;
  const std::string& text(std::string_view key) const { return of(key).text; }
  std::vector<std::string> list(std::string_view key) const;  // the parts between commas

  work::Schedule schedule(std::string_view workflow) const;
  work::Calendar calendar(const Zone& warehouse) const;

 private:
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace tallyman::settings
