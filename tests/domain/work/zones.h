// Zones with the clock changes that schedules must survive, by hand: the domain knows no tzdata.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/base/zone.h"

namespace tallyman::work {

inline Instant utc(std::string_view text) {
  return instant_from_text(std::string(text) + (text.size() == 16 ? ":00Z" : "Z")).value();
}

struct Change {
  std::string_view at;          // "2026-03-08T08:00", UTC
  std::chrono::minutes offset;  // from then on
};

inline Zone zone_of(std::string name, std::chrono::minutes before,
                    const std::vector<Change>& changes) {
  std::vector<Transition> all{
      {Instant{std::chrono::sys_days{std::chrono::year{1980} / 1 / 1}}, before, "OLD"}};
  for (const auto& change : changes) all.push_back({utc(change.at), change.offset, "NEW"});
  return {std::move(name), std::move(all)};
}

// Forward 2026-03-08 02:00 -> 03:00, back 2026-11-01 02:00 -> 01:00.
inline Zone chicago() {
  using std::chrono::minutes;
  return zone_of("America/Chicago", minutes{-360},
                 {{"2026-03-08T08:00", minutes{-300}}, {"2026-11-01T07:00", minutes{-360}}});
}
// Half an hour, in the other half of the year.
inline Zone lord_howe() {
  using std::chrono::minutes;
  return zone_of("Australia/Lord_Howe", minutes{660},
                 {{"2026-04-04T15:00", minutes{630}}, {"2026-10-03T15:30", minutes{660}}});
}
// The gap begins at midnight: 2017-10-15 has no 00:00.
inline Zone sao_paulo() {
  using std::chrono::minutes;
  return zone_of("America/Sao_Paulo", minutes{-180},
                 {{"2017-10-15T03:00", minutes{-120}}, {"2018-02-18T02:00", minutes{-180}}});
}
// Crossed the date line: 2011-12-30 never was.
inline Zone apia() {
  using std::chrono::minutes;
  return zone_of("Pacific/Apia", minutes{-600}, {{"2011-12-30T10:00", minutes{840}}});
}
inline Zone kolkata() { return zone_of("Asia/Kolkata", std::chrono::minutes{330}, {}); }

}  // namespace tallyman::work
