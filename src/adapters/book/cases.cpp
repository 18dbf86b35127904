#include "adapters/book/cases.h"

#include "adapters/book/sql/cases.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

std::string items_text(const orders::OrderSeen& seen) {
  std::string text;
  for (const auto& line : seen.lines) {
    if (!text.empty()) text += ", ";
    text += std::to_string(line.quantity) + " x " + line.sku_text.value_or("(no SKU)");
  }
  return text;
}

std::string items_text(const orders::LocalOrder& order) {
  std::string text;
  for (const auto& line : order.lines) {
    if (!text.empty()) text += ", ";
    text += std::to_string(line.quantity) + " x " + line.sku_lot.value_or(line.sku.value);
  }
  return text;
}

}  // namespace

bool put_case(ports::Tx& tx, AccountId account, const RunId& run, const NewCase& row) {
  const auto kind = orders::words(row.kind).key;
  if (ports::select_one<sql::FindDecidedCase>(tx, {.account_id = account.value,
                                                   .kind = kind,
                                                   .shipstation_order_id = row.remote.value,
                                                   .fact_hash = row.fact_hash})) {
    return false;
  }
  sql::PutCase::Params params{};
  params.account_id = account.value;
  params.kind = kind;
  params.order_number = row.number.value;
  if (row.order) params.order_inbox_id = row.order->value;
  params.shipstation_order_id = row.remote.value;
  params.fact_hash = row.fact_hash;
  params.evidence = row.evidence;
  params.run_id = run.value;
  params.now_us = tx.now();
  ports::execute<sql::PutCase>(tx, params);
  return true;
}

void put_number_conflict(ports::Tx& tx, AccountId account, const orders::OrderSeen& duplicate,
                         const orders::LocalOrder& original) {
  const std::string remote = std::to_string(duplicate.id.value);
  const std::string original_items = items_text(original);
  const std::string duplicate_items = items_text(duplicate);
  const auto& theirs = duplicate.ship_to.reveal();
  const auto& ours = original.header.ship_to.reveal();
  sql::PutNumberConflict::Params params{};
  params.account_id = account.value;
  params.conflicting_order_number = duplicate.number.value;
  params.shipstation_order_id = remote;
  if (theirs.name) params.customer_name = *theirs.name;
  params.original_ship_date = original.header.ship_date;
  if (ours.company) params.original_company = *ours.company;
  params.original_items = original_items;
  if (theirs.company) params.duplicate_company = *theirs.company;
  params.duplicate_items = duplicate_items;
  params.now = tx.now();
  ports::execute<sql::PutNumberConflict>(tx, params);
}

std::vector<Case> list_cases(ports::Tx& tx, AccountId account, const OrderNumber& number) {
  std::vector<Case> all;
  for (auto& row : ports::select<sql::ListCasesOfOrder>(
           tx, {.account_id = account.value, .order_number = number.value})) {
    all.push_back({.row = row.id,
                   .kind = std::move(row.kind),
                   .remote = row.shipstation_order_id
                                 ? std::optional(ShipStationOrderId{*row.shipstation_order_id})
                                 : std::nullopt,
                   .evidence = std::move(row.evidence),
                   .state = std::move(row.state),
                   .opened = row.opened_us});
  }
  return all;
}

}  // namespace tallyman::book
