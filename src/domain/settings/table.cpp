#include "domain/settings/table.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/settings/spelling.h"
#include "domain/work/schedule.h"

namespace tallyman::settings {

namespace {

constexpr std::size_t kLongestShown = 60;  // bytes of a wrong value that are repeated

struct Row {
  std::string_view key;
  std::string_view usual;
  std::string_view allowed;
  std::string_view description;
  std::optional<std::string> (*spell)(std::string_view text);
};

constexpr std::array kRows = {
    Row{"warehouse.business_hours", "Mon-Fri 06:00-18:00", work::kBusinessHoursAllowed,
        "When the warehouse works, by its own clock", as<work::business_hours_from_text>},
    Row{"warehouse.holidays", "", work::kDaysAllowed,
        "Days on which the warehouse is closed beside its usual ones", days},
    Row{"warehouse.cutoff", "12:00", "a time of day such as 12:00",
        "Orders of today leave today when they are ready by then", time_of_day},
    Row{"orders.key_skus", "17612, 17904, 17914, 18675, 18795",
        "SKUs with commas between them, each once, at most 200",
        "The SKUs that the team tracks: only orders with one are imported", skus},
    Row{"orders.archive_after_days", "60", "a whole number from 7 to 3650",
        "Finished orders leave the inbox view after so many days; unknown ones this old stay out",
        number<7, 3650>},
    Row{"mail.alerts_to", "", "mail addresses with commas between them, at most 20",
        "Who is told of alerts by mail; empty: nobody", addresses},
};

}  // namespace

Result<std::string> checked(const Setting& setting, std::string_view text) {
  if (auto spelt = setting.spell(text)) return std::move(*spelt);
  return problem(fmt::format("{}: expected {}; got \"{}{}\"", setting.key, setting.allowed,
                             text.substr(0, kLongestShown),
                             text.size() > kLongestShown ? "…" : ""));
}

std::string schedule_key(std::string_view workflow) { return fmt::format("schedule.{}", workflow); }

Table::Table(std::span<const UsualSchedule> workflows) {
  for (const auto& row : kRows) {
    rows_.push_back({.key = std::string(row.key),
                     .usual = std::string(row.usual),
                     .allowed = std::string(row.allowed),
                     .description = std::string(row.description),
                     .spell = row.spell});
  }
  for (const auto& one : workflows) {
    rows_.push_back({.key = schedule_key(one.workflow),
                     .usual = std::string(one.schedule),
                     .allowed = std::string(work::kSchedulesAllowed),
                     .description = fmt::format("When {} runs by itself", one.workflow),
                     .spell = as<work::schedule_from_text>});
  }
  std::ranges::sort(rows_, {}, &Setting::key);
  for (auto& row : rows_) {
    auto usual = row.spell(row.usual);
    check(usual.has_value(), "the usual value of a setting is allowed");
    row.usual = std::move(*usual);
  }
}

const Setting* Table::find(std::string_view key) const {
  const auto found = std::ranges::find(rows_, key, &Setting::key);
  return found == rows_.end() ? nullptr : &*found;
}

}  // namespace tallyman::settings
