#include "adapters/book/preview.h"

#include <boost/json.hpp>

#include "adapters/book/sql/events.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

json::value instant(const std::optional<Instant>& at) {
  return at ? json::value(to_text(*at)) : json::value(nullptr);
}

}  // namespace

std::int64_t events_until_now(ports::Tx& tx) {
  const auto row = ports::select_one<sql::NewestEvent>(tx, {});
  return row ? row->event_id.value_or(0) : 0;
}

std::vector<PlannedChange> list_planned(ports::Tx& tx, const RunId& run, std::int64_t after,
                                        std::int64_t limit) {
  std::vector<PlannedChange> planned;
  for (auto& row : ports::select<sql::ListEventsOfRun>(
           tx, {.after_id = after, .run_id = run.value, .limit = limit})) {
    planned.push_back({.order_number = std::move(row.order_number),
                       .title = std::move(row.title),
                       .detail = std::move(row.detail)});
  }
  return planned;
}

std::string to_json(const RunNumbers& numbers, const std::vector<PlannedChange>& changes) {
  json::object skipped;
  for (const auto& [reason, count] : numbers.skipped) skipped[reason] = count;
  json::array warnings;
  for (const auto& warning : numbers.warnings) warnings.push_back(json::value(warning));
  json::array planned;
  for (const auto& change : changes) {
    planned.push_back({{"order_number", change.order_number},
                       {"title", change.title},
                       {"detail", change.detail}});
  }
  return json::serialize(json::object{
      {"window", {{"from", instant(numbers.window_from)}, {"until", instant(numbers.window_to)}}},
      {"source_total", numbers.source_total},
      {"received", numbers.received},
      {"applied", numbers.applied},
      {"unchanged", numbers.unchanged},
      {"skipped", std::move(skipped)},
      {"quarantined", numbers.quarantined},
      {"deferred", numbers.deferred},
      {"manual_orders_imported", numbers.manual_orders_imported},
      {"status_updates", numbers.status_updates},
      {"requests", numbers.requests},
      {"watermark",
       {{"before", instant(numbers.watermark_before)},
        {"after", instant(numbers.watermark_after)}}},
      {"warnings", std::move(warnings)},
      {"changes", std::move(planned)}});
}

}  // namespace tallyman::book
