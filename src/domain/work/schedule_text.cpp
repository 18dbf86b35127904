// Schedules, business hours and days as people write them.
#include <algorithm>

#include <fmt/format.h>

#include "domain/base/whole_number.h"
#include "domain/work/schedule.h"

namespace tallyman::work {

namespace {

using std::chrono::minutes;

constexpr std::int64_t kLongestInterval = 1440;    // minutes
constexpr std::int64_t kLongestOpenInterval = 60;  // minutes; so that every open hour has a tick
constexpr minutes kShortestDay = std::chrono::hours{1};
constexpr std::size_t kMostDays = 400;
constexpr std::size_t kLongestShown = 60;  // characters of a wrong text that are repeated

constexpr std::array<std::string_view, 7> kDayNames = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The words between blanks.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::vector<std::string_view> parts_of(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(between);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

auto expected(std::string_view allowed, std::string_view got) {
  const bool is_long = got.size() > kLongestShown;
  return problem(fmt::format("expected {}; got \"{}{}\"", allowed, got.substr(0, kLongestShown),
                             is_long ? "…" : ""));
}

// Minutes in one of "minute", "minutes", "hour", "hours"; none: another word.
std::optional<std::int64_t> minutes_in(std::string_view unit) {
  if (unit == "minute" || unit == "minutes") return 1;
  if (unit == "hour" || unit == "hours") return 60;
  return std::nullopt;
}

std::optional<Schedule> interval_from(const std::vector<std::string_view>& words) {
  const bool is_open_only = words.size() > 3 && words[words.size() - 3] == "in" &&
                            words[words.size() - 2] == "business" && words.back() == "hours";
  const auto length = words.size() - (is_open_only ? 3U : 0U);
  if (words.front() != "every" || (length != 2 && length != 3)) return std::nullopt;
  const auto unit = minutes_in(words[length - 1]);
  const auto number = length == 2 ? std::optional<std::int64_t>(1) : whole_number(words[1]);
  if (!unit || !number || *number < 1 || *number > kLongestInterval) return std::nullopt;
  const auto total = *number * *unit;
  if (total > (is_open_only ? kLongestOpenInterval : kLongestInterval)) return std::nullopt;
  return Interval{.length = minutes{total}, .business_hours = is_open_only};
}

std::optional<Schedule> daily_from(const std::vector<std::string_view>& words) {
  if (words.size() != 3 || words[0] != "daily" || words[1] != "at") return std::nullopt;
  const auto at = time_of_day_from_text(words[2]);
  if (!at || *at >= std::chrono::hours{24}) return std::nullopt;
  return Daily{.at = *at};
}

std::string words(const ByPerson&) { return "by a person"; }
std::string words(const Daily& daily) { return "daily at " + time_of_day(daily.at); }
std::string words(const Interval& interval) {
  const auto length = interval.length.count();
  const bool is_hours = length % 60 == 0;
  const auto number = is_hours ? length / 60 : length;
  const std::string_view unit = is_hours ? "hour" : "minute";
  return (number == 1 ? fmt::format("every {}", unit) : fmt::format("every {} {}s", number, unit)) +
         (interval.business_hours ? " in business hours" : "");
}

std::optional<std::size_t> day_index(std::string_view name) {
  const auto* found = std::ranges::find(kDayNames, name);
  if (found == kDayNames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kDayNames.begin());
}

// "Mon-Fri" or "Sat"; false: neither.
bool add_days(std::string_view part, std::array<bool, 7>& days) {
  const auto ends = parts_of(part, '-');
  if (ends.size() > 2) return false;
  const auto first = day_index(ends.front());
  const auto last = day_index(ends.back());
  if (!first || !last || *last < *first) return false;
  for (auto day = *first; day <= *last; ++day) days.at(day) = true;
  return true;
}

}  // namespace

Result<minutes> time_of_day_from_text(std::string_view text) {
  constexpr std::string_view kAllowed = "a time of day such as 06:30";
  if (text.size() != 5 || text[2] != ':' || text.find('-') != std::string_view::npos) {
    return expected(kAllowed, text);
  }
  const auto hour = whole_number(text.substr(0, 2));
  const auto minute = whole_number(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > kLongestInterval) {
    return expected(kAllowed, text);
  }
  return minutes{*hour * 60 + *minute};
}

std::string time_of_day(minutes after_midnight) {
  return fmt::format("{:02}:{:02}", after_midnight.count() / 60, after_midnight.count() % 60);
}

Result<Schedule> schedule_from_text(std::string_view text) {
  const auto words = words_of(text);
  if (words == std::vector<std::string_view>{"by", "a", "person"}) return Schedule{ByPerson{}};
  if (!words.empty()) {
    if (const auto interval = interval_from(words)) return *interval;
    if (const auto daily = daily_from(words)) return *daily;
  }
  return expected(kSchedulesAllowed, text);
}

std::string to_text(const Schedule& schedule) {
  return std::visit([](const auto& kind) { return words(kind); }, schedule);
}

Result<BusinessHours> business_hours_from_text(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 2) return expected(kBusinessHoursAllowed, text);
  BusinessHours hours{.days = {}};
  for (const auto part : parts_of(words[0], ',')) {
    if (!add_days(part, hours.days)) return expected(kBusinessHoursAllowed, text);
  }
  const auto ends = parts_of(words[1], '-');
  if (ends.size() != 2) return expected(kBusinessHoursAllowed, text);
  const auto opens = time_of_day_from_text(ends[0]);
  const auto closes = time_of_day_from_text(ends[1]);
  if (!opens || !closes || *closes - *opens < kShortestDay) {
    return expected(kBusinessHoursAllowed, text);
  }
  hours.opens = *opens;
  hours.closes = *closes;
  return hours;
}

std::string to_text(const BusinessHours& hours) {
  std::string text;
  for (std::size_t first = 0; first < kDayNames.size(); ++first) {
    if (!hours.days.at(first)) continue;
    auto last = first;
    while (last + 1 < kDayNames.size() && hours.days.at(last + 1)) ++last;
    text += text.empty() ? "" : ",";
    text += kDayNames.at(first);
    if (last > first) text += (last == first + 1 ? "," : "-") + std::string(kDayNames.at(last));
    first = last;
  }
  return fmt::format("{} {}-{}", text, time_of_day(hours.opens), time_of_day(hours.closes));
}

Result<std::vector<Day>> days_from_text(std::string_view text) {
  std::vector<Day> days;
  if (trimmed(text).empty()) return days;
  for (const auto part : parts_of(text, ',')) {
    const auto day = day_from_text(part);
    if (!day || days.size() == kMostDays) return expected(kDaysAllowed, text);
    days.push_back(*day);
  }
  std::ranges::sort(days);
  const auto twice = std::ranges::unique(days);
  days.erase(twice.begin(), twice.end());
  return days;
}

std::string to_text(const std::vector<Day>& days) {
  std::string text;
  for (const auto day : days) text += (text.empty() ? "" : ", ") + tallyman::to_text(day);
  return text;
}

}  // namespace tallyman::work
