#include "adapters/time/zones.h"

#include <chrono>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <date/tz.h>

#include "adapters/time/standing_rule.h"

namespace tallyman::timing {

namespace {

using Seconds = std::chrono::sys_seconds;

constexpr std::chrono::year kFirst{1990};
constexpr std::chrono::year kLast{2060};
constexpr const char* kFolder = "/usr/share/zoneinfo/";

void add(std::vector<Transition>& list, const Transition& next) {
  const bool same = !list.empty() && list.back().offset == next.offset &&
                    list.back().abbreviation == next.abbreviation;
  if (!same) list.push_back(next);
}

// What the file lists: from the period in force at the start of kFirst.
std::vector<Transition> listed(const date::time_zone& zone) {
  std::vector<Transition> list;
  const Seconds end = std::chrono::sys_days{(kLast + std::chrono::years{1}) / 1 / 1};
  Seconds at = std::chrono::sys_days{kFirst / 1 / 1};
  while (at < end) {
    const date::sys_info info = zone.get_info(at);
    add(list, {list.empty() ? Instant::min() : Instant{at}, info.offset, info.abbrev});
    if (info.end <= at) break;
    at = info.end;
  }
  return list;
}

// The last line of a tzdata file.
Result<std::string> standing_rule(const std::string& name) {
  std::ifstream file(kFolder + name, std::ios::binary);
  if (!file) return problem("cannot read the time zone file " + (kFolder + name));
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto refuse = [&] { return problem("the time zone file of " + name + " is cut short"); };
  if (bytes.size() < 2 || bytes.back() != '\n') return refuse();
  const auto start = bytes.rfind('\n', bytes.size() - 2);
  if (start == std::string::npos) return refuse();
  return bytes.substr(start + 1, bytes.size() - start - 2);
}

}  // namespace

Result<Zone> load_zone(std::string_view iana_name) {
  const std::string name{iana_name};
  std::vector<Transition> list;
  std::string file_name;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    file_name = zone->name();
    list = listed(*zone);
  } catch (const std::exception&) {
    return problem("unknown time zone \"" + name +
                   "\" (expected a name like America/Los_Angeles; is tzdata installed?)");
  }
  const auto rule = standing_rule(file_name);
  if (!rule) return tl::unexpected(rule.error());
  const auto later = changes_by_rule(*rule, kFirst, kLast);
  if (!later) return tl::unexpected(later.error());
  const Instant known_to = list.back().at;
  for (const auto& change : *later) {
    if (change.at > known_to) add(list, change);
  }
  return Zone(name, std::move(list));
}

}  // namespace tallyman::timing
