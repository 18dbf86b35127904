#include "adapters/book/numbers.h"

#include "adapters/book/sql/numbers.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr std::int64_t kAccounts = 10'000;
}

Shipped shipped_between(ports::Tx& tx, AccountId account, Day first, Day last) {
  const auto orders = ports::select_one<sql::CountShippedOrders>(
      tx, {.account_id = account.value, .first_day = first, .last_day = last});
  const auto units = ports::select_one<sql::SumShippedUnits>(
      tx, {.account_id = account.value, .first_day = first, .last_day = last});
  return {.orders = orders->orders, .units = units->units, .provisional = orders->provisional};
}

std::int64_t orders_come_in(ports::Tx& tx, AccountId account, Instant from, Instant to) {
  return ports::select_one<sql::CountOrdersComeIn>(
             tx, {.account_id = account.value, .from_at = from, .to_at = to})
      ->orders;
}

RunCount count_runs(ports::Tx& tx, AccountId account, Instant from, Instant to) {
  const auto row = ports::select_one<sql::CountRuns>(
      tx, {.account_id = account.value, .from_us = from, .to_us = to});
  return {.ok = row->ok, .failed = row->failed, .requests = row->requests};
}

std::int64_t count_open_cases(ports::Tx& tx, AccountId account) {
  return ports::select_one<sql::CountOpenCases>(tx, {.account_id = account.value})->cases;
}

AwaitingThere awaiting_at_shipstation(ports::Tx& tx, AccountId account) {
  const auto row =
      ports::select_one<sql::SumAwaitingAtShipstation>(tx, {.account_id = account.value});
  return {.orders = row->orders, .units = row->units};
}

std::vector<orders::Gap> unit_gaps(ports::Tx& tx, AccountId account) {
  std::vector<orders::Gap> gaps;
  for (const auto& row : ports::select<sql::ListLocalUnitGaps>(tx, {.account_id = account.value})) {
    gaps.push_back(
        {.cause = orders::cause_of(orders::LocalUnits{.status = row.status,
                                                      .units = row.units,
                                                      .lines = row.lines,
                                                      .awaiting_units = row.awaiting_units,
                                                      .awaiting = row.awaiting,
                                                      .parts = row.parts,
                                                      .uncounted = row.uncounted}),
         .orders = 1,
         .units = row.awaiting_units - row.units});
  }
  for (const auto& row :
       ports::select<sql::ListRemoteUnitGaps>(tx, {.account_id = account.value})) {
    gaps.push_back({.cause = orders::cause_of(orders::RemoteUnits{.disposition = row.disposition,
                                                                  .known_here = row.here > 0,
                                                                  .uncounted = row.uncounted > 0}),
                    .orders = row.orders,
                    .units = row.units});
  }
  return orders::summed(gaps);
}

std::vector<AccountId> list_accounts(ports::Tx& tx) {
  std::vector<AccountId> all;
  for (const auto& row : ports::select<sql::ListAccounts>(tx, {.limit = kAccounts})) {
    all.push_back(AccountId{row.account_id});
  }
  return all;
}

void put_kpis(ports::Tx& tx, AccountId account, const Kpis& kpis) {
  ports::execute<sql::PutKpis>(tx, {.account_id = account.value,
                                    .snapshot_date = kpis.day,
                                    .orders_today = kpis.orders_today,
                                    .shipments_sent = kpis.shipments_sent,
                                    .pending_uploads = kpis.pending_uploads,
                                    .system_status = kpis.system_status,
                                    .orders_awaiting = kpis.orders_awaiting,
                                    .units_to_ship = kpis.units_to_ship,
                                    .units_shipped = kpis.units_shipped,
                                    .orders_on_hold = kpis.orders_on_hold,
                                    .quarantined = kpis.quarantined,
                                    .open_cases = kpis.open_cases,
                                    .runs_ok = kpis.runs_ok,
                                    .runs_failed = kpis.runs_failed,
                                    .requests = kpis.requests,
                                    .as_of_us = kpis.as_of.value_or(tx.now()),
                                    .proven = kpis.proven,
                                    .proof = kpis.proof,
                                    .run_id = kpis.run.value_or(RunId{}).value});
}

std::vector<Kpis> list_kpis(ports::Tx& tx, AccountId account, Day first, std::int64_t limit) {
  std::vector<Kpis> all;
  for (auto& row : ports::select<sql::ListKpis>(
           tx, {.account_id = account.value, .first_day = first, .limit = limit})) {
    Kpis kpis{.day = row.snapshot_date,
              .orders_today = row.orders_today,
              .shipments_sent = row.shipments_sent,
              .pending_uploads = row.pending_uploads,
              .system_status = std::move(row.system_status),
              .orders_awaiting = row.orders_awaiting,
              .units_to_ship = row.units_to_ship,
              .units_shipped = row.units_shipped,
              .orders_on_hold = row.orders_on_hold,
              .quarantined = row.quarantined,
              .open_cases = row.open_cases,
              .runs_ok = row.runs_ok,
              .runs_failed = row.runs_failed,
              .requests = row.requests,
              .as_of = row.as_of_us,
              .proven = row.proven,
              .proof = std::move(row.proof),
              .run = std::nullopt};
    if (row.run_id) kpis.run = RunId{std::move(*row.run_id)};
    all.push_back(std::move(kpis));
  }
  return all;
}

}  // namespace tallyman::book
