#include "views/when.h"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

namespace tallyman::views {

std::string when(Instant at, const Zone& warehouse) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const LocalTime local = warehouse.to_local(at);
  const Day day = day_of(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{local - day};
  return fmt::format("{} {} {:02}:{:02}", static_cast<unsigned>(date.day()),
                     kMonths.at(static_cast<unsigned>(date.month()) - 1), clock.hours().count(),
                     clock.minutes().count());
}

}  // namespace tallyman::views
