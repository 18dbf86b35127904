#include "adapters/book/events.h"

#include "adapters/book/json_text.h"
#include "adapters/book/sql/events.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

std::string_view word(EventSource source) {
  switch (source) {
    case EventSource::shipstation: return "shipstation";
    case EventSource::tallyman: return "tallyman";
    case EventSource::person: return "person";
  }
  return "?";
}

std::string_view word(Tone tone) {
  switch (tone) {
    case Tone::ours: return "ours";
    case Tone::elsewhere: return "elsewhere";
    case Tone::problem: return "problem";
  }
  return "?";
}

}  // namespace

void add_events(ports::Tx& tx, AccountId account, const RunId& run,
                std::span<const NewEvent> events) {
  std::vector<std::string> changes;
  changes.reserve(events.size());
  for (const auto& event : events) {
    changes.push_back(event.changes.empty() ? std::string{} : to_json(event.changes));
  }
  std::vector<sql::InsertEvent::Params> rows;
  rows.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const NewEvent& event = events[i];
    sql::InsertEvent::Params row{};
    row.account_id = account.value;
    if (event.order) row.order_inbox_id = event.order->value;
    if (event.remote) row.shipstation_order_id = event.remote->value;
    row.order_number = event.number.value;
    row.at_us = tx.now();
    row.kind = event.kind;
    row.title = event.title;
    row.detail = event.detail;
    row.source = word(event.source);
    row.tone = word(event.tone);
    if (!event.rule.empty()) row.rule = event.rule;
    row.run_id = run.value;
    if (!changes[i].empty()) row.changes = changes[i];
    rows.push_back(row);
  }
  ports::execute_each<sql::InsertEvent>(tx, rows);
}

std::vector<StoredEvent> list_events(ports::Tx& tx, LocalOrderId order) {
  std::vector<StoredEvent> events;
  for (auto& row : ports::select<sql::ListEvents>(tx, {.order_inbox_id = order.value})) {
    StoredEvent event;
    event.id = row.event_id;
    if (row.shipstation_order_id) event.remote = ShipStationOrderId{*row.shipstation_order_id};
    event.at = row.at_us;
    event.kind = std::move(row.kind);
    event.title = std::move(row.title);
    event.detail = std::move(row.detail);
    event.source = std::move(row.source);
    event.tone = std::move(row.tone);
    event.rule = std::move(row.rule);
    event.run = std::move(row.run_id);
    event.by = std::move(row.by_whom);
    if (row.changes) event.changes = changes_from_json(*row.changes);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace tallyman::book
