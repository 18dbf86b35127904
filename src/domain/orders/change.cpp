#include "domain/orders/change.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "domain/orders/change_parts.h"

namespace tallyman::orders {
namespace {

constexpr std::array<std::string_view, kEventKinds> kEventKeys{
    "imported",   "linked",        "status_changed",   "details_changed",
    "renumbered", "items_changed", "lines_not_stored", "withheld"};

bool applies(Action action) {
  switch (action) {
    case Action::update:
    case Action::link_and_update:
    case Action::import:
    case Action::join_family: return true;
    case Action::open_case:
    case Action::skip: return false;
  }
  return false;
}

const LinkedOrder* link_of(const std::optional<LocalOrder>& local, ShipStationOrderId id) {
  if (!local) return nullptr;
  const auto found =
      std::ranges::find_if(local->links, [&](const auto& link) { return link.id == id; });
  return found == local->links.end() ? nullptr : &*found;
}

// A view older than the one last applied has nothing to say (a replay, a late answer).
bool is_late_view(const ChangeContext& context) {
  const auto* link = link_of(context.local, context.seen.id);
  return link && link->modified &&
         context.seen.modified + context.rules.stamps_may_go_back < *link->modified;
}

void add_warnings(OrderChange& change, const StatusPlan& status, const HeaderPlan& plan) {
  const auto add = [&](WarningKind kind, std::string text) {
    change.warnings.push_back({kind, std::move(text)});
  };
  if (status.own_after.known == OrderStatus::other) {
    add(WarningKind::unknown_status,
        fmt::format("ShipStation says \"{}\", a status we do not know.", status.own_after.word));
  }
  if (status.own_after.known != OrderStatus::shipped) return;
  if (!plan.header.carrier_code) {
    add(WarningKind::missing_carrier, "Shipped, but ShipStation names no carrier.");
  }
  if (!plan.header.service_code) {
    add(WarningKind::missing_service, "Shipped, but ShipStation names no service.");
  }
}

void plan_links(OrderChange& change, const ChangeContext& context) {
  if (!link_of(context.local, context.seen.id)) change.link = context.seen.id;
  if (!context.local) return;
  for (const auto& link : context.local->links) {
    if (is_swallowed(context.seen, link.id)) change.unlink.push_back(link.id);
  }
  std::ranges::sort(change.unlink);
}

OrderChange plan_applied(const ChangeContext& context, const StatusPlan& status) {
  OrderChange change;
  LinePlan lines = plan_lines(context);
  HeaderPlan header = plan_header(context, status.overall, lines.total_items);
  plan_links(change, context);

  change.warnings = lines.warnings;
  add_warnings(change, status, header);
  const bool was_shipped = status.own_before && status.own_before->known == OrderStatus::shipped;
  change.newly_shipped = status.own_after.known == OrderStatus::shipped && !was_shipped;
  change.reopened =
      status.own_before && is_final(status.own_before->known) && is_open(status.own_after.known);

  const bool header_moved = !context.local || !(header.header == context.local->header);
  const bool lines_moved = !lines.insert.empty() || !lines.update.empty() || !lines.remove.empty();
  if (header_moved || lines_moved || change.link || !change.unlink.empty() || status.own_moved()) {
    change.events = describe(context, status, header, lines);
  }
  if (header_moved) change.header = std::move(header.header);
  change.insert = std::move(lines.insert);
  change.update = std::move(lines.update);
  change.remove = std::move(lines.remove);
  return change;
}

}  // namespace

std::string_view key(EventKind kind) { return kEventKeys[static_cast<std::size_t>(kind)]; }

std::optional<EventKind> event_kind_from_key(std::string_view text) {
  const auto* const found = std::ranges::find(kEventKeys, text);
  if (found == kEventKeys.end()) return std::nullopt;
  return static_cast<EventKind>(found - kEventKeys.begin());
}

std::string_view key(WarningKind kind) {
  switch (kind) {
    case WarningKind::unknown_status: return "unknown_status";
    case WarningKind::missing_carrier: return "missing_carrier";
    case WarningKind::missing_service: return "missing_service";
    case WarningKind::raw_sku: return "raw_sku";
    case WarningKind::no_lines_seen: return "no_lines_seen";
  }
  return "";
}

bool OrderChange::empty() const {
  return !header && insert.empty() && update.empty() && remove.empty() && !link && unlink.empty() &&
         events.empty() && !needs_read_by_id;
}

OrderChange plan_change(const Decision& decision, const OrderSeen& seen,
                        const std::optional<LocalOrder>& local, const ApplyRules& rules,
                        Evidence evidence) {
  if (!applies(decision.action)) return {};
  check((decision.action == Action::import) == !local, "an import has no local order, others do");
  check(!local || (local->header.id.has_value() && local->header.id == decision.target),
        "the local order is the decision's target");

  const ChangeContext context{decision, seen, local, rules, evidence};
  if (is_late_view(context)) return {};
  const StatusPlan status = plan_status(context);
  if (!status.withheld) return plan_applied(context, status);

  OrderChange change;
  change.needs_read_by_id = true;
  change.events.push_back(describe_withheld(context, status));
  return change;
}

LocalOrder applied(const OrderChange& change, const OrderSeen& seen,
                   const std::optional<LocalOrder>& local) {
  LocalOrder after = local.value_or(LocalOrder{});
  if (change.needs_read_by_id) return after;
  if (change.header) after.header = *change.header;
  std::erase_if(after.lines, [&](const LocalLine& line) {
    return line.row && std::ranges::find(change.remove, *line.row) != change.remove.end();
  });
  for (const auto& now : change.update) {
    for (auto& line : after.lines) {
      if (line.row == now.row) line = now;
    }
  }
  after.lines.insert(after.lines.end(), change.insert.begin(), change.insert.end());
  std::erase_if(after.links, [&](const LinkedOrder& link) {
    return std::ranges::find(change.unlink, link.id) != change.unlink.end();
  });
  if (change.link) after.links.push_back({*change.link, {}, std::nullopt});
  for (auto& link : after.links) {
    if (link.id != seen.id || (link.modified && *link.modified > seen.modified)) continue;
    link.status = status_at_shipstation(seen.status);
    link.modified = seen.modified;
  }
  return after;
}

}  // namespace tallyman::orders
