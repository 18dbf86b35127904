#include "cli/when.h"

#include <fmt/format.h>

#include "cli/ask.h"

namespace tallyman::cli {

std::string when(Instant at, const Zone& warehouse, Fine fine) {
  const LocalTime local = warehouse.to_local(at);
  const Day day = day_of(local);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(local - day));
  std::string time = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
  if (fine == Fine::seconds) time += fmt::format(":{:02}", clock.seconds().count());
  return fmt::format("{} {} {}", to_text(day), time, warehouse.abbreviation(at));
}

std::string when(const boost::json::object& object, std::string_view name, const Zone& warehouse,
                 Fine fine) {
  const std::string text = text_of(object, name);
  const auto at = instant_from_text(text);
  return at ? when(*at, warehouse, fine) : text;
}

}  // namespace tallyman::cli
