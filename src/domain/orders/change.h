// What an order seen at ShipStation changes in the order book: a plan as plain data, executed by
// adapters/book, shown by dry runs and parity. Applying it and planning again gives an empty plan.
//
// Who may say what (requirements A3–A6, A12):
// - A value ShipStation leaves out never erases one we know (carrier, service, email, amount,
//   price, name). Tracking and source_system are never touched.
// - An address with a street replaces ours as a whole; one without a street only where ours has
//   none; an empty one never.
// - In a split family number, address, email and amount follow the primary ShipStation order; the
//   status is that of the family; lines belong to the ShipStation order that showed them.
// - A final order opens again only with evidence; without it the whole view is withheld and
//   needs_read_by_id is set: do not record its content hash, it is not applied.
// - An order shown without any line keeps the lines we have; one line missing among others is gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/zone.h"
#include "domain/orders/local_order.h"
#include "domain/orders/order_seen.h"
#include "domain/orders/routing.h"

namespace tallyman::orders {

struct ApplyRules {
  KnownSkus known_skus;  // key SKUs included
  Zone zone;             // ShipStation's: the order date of an import without one is its create day
  // How far a newer stamp may lie before an older one: 1 h while the window meets the repeated
  // hour of a fall-back night (Zone::repeated_hour), else zero.
  Micros stamps_may_go_back{0};
};

// Personal values (email, addresses) are named but not shown: before and after are absent. For a
// line that came, before is absent; for one that went, after is.
struct FieldChange {
  std::string field;  // column name, or "line 17612 quantity" style for lines
  std::optional<std::string> before;
  std::optional<std::string> after;
  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

enum class EventKind {
  imported,
  linked,
  status_changed,
  details_changed,
  renumbered,
  items_changed,
  lines_not_stored,
  withheld,  // open again by a list row alone: a read by id follows
};
inline constexpr std::size_t kEventKinds = 8;
std::string_view key(EventKind kind);  // "status_changed": stored in order_events
std::optional<EventKind> event_kind_from_key(std::string_view text);

struct OrderEvent {
  EventKind kind = EventKind::details_changed;
  std::string title;   // "Shipped at ShipStation"
  std::string detail;  // why, in a sentence; may be empty
  Rule rule = Rule::known_by_id;
  std::vector<FieldChange> changes;
  friend bool operator==(const OrderEvent&, const OrderEvent&) = default;
};

enum class WarningKind { unknown_status, missing_carrier, missing_service, raw_sku, no_lines_seen };
std::string_view key(WarningKind kind);

struct Warning {
  WarningKind kind = WarningKind::unknown_status;
  std::string text;  // for a person and for the log: no personal data
  friend bool operator==(const Warning&, const Warning&) = default;
};

struct OrderChange {
  std::optional<OrderHeader> header;       // all values of the row: insert when header.id is absent
  std::vector<LocalLine> insert;           // row absent
  std::vector<LocalLine> update;           // row set, all values new
  std::vector<std::int64_t> remove;        // order_items_inbox.id
  std::optional<ShipStationOrderId> link;  // to add to order_links
  std::vector<ShipStationOrderId> unlink;  // swallowed by this one: out of order_links
  std::vector<OrderEvent> events;
  std::vector<Warning> warnings;
  bool needs_read_by_id = false;
  bool newly_shipped = false;  // the order, or its part in a split: read shipments and fulfilments
  bool reopened = false;       // final before, open now: the same

  // Nothing to write. Warnings do not count: they describe the view, changed or not. A withheld
  // view is not empty, it has an event and a read to come.
  bool empty() const;
  friend bool operator==(const OrderChange&, const OrderChange&) = default;
};

// `local` is the order Decision::target names; absent for import. For open_case and skip the plan
// is empty: what they leave behind is the decision itself. Events of equal decisions repeat only
// when something changed.
OrderChange plan_change(const Decision& decision, const OrderSeen& seen,
                        const std::optional<LocalOrder>& local, const ApplyRules& rules,
                        Evidence evidence);

// What the book holds after the plan: rows of new lines and of a new order stay absent. For tests,
// previews and shadow runs.
LocalOrder applied(const OrderChange& change, const OrderSeen& seen,
                   const std::optional<LocalOrder>& local);

}  // namespace tallyman::orders
