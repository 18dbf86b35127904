// Counts for Today and the daily snapshot, and the snapshots themselves (system_kpis).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/unit_gap.h"
#include "ports/database.h"

namespace tallyman::book {

struct Shipped {
  std::int64_t orders = 0;
  std::int64_t units = 0;
  std::int64_t provisional = 0;  // of the orders: known from the order alone
};
Shipped shipped_between(ports::Tx& tx, AccountId account, Day first, Day last);

// [from, to)
std::int64_t orders_come_in(ports::Tx& tx, AccountId account, Instant from, Instant to);

struct RunCount {
  std::int64_t ok = 0;  // or partial
  std::int64_t failed = 0;
  std::int64_t requests = 0;
};
RunCount count_runs(ports::Tx& tx, AccountId account, Instant from, Instant to);

std::int64_t count_open_cases(ports::Tx& tx, AccountId account);

struct AwaitingThere {
  std::int64_t orders = 0;
  std::int64_t units = 0;
};
// ShipStation's side: every order that awaits shipment there, ours or not.
AwaitingThere awaiting_at_shipstation(ports::Tx& tx, AccountId account);

// Their units add up to ShipStation's minus ours.
std::vector<orders::Gap> unit_gaps(ports::Tx& tx, AccountId account);

std::vector<AccountId> list_accounts(ports::Tx& tx);

struct Kpis {
  Day day{};
  std::int64_t orders_today = 0;    // came into the book
  std::int64_t shipments_sent = 0;  // orders with this ship date
  std::int64_t pending_uploads = 0;
  std::string system_status;  // online, degraded, offline
  std::int64_t orders_awaiting = 0;
  std::int64_t units_to_ship = 0;
  std::int64_t units_shipped = 0;
  std::int64_t orders_on_hold = 0;
  std::int64_t quarantined = 0;
  std::int64_t open_cases = 0;
  std::int64_t runs_ok = 0;
  std::int64_t runs_failed = 0;
  std::int64_t requests = 0;
  std::optional<Instant> as_of{};  // absent in rows of other programs
  bool proven = false;
  std::string proof;
  std::optional<RunId> run{};
};
// One row per account and day; the same day again replaces it.
void put_kpis(ports::Tx& tx, AccountId account, const Kpis& kpis);
// Newest first, from that day on.
std::vector<Kpis> list_kpis(ports::Tx& tx, AccountId account, Day first, std::int64_t limit);

}  // namespace tallyman::book
