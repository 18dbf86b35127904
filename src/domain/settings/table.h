// The settings that are kept in the database: one row each, with what it may be. Adding a setting
// is adding a row in table.cpp; page, API, command line and history follow from it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"

namespace tallyman::settings {

struct Setting {
  std::string key;          // "warehouse.cutoff": category and parameter_name in the database
  std::string usual;        // the built-in value, in its one spelling
  std::string allowed;      // completes "expected …"
  std::string description;  // one line, for people
  // The same value in its one spelling; none: it is not allowed.
  std::optional<std::string> (*spell)(std::string_view text) = nullptr;
};

// The value in its one spelling, or a sentence that says what is allowed.
Result<std::string> checked(const Setting& setting, std::string_view text);

// A workflow and its usual schedule: gives the row "schedule.NAME".
struct UsualSchedule {
  std::string_view workflow;
  std::string_view schedule;  // must be one that domain/work reads
};

class Table {
 public:
  Table() : Table(std::span<const UsualSchedule>{}) {}
  explicit Table(std::span<const UsualSchedule> workflows);

  std::span<const Setting> rows() const { return rows_; }
  const Setting* find(std::string_view key) const;

 private:
  std::vector<Setting> rows_;
};

std::string schedule_key(std::string_view workflow);

}  // namespace tallyman::settings
