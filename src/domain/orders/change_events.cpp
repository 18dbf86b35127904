// The timeline's words for a change: one event per kind of thing that happened.
#include <algorithm>

#include <fmt/format.h>

#include "domain/orders/change_parts.h"

namespace tallyman::orders {
namespace {

std::string title_of(const Status& status) {
  switch (status.known) {
    case OrderStatus::awaiting_payment: return "Awaiting payment at ShipStation";
    case OrderStatus::awaiting_shipment: return "Awaiting shipment at ShipStation";
    case OrderStatus::pending_fulfillment: return "With a fulfilment provider";
    case OrderStatus::shipped: return "Shipped at ShipStation";
    case OrderStatus::on_hold: return "Put on hold at ShipStation";
    case OrderStatus::cancelled: return "Cancelled at ShipStation";
    case OrderStatus::rejected_fulfillment: return "Rejected by the fulfilment provider";
    case OrderStatus::pending:
    case OrderStatus::uploaded:
    case OrderStatus::failed:
    case OrderStatus::other: break;
  }
  return fmt::format("Status \"{}\" at ShipStation", status.word);
}

std::string_view proof(Evidence evidence) {
  switch (evidence) {
    case Evidence::list_row: return "A list row said so.";
    case Evidence::read_by_id: return "Read by its id, ShipStation says so.";
    case Evidence::void_seen: return "Its label was voided.";
  }
  return "";
}

bool first_sight(Action action) {
  switch (action) {
    case Action::import:
    case Action::link_and_update:
    case Action::join_family: return true;
    case Action::update:
    case Action::open_case:
    case Action::skip: return false;
  }
  return false;
}

std::string count_of_lines(const ChangeContext& context, const LinePlan& lines) {
  const auto stored = context.seen.lines.size() - lines.not_stored.size();
  if (stored == 0) return "It arrived with 0 items.";
  return fmt::format("It arrived with {} unit{} in {} line{}.", lines.total_items,
                     lines.total_items == 1 ? "" : "s", stored, stored == 1 ? "" : "s");
}

std::vector<FieldChange> only(const std::vector<FieldChange>& changes, std::string_view field) {
  std::vector<FieldChange> found;
  std::ranges::copy_if(changes, std::back_inserter(found),
                       [&](const FieldChange& change) { return change.field == field; });
  return found;
}

// What no other event names. The total belongs to the event of the lines when there is one.
std::vector<FieldChange> details(const HeaderPlan& header, const LinePlan& lines) {
  std::vector<FieldChange> found;
  std::ranges::copy_if(header.changes, std::back_inserter(found), [&](const FieldChange& change) {
    return change.field != "status" && change.field != "order_number" &&
           (change.field != "total_items" || lines.changes.empty());
  });
  return found;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

OrderEvent arrival(const ChangeContext& context, const LinePlan& lines) {
  OrderEvent event;
  event.rule = context.decision.rule;
  if (context.decision.action == Action::import) {
    event.kind = EventKind::imported;
    event.title = "Imported from ShipStation";
    event.detail = context.decision.because + " " + count_of_lines(context, lines);
  } else {
    event.kind = EventKind::linked;
    event.title = fmt::format("Linked to ShipStation order {}", context.seen.id.value);
    event.detail = context.decision.because;
  }
  return event;
}

// Zero lines before, some now: the ghost is repaired.
std::string items_detail(const ChangeContext& context, const LinePlan& lines) {
  if (!context.local || !context.local->lines.empty() || lines.insert.empty()) return "";
  std::string text = "It had no items;";
  for (const auto& line : lines.insert) {
    text += fmt::format("{} {} x {}", text.ends_with(';') ? "" : ",", line.quantity,
                        line.sku_lot.value_or(line.sku.value));
  }
  return text + " came with this reading.";
}

}  // namespace

std::vector<OrderEvent> describe(const ChangeContext& context, const StatusPlan& status,
                                 const HeaderPlan& header, const LinePlan& lines) {
  std::vector<OrderEvent> events;
  const auto add = [&](EventKind kind, std::string title, std::string detail,
                       std::vector<FieldChange> changes) {
    events.push_back(
        {kind, std::move(title), std::move(detail), context.decision.rule, std::move(changes)});
  };
  const bool first = first_sight(context.decision.action);
  if (first) events.push_back(arrival(context, lines));

  if (auto changes = only(header.changes, "order_number"); !changes.empty()) {
    add(EventKind::renumbered, fmt::format("Renumbered to {}", header.header.number.value),
        context.decision.because, std::move(changes));
  }
  auto status_changes = only(header.changes, "status");
  if (!status_changes.empty() || status.own_moved()) {
    const bool again = status.own_moved() && is_final(status.own_before->known);
    add(EventKind::status_changed, title_of(status.own_after),
        again ? std::string(proof(context.evidence)) : "", std::move(status_changes));
  }
  if (auto changes = details(header, lines); !changes.empty()) {
    add(EventKind::details_changed, "Details changed at ShipStation", "", std::move(changes));
  }
  if (!lines.changes.empty() && context.local) {
    auto changes = lines.changes;
    const auto total = only(header.changes, "total_items");
    changes.insert(changes.end(), total.begin(), total.end());
    add(EventKind::items_changed, "Items changed", items_detail(context, lines),
        std::move(changes));
  }
  if (!lines.not_stored.empty() && (first || !lines.changes.empty())) {
    add(EventKind::lines_not_stored, "Lines that do not ship", joined(lines.not_stored), {});
  }
  return events;
}

OrderEvent describe_withheld(const ChangeContext& context, const StatusPlan& status) {
  return {.kind = EventKind::withheld,
          .title = "Open again? Reading it by its id first",
          .detail = fmt::format("A list says {}, our row says {}; a list may be late.",
                                status.own_after.word, status.own_before->word),
          .rule = context.decision.rule,
          .changes = {{"status", status.own_before->word, status.own_after.word}}};
}

}  // namespace tallyman::orders
