#include "domain/orders/unit_gap.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

namespace tallyman::orders {

namespace {

std::string_view words(GapCause cause) {
  switch (cause) {
    case GapCause::not_ours: return "not ours";
    case GapCause::undecided: return "waiting for a decision";
    case GapCause::unreadable: return "in quarantine here";
    case GapCause::closed_here: return "on hold, shipped or closed here";
    case GapCause::to_upload: return "not uploaded yet";
    case GapCause::not_read_yet: return "not seen in ShipStation yet";
    case GapCause::parts_done: return "split, and a part awaits no more there";
    case GapCause::not_counted: return "read before units were counted";
    case GapCause::without_lines: return "arrived without their lines";
    case GapCause::unexplained: return "for a reason not known";
  }
  return "?";
}

}  // namespace

bool counts_as_to_ship(std::string_view status) {
  return status == "awaiting_shipment" || status == "pending" || status == "uploaded";
}

GapCause cause_of(const LocalUnits& order) {
  if (order.status == "pending") return GapCause::to_upload;
  if (order.parts == 0) return GapCause::not_read_yet;
  if (order.uncounted > 0) return GapCause::not_counted;
  if (order.awaiting < order.parts) return GapCause::parts_done;
  if (order.lines == 0) return GapCause::without_lines;
  return GapCause::unexplained;
}

GapCause cause_of(const RemoteUnits& order) {
  if (order.uncounted) return GapCause::not_counted;
  if (order.known_here) return GapCause::closed_here;
  if (order.disposition == "skipped") return GapCause::not_ours;
  if (order.disposition == "deferred") return GapCause::undecided;
  if (order.disposition == "quarantined") return GapCause::unreadable;
  return GapCause::unexplained;
}

std::vector<Gap> summed(const std::vector<Gap>& gaps) {
  std::map<GapCause, Gap> by_cause;
  for (const auto& gap : gaps) {
    Gap& sum = by_cause.try_emplace(gap.cause, Gap{.cause = gap.cause}).first->second;
    sum.orders += gap.orders;
    sum.units += gap.units;
  }
  std::vector<Gap> all;
  for (const auto& [cause, gap] : by_cause) all.push_back(gap);
  return all;
}

std::string sentence(const Gap& gap) {
  const auto many = [](std::int64_t count, std::string_view word) {
    return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
  };
  const std::string orders = many(gap.orders, "order");
  if (gap.units == 0) return fmt::format("Units not known: {}, {}.", orders, words(gap.cause));
  return fmt::format("{} more {}: {}, {}.", many(std::abs(gap.units), "unit"),
                     gap.units > 0 ? "in ShipStation" : "here", orders, words(gap.cause));
}

bool is_explained(const std::vector<Gap>& gaps) {
  return std::ranges::none_of(gaps, [](const Gap& gap) {
    return gap.cause == GapCause::unexplained || gap.cause == GapCause::not_counted;
  });
}

}  // namespace tallyman::orders
