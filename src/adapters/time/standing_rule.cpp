#include "adapters/time/standing_rule.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

namespace tallyman::timing {

namespace {

using std::chrono::seconds;

// The nth (5 = last) weekday of a month, and the wall clock time of the change on it.
struct ChangeDate {
  unsigned month = 1;
  unsigned nth = 1;
  unsigned weekday = 0;
  seconds time{2 * 3600};
};

// Reads a rule from left to right; `ok` turns false at the first thing that does not fit.
struct Reader {
  std::string_view left;
  bool ok = true;

  bool eat(char wanted) {
    if (left.empty() || left.front() != wanted) return false;
    left.remove_prefix(1);
    return true;
  }

  void expect(char wanted) { ok = eat(wanted) && ok; }

  unsigned number() {
    unsigned value = 0;
    std::size_t count = 0;
    for (; count < left.size() && count < 3 && left[count] >= '0' && left[count] <= '9'; ++count) {
      value = value * 10 + static_cast<unsigned>(left[count] - '0');
    }
    ok = ok && count > 0;
    left.remove_prefix(count);
    return value;
  }

  // "PST" or "<+0330>".
  std::string name() {
    const bool quoted = eat('<');
    std::size_t end = 0;
    while (end < left.size() &&
           (quoted ? left[end] != '>' : std::isalpha(static_cast<unsigned char>(left[end])) != 0)) {
      ++end;
    }
    std::string text{left.substr(0, end)};
    left.remove_prefix(end);
    if (quoted) expect('>');
    ok = ok && text.size() >= 3;
    return text;
  }

  // "8", "-3:30", "+1:02:03".
  seconds time() {
    const bool negative = eat('-');
    if (!negative) eat('+');
    seconds value{number() * 3600};
    if (eat(':')) value += seconds{number() * 60};
    if (eat(':')) value += seconds{number()};
    return negative ? -value : value;
  }

  ChangeDate change() {
    ChangeDate date;
    expect(',');
    expect('M');
    date.month = number();
    expect('.');
    date.nth = number();
    expect('.');
    date.weekday = number();
    if (eat('/')) date.time = time();
    ok = ok && date.month >= 1 && date.month <= 12 && date.nth >= 1 && date.nth <= 5 &&
         date.weekday <= 6;
    return date;
  }
};

Instant instant(std::chrono::year year, const ChangeDate& date, seconds offset_before) {
  const std::chrono::weekday weekday{date.weekday};
  const auto month = year / std::chrono::month{date.month};
  const auto day = date.nth == 5 ? std::chrono::sys_days{month / weekday[std::chrono::last]}
                                 : std::chrono::sys_days{month / weekday[date.nth]};
  return Instant{day} + date.time - offset_before;
}

}  // namespace

Result<std::vector<Transition>> changes_by_rule(std::string_view rule, std::chrono::year first,
                                                std::chrono::year last) {
  Reader reader{rule};
  std::vector<Transition> changes;
  // POSIX counts westward, we count eastward.
  const std::string standard_name = reader.name();
  const seconds standard = -reader.time();
  if (!reader.left.empty()) {
    const std::string summer_name = reader.name();
    const bool usual = reader.left.starts_with(',');
    const seconds summer = usual ? standard + std::chrono::hours{1} : -reader.time();
    const ChangeDate to_summer = reader.change();
    const ChangeDate to_standard = reader.change();
    for (auto year = first; reader.ok && year <= last; ++year) {
      changes.push_back({instant(year, to_summer, standard), summer, summer_name});
      changes.push_back({instant(year, to_standard, summer), standard, standard_name});
    }
  }
  if (!reader.ok || !reader.left.empty()) {
    return problem("cannot read the time zone rule \"" + std::string{rule} + "\"");
  }
  std::ranges::sort(changes, {}, &Transition::at);
  return changes;
}

}  // namespace tallyman::timing
