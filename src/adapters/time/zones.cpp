#include "adapters/time/zones.h"

#include <chrono>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <date/ptz.h>
#include <date/tz.h>

namespace tallyman::timing {

namespace {

using Seconds = std::chrono::sys_seconds;

constexpr Seconds kFrom = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
constexpr Seconds kTo = std::chrono::sys_days{std::chrono::year{2061} / 1 / 1};
constexpr const char* kFolder = "/usr/share/zoneinfo/";

void add(std::vector<Transition>& list, Instant at, const date::sys_info& info) {
  const bool same =
      !list.empty() && list.back().offset == info.offset && list.back().abbreviation == info.abbrev;
  if (!same) list.push_back({at, info.offset, info.abbrev});
}

// The last line of a tzdata file, such as "PST8PDT,M3.2.0,M11.1.0": the standing rule for the time
// after the file's last transition (2037), which the library itself does not read.
Result<std::string> standing_rule(const std::string& name) {
  std::ifstream file(kFolder + name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto end = bytes.rfind('\n');
  if (!file.good() && !file.eof()) return problem("cannot read " + (kFolder + name));
  if (end == std::string::npos || end == 0 || end + 1 != bytes.size()) {
    return problem("the tzdata file of " + name + " has no rule at its end");
  }
  const auto start = bytes.rfind('\n', end - 1);
  if (start == std::string::npos) return problem("the tzdata file of " + name + " is cut short");
  return bytes.substr(start + 1, end - start - 1);
}

// Walks from `from` to kTo; answers where the last period began.
template <class TimeZone>
Seconds walk(const TimeZone& zone, Seconds from, std::vector<Transition>& list) {
  Seconds at = from;
  while (true) {
    const date::sys_info info = zone.get_info(at);
    add(list, list.empty() ? Instant::min() : Instant{at}, info);
    if (info.end >= kTo || info.end <= at) return at;
    at = info.end;
  }
}

}  // namespace

Result<Zone> load_zone(std::string_view iana_name) {
  const std::string name{iana_name};
  try {
    const date::time_zone* zone = date::locate_zone(name);
    std::vector<Transition> list;
    const Seconds last = walk(*zone, kFrom, list);
    const auto rule = standing_rule(zone->name());
    if (!rule) return tl::unexpected(rule.error());
    // A rule without a comma never changes the clock: the table is complete.
    if (rule->find(',') != std::string::npos) walk(Posix::time_zone{*rule}, last, list);
    return Zone(name, std::move(list));
  } catch (const std::exception&) {
    return problem("unknown time zone \"" + name +
                   "\" (expected a name like America/Los_Angeles; is tzdata installed?)");
  }
}

}  // namespace tallyman::timing
