// One row for every ShipStation order ever seen: what it said, what we decided and why.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/order_seen.h"
#include "ports/database.h"

namespace tallyman::book {

struct KnownRemote {
  std::optional<std::string> content_hash;
  Instant modified;
  std::string status;
  std::string disposition;
  std::string rule;
};

// One answer per id, in order; empty for an order never seen.
std::vector<std::optional<KnownRemote>> find_remote(ports::Tx& tx, AccountId account,
                                                    std::span<const ShipStationOrderId> ids);

struct RemoteDecision {
  const orders::OrderSeen* seen = nullptr;
  std::optional<std::string> content_hash;  // absent: decide again next time
  std::string_view disposition;             // applied, skipped, deferred
  std::string_view rule;
  std::string_view reason;
};
// Also notes the orders that each of these swallowed (mergedIds).
void put_remote(ports::Tx& tx, AccountId account, const RunId& run,
                std::span<const RemoteDecision> decisions);

struct Touch {
  ShipStationOrderId id;
  Instant modified;
};
// Content unchanged, modifyDate moved on.
void touch_remote(ports::Tx& tx, AccountId account, std::span<const Touch> touches);

struct RemoteOrder {
  ShipStationOrderId id;
  std::string status;
  std::string disposition;
  std::string rule;
  std::string reason;
  RunId run;
  Instant first_seen;
  Instant decided;
  Instant modified;
};
std::vector<RemoteOrder> list_remote_by_number(ports::Tx& tx, AccountId account,
                                               const OrderNumber& number);

}  // namespace tallyman::book
