// Cases: what only a person can decide, with evidence and memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/cases.h"
#include "domain/orders/local_order.h"
#include "domain/orders/order_seen.h"
#include "ports/database.h"

namespace tallyman::book {

struct NewCase {
  orders::CaseKind kind{};
  OrderNumber number;
  std::optional<LocalOrderId> order;
  ShipStationOrderId remote;
  std::string fact_hash;
  std::string evidence;  // sentences, without personal data
};
// Opens the case, or updates the open one when its facts changed. A case that a person decided on
// these very facts stays decided: false.
bool put_case(ports::Tx& tx, AccountId account, const RunId& run, const NewCase& row);

// The row of manual_order_conflicts that users know, once per ShipStation order.
void put_number_conflict(ports::Tx& tx, AccountId account, const orders::OrderSeen& duplicate,
                         const orders::LocalOrder& original);

struct Case {
  std::int64_t row = 0;
  std::string kind;
  std::optional<ShipStationOrderId> remote;
  std::string evidence;
  std::string state;
  Instant opened;
};
std::vector<Case> list_cases(ports::Tx& tx, AccountId account, const OrderNumber& number);

}  // namespace tallyman::book
