// Look, decide and do for orders seen at ShipStation, all inside one transaction (requirements A3
// to A8, A11, A12). Every order ends in exactly one disposition; a row that the database refuses is
// isolated and quarantined, the others flow.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/orders/status.h"
#include "domain/sync/disposition.h"
#include "ports/database.h"
#include "ports/shipstation.h"
#include "workflows/shipstation_sync/settings.h"

namespace tallyman::workflows {

// Whether the order was counted before in this pass: a newer version of one that an earlier slice
// has applied is applied again but received only once.
enum class Counted { now, before };

struct OrderDocument {
  ports::Document<orders::OrderSeen> document;
  std::string content_hash;
  orders::Evidence evidence = orders::Evidence::list_row;
  Counted counted = Counted::now;
};

struct OrdersBatch {
  std::vector<OrderDocument> readable;
  std::vector<ports::Unreadable> unreadable;
  // How far a newer stamp may lie before an older one: the length of the repeated hour while the
  // window meets it, else zero.
  Micros stamps_may_go_back{0};
};

struct OrdersApplied {
  sync::Counts counts;
  std::int64_t imported = 0;
  std::int64_t updated = 0;
  std::int64_t newly_shipped = 0;
  std::int64_t reopened = 0;
  std::optional<Instant> newest_disposed;
  std::map<std::string, std::int64_t> quarantined_by_class;
  std::map<std::string, std::int64_t> warnings;  // text and how often
  // Deferred until they are read by id, and counted so in this pass.
  std::set<ShipStationOrderId> awaiting_read;
  OrdersApplied& operator+=(const OrdersApplied& other);
};

// Why a row of quarantine waits for a read by id rather than for a repair.
inline constexpr std::string_view kNeedsRead = "needs a read by id";

OrdersApplied apply_orders(ports::Tx& tx, const RunId& run, const SyncSettings& settings,
                           const OrdersBatch& batch);

}  // namespace tallyman::workflows
