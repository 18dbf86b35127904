// Executes planned changes of orders in bulk: one statement kind after the other.
#include "adapters/book/events.h"
#include "adapters/book/order_rows.h"
#include "adapters/book/orders.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

void write_headers(ports::Tx& tx, AccountId account, std::span<OrderWrite> writes) {
  std::vector<HeaderTexts> texts(writes.size());
  std::vector<sql::InsertOrder::Params> inserts;
  std::vector<std::size_t> inserted;
  std::vector<sql::UpdateOrder::Params> updates;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto& header = writes[i].change->header;
    writes[i].order = writes[i].decision->target;
    if (!header) continue;
    if (header->id) {
      updates.push_back(update_params(*header, tx.now(), texts[i]));
    } else {
      inserts.push_back(insert_params(*header, account, tx.now(), texts[i]));
      inserted.push_back(i);
    }
  }
  ports::execute_each<sql::UpdateOrder>(tx, updates);
  ports::select_each<sql::InsertOrder>(tx, inserts, [&](std::size_t i, const auto& row) {
    writes[inserted[i]].order = LocalOrderId{row.id};
  });
}

void write_lines(ports::Tx& tx, std::span<const OrderWrite> writes) {
  std::vector<sql::DeleteItem::Params> removals;
  std::vector<sql::UpdateItem::Params> updates;
  std::vector<sql::InsertItem::Params> inserts;
  for (const auto& write : writes) {
    for (const auto row : write.change->remove) removals.push_back({.id = row});
    for (const auto& line : write.change->update) updates.push_back(update_params(line));
    for (const auto& line : write.change->insert) {
      check(write.order.has_value(), "a line belongs to an order");
      inserts.push_back(insert_params(line, *write.order));
    }
  }
  ports::execute_each<sql::DeleteItem>(tx, removals);
  ports::execute_each<sql::UpdateItem>(tx, updates);
  ports::execute_each<sql::InsertItem>(tx, inserts);
}

void write_links(ports::Tx& tx, AccountId account, const RunId& run,
                 std::span<const OrderWrite> writes) {
  std::vector<sql::DropLink::Params> drops;
  std::vector<sql::PutLink::Params> links;
  for (const auto& write : writes) {
    for (const auto gone : write.change->unlink) {
      drops.push_back({.account_id = account.value,
                       .shipstation_order_id = gone.value,
                       .order_inbox_id = write.order->value});
    }
    if (!write.change->link) continue;
    const bool split = write.decision->action == orders::Action::join_family;
    links.push_back({.account_id = account.value,
                     .shipstation_order_id = write.change->link->value,
                     .order_inbox_id = write.order->value,
                     .role = split ? "split" : "primary",
                     .rule = orders::key(write.decision->rule),
                     .run_id = run.value,
                     .now_us = tx.now()});
  }
  ports::execute_each<sql::DropLink>(tx, drops);
  ports::execute_each<sql::PutLink>(tx, links);
}

Tone tone_of(const orders::OrderEvent& event) {
  switch (event.kind) {
    case orders::EventKind::imported:
    case orders::EventKind::linked: return Tone::ours;
    case orders::EventKind::lines_not_stored:
    case orders::EventKind::withheld: return Tone::problem;
    case orders::EventKind::status_changed:
    case orders::EventKind::details_changed:
    case orders::EventKind::renumbered:
    case orders::EventKind::items_changed: return Tone::elsewhere;
  }
  return Tone::elsewhere;
}

void write_events(ports::Tx& tx, AccountId account, const RunId& run,
                  std::span<const OrderWrite> writes) {
  std::vector<NewEvent> events;
  for (const auto& write : writes) {
    for (const auto& event : write.change->events) {
      const Tone tone = tone_of(event);
      events.push_back(
          {.order = write.order,
           .remote = write.seen->id,
           .number = write.seen->number,
           .kind = std::string(orders::key(event.kind)),
           .title = event.title,
           .detail = event.detail,
           .source = tone == Tone::elsewhere ? EventSource::shipstation : EventSource::tallyman,
           .tone = tone,
           .rule = std::string(orders::key(event.rule)),
           .changes = event.changes});
    }
  }
  add_events(tx, account, run, events);
}

}  // namespace

void write_changes(ports::Tx& tx, AccountId account, const RunId& run,
                   std::span<OrderWrite> writes) {
  write_headers(tx, account, writes);
  write_lines(tx, writes);
  write_links(tx, account, run, writes);
  write_events(tx, account, run, writes);
}

}  // namespace tallyman::book
