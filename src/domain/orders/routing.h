// Where an order seen at ShipStation goes (requirements A3): one table of rules, first match wins,
// every decision with its reason. Pure: the book looks, this decides, the workflow does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/orders/cases.h"
#include "domain/orders/order_seen.h"
#include "domain/orders/sku_text.h"

namespace tallyman::orders {

// What routing needs to know of a local order.
struct LocalRef {
  LocalOrderId id;
  OrderNumber number;
  std::vector<ShipStationOrderId> linked;  // the primary (orders_inbox.shipstation_order_id) first
  std::string source_system;
  // We sent it: status uploaded, or rows in shipstation_order_line_items for this local order.
  bool uploaded_by_us = false;
  bool is_final = false;
  friend bool operator==(const LocalRef&, const LocalRef&) = default;
};

// What the book found for one OrderSeen, looked up inside the transaction that will apply it. Look
// again for every order: those accepted earlier in the same batch count as known.
struct LocalKnowledge {
  std::optional<LocalRef> by_id;      // linked to this ShipStation id
  std::optional<LocalRef> by_number;  // same number; numbers compare trimmed on both sides
  // A row of shipstation_order_line_items names this ShipStation id.
  bool of_local_origin = false;
  // Linked to the parent of this order, to a child of it, or to another child of its parent.
  std::optional<LocalRef> family;
  // Linked to a ShipStation order whose mergedIds list this one.
  std::optional<LocalRef> survivor;
  // Local orders linked to the ids in OrderSeen::merged.
  std::vector<LocalRef> absorbed;
};

struct NumberRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct RoutingRules {
  std::string manual_prefix = "10";
  std::optional<NumberRange> manual_range;  // inclusive; when set, the number must be all digits
  KnownSkus key_skus;                       // what makes a manual order ours
  KnownSkus known_skus;  // what may be split off a SKU text; a key SKU is always known
};

enum class Action {
  update,           // apply to `target`
  link_and_update,  // link this ShipStation id to `target`, then apply
  import,           // a new local order
  join_family,      // another ShipStation order of a split: link to `target`, then apply
  open_case,        // a person decides; the row is deferred. `kase` and `target` say what about
  skip,
};

// One per row of the table, in the table's order. Stored in order_events by its key.
enum class Rule {
  empty_number,
  renumbered_to_taken,
  renumbered,
  known_by_id,
  family_number_taken,
  split_family,
  number_of_our_upload,
  number_never_uploaded,
  number_taken_by_manual,
  number_taken_by_shop,
  local_origin_gone,
  merged_into_survivor,
  not_ours,
  no_key_sku,
  import_manual,
};
inline constexpr std::size_t kRules = 15;

struct Decision {
  Action action = Action::skip;
  Rule rule = Rule::not_ours;
  std::optional<LocalOrderId> target;
  std::optional<CaseKind> kase;
  std::string because;  // a sentence for a person
  friend bool operator==(const Decision&, const Decision&) = default;
};

Decision route(const OrderSeen& seen, const LocalKnowledge& known, const RoutingRules& rules);

// Facts for case_facts_hash: which orders and numbers the case is about, no dates, no statuses.
std::vector<std::string> case_facts(const Decision& decision, const OrderSeen& seen,
                                    const LocalKnowledge& known);

// Local orders whose ShipStation order this one swallowed: each is a case merged_away. Those that
// hold this order's own id are not among them (they follow by plan_change).
std::vector<LocalRef> merged_away(const OrderSeen& seen, const LocalKnowledge& known);

// Also what shipstation-upload must never take (requirements D1).
bool is_manual_number(const OrderNumber& number, const RoutingRules& rules);

std::string_view key(Rule rule);      // "import_manual"
std::string_view key(Action action);  // "import"
std::optional<Rule> rule_from_key(std::string_view text);

}  // namespace tallyman::orders
