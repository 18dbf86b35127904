// What becomes of an order of the shop's file (requirements C): pure, with its reason. The shop's
// word counts until somebody takes the order further: what is uploaded, shipped or cancelled is
// never rewritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/base/time.h"
#include "domain/imports/bundles.h"
#include "domain/imports/shop_order.h"
#include "domain/orders/change.h"
#include "domain/orders/local_order.h"
#include "domain/orders/sku_text.h"
#include "domain/orders/status.h"

namespace tallyman::imports {

struct ImportRules {
  orders::KnownSkus key_skus;
  Bundles bundles;
  Day today;                       // in the warehouse's zone
  std::int64_t archive_days = 60;  // an unknown order older than this is not taken in
  std::int64_t kept_apart = 0;     // decisions of people that let an order in
};

// Tells whether a file has to be read again although its bytes are the same. Without `today`.
std::string rules_hash(const ImportRules& rules);

struct KeptLine {
  Sku sku;
  std::int64_t quantity = 0;
  friend bool operator==(const KeptLine&, const KeptLine&) = default;
};
struct DroppedLine {
  Place place;
  Sku sku;
  std::int64_t quantity = 0;
  std::string reason;
  friend bool operator==(const DroppedLine&, const DroppedLine&) = default;
};
struct PlannedLines {
  std::vector<KeptLine> kept;  // each SKU once, in the order in which it came up
  std::vector<DroppedLine> dropped;
};
// Bundles taken apart, equal SKUs merged, what is no key SKU dropped. A Problem: a bundle is wrong.
Result<PlannedLines> plan_lines(const ShopOrder& order, const orders::KnownSkus& key_skus,
                                Expander& expander);

// A ShipStation order with the same number that no local order is linked to.
struct StrangerSeen {
  ShipStationOrderId id;
  orders::Status status;
};

// What the book knows of the order's number.
struct Known {
  std::optional<orders::LocalOrder> order{};
  bool has_upload_evidence = false;        // shipstation_order_line_items
  std::optional<Day> shipped{};            // in history, whether or not the order is there
  std::optional<std::string> shop_hash{};  // what the shop said last
  bool was_taken = true;                   // …and that stands in the book
  std::vector<StrangerSeen> strangers{};   // open ones first
  bool kept_apart = false;                 // a person decided that the strangers are other orders
};

enum class Action {
  insert,
  update,
  unchanged,
  skip,       // not taken in
  not_taken,  // known, and it stays as it is although the shop says something new
  defer,      // a person decides: a case
};
std::string_view word(Action action);

struct Decision {
  Action action = Action::unchanged;
  std::string reason;     // in words; of a skip without numbers, so that equal ones count together
  std::string shop_hash;  // what the shop says now
  orders::OrderHeader header;  // of insert and update: all values of the row
  std::vector<orders::LocalLine> insert;
  std::vector<orders::LocalLine> update;
  std::vector<std::int64_t> remove;          // order_items_inbox.id
  std::vector<orders::FieldChange> changes;  // of an update
  std::optional<StrangerSeen> stranger;      // of defer
};
Decision decide(const ShopOrder& order, const PlannedLines& lines, const Known& known,
                const ImportRules& rules);

}  // namespace tallyman::imports
