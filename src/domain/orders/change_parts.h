// The pieces of plan_change (change.h), private to this room: status, header, lines, events. Each
// is a pure function of the same context.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/orders/change.h"

namespace tallyman::orders {

struct ChangeContext {
  const Decision& decision;
  const OrderSeen& seen;
  const std::optional<LocalOrder>& local;
  const ApplyRules& rules;
  Evidence evidence;
};

// The ShipStation orders of the local order once this view is applied, this one included; those it
// swallowed are gone.
std::vector<LinkedOrder> parts_after(const ChangeContext& context);
bool is_swallowed(const OrderSeen& seen, ShipStationOrderId id);
// Whether number, address, email and amount of the local order follow this ShipStation order.
bool is_primary(const ChangeContext& context);

struct StatusPlan {
  std::optional<Status> own_before;  // of this ShipStation order; absent on first sight
  Status own_after;
  Status overall;         // of the local order
  bool withheld = false;  // the move needs evidence that is not there
  bool own_moved() const { return own_before && !(*own_before == own_after); }
};
StatusPlan plan_status(const ChangeContext& context);

struct LinePlan {
  std::vector<LocalLine> insert;
  std::vector<LocalLine> update;
  std::vector<std::int64_t> remove;
  std::vector<FieldChange> changes;
  std::vector<std::string> not_stored;  // "Discount: an adjustment …"
  std::vector<Warning> warnings;
  std::int64_t total_items = 0;  // of all lines of the local order afterwards
};
LinePlan plan_lines(const ChangeContext& context);

struct HeaderPlan {
  OrderHeader header;
  std::vector<FieldChange> changes;
};
HeaderPlan plan_header(const ChangeContext& context, const Status& overall,
                       std::int64_t total_items);

std::vector<OrderEvent> describe(const ChangeContext& context, const StatusPlan& status,
                                 const HeaderPlan& header, const LinePlan& lines);
OrderEvent describe_withheld(const ChangeContext& context, const StatusPlan& status);

}  // namespace tallyman::orders
