#include "adapters/book/live_events.h"

#include <limits>

#include "adapters/book/sql/live_events.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

template <class Row>
std::vector<LiveEvent> events_in(std::vector<Row> rows) {
  std::vector<LiveEvent> events;
  events.reserve(rows.size());
  for (auto& row : rows) {
    events.push_back({.id = row.event_id,
                      .at = row.at_us,
                      .kind = std::move(row.kind),
                      .data = std::move(row.data)});
  }
  return events;
}

}  // namespace

void publish(ports::Tx& tx, std::string_view kind, std::string_view data) {
  ports::execute<sql::PublishEvent>(tx, {.now_us = tx.now(), .kind = kind, .data = data});
}

std::vector<LiveEvent> events_after(ports::Tx& tx, std::int64_t id, std::int64_t limit) {
  return events_in(ports::select<sql::EventsAfter>(tx, {.after = id, .limit = limit}));
}

std::vector<LiveEvent> events_since(ports::Tx& tx, Instant since, std::int64_t limit) {
  return events_in(ports::select<sql::EventsSince>(tx, {.since_us = since, .limit = limit}));
}

std::optional<EventMark> event_up_to(ports::Tx& tx, std::int64_t id) {
  const auto row = ports::select_one<sql::EventUpTo>(tx, {.id = id});
  if (!row) return std::nullopt;
  return EventMark{.id = row->event_id, .at = row->at_us};
}

std::optional<EventMark> newest_event(ports::Tx& tx) {
  return event_up_to(tx, std::numeric_limits<std::int64_t>::max());
}

std::int64_t forget_events(ports::Tx& tx, Instant before, std::int64_t limit) {
  return ports::execute<sql::ForgetEvents>(tx, {.before_us = before, .limit = limit});
}

}  // namespace tallyman::book
