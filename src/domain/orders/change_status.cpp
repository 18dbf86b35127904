// Which status the order comes to say, part by part of a split.
#include <algorithm>

#include "domain/orders/change_parts.h"

namespace tallyman::orders {
namespace {

// What the book says of a part. With one part that is the order's own row, which scripts and people
// may have set; what was last seen of a part counts only where several share the row.
std::optional<Status> status_before(const ChangeContext& context) {
  if (!context.local) return std::nullopt;
  const auto& header = context.local->header;
  switch (context.decision.action) {
    case Action::link_and_update: return header.status;
    case Action::join_family:
    case Action::import: return std::nullopt;
    case Action::update:
    case Action::open_case:
    case Action::skip: break;
  }
  if (context.local->links.size() <= 1) return header.status;
  for (const auto& link : context.local->links) {
    if (link.id == context.seen.id) return link.status.word.empty() ? header.status : link.status;
  }
  return header.status;
}

}  // namespace

bool is_swallowed(const OrderSeen& seen, ShipStationOrderId id) {
  return id != seen.id && std::ranges::find(seen.merged, id) != seen.merged.end();
}

std::vector<LinkedOrder> parts_after(const ChangeContext& context) {
  std::vector<LinkedOrder> parts;
  if (context.local) parts = context.local->links;
  std::erase_if(parts, [&](const LinkedOrder& part) {
    return part.id == context.seen.id || is_swallowed(context.seen, part.id);
  });
  parts.push_back(
      {context.seen.id, status_at_shipstation(context.seen.status), context.seen.modified});
  return parts;
}

bool is_primary(const ChangeContext& context) {
  if (!context.local) return true;
  const auto& primary = context.local->header.shipstation_order;
  return !primary || *primary == context.seen.id || is_swallowed(context.seen, *primary);
}

StatusPlan plan_status(const ChangeContext& context) {
  StatusPlan plan;
  plan.own_before = status_before(context);
  plan.own_after = status_at_shipstation(context.seen.status);
  plan.withheld =
      plan.own_before && !allowed(plan.own_before->known, plan.own_after.known, context.evidence);
  std::vector<Status> members;
  for (const auto& part : parts_after(context)) {
    const bool unseen = part.status.word.empty() && context.local;
    members.push_back(unseen ? context.local->header.status : part.status);
  }
  plan.overall = family_status(members);
  return plan;
}

}  // namespace tallyman::orders
