#include "adapters/book/archive.h"

#include "adapters/book/sql/archive.h"
#include "ports/statements.h"

namespace tallyman::book {

std::vector<OldOrderRow> list_old_orders(ports::Tx& tx, AccountId account, Day before,
                                         LocalOrderId after, std::int64_t limit) {
  std::vector<OldOrderRow> all;
  for (auto& row : ports::select<sql::ListOldOrders>(tx, {.account_id = account.value,
                                                          .before = before,
                                                          .after_id = after.value,
                                                          .limit = limit})) {
    all.push_back({.id = LocalOrderId{row.id},
                   .number = OrderNumber{std::move(row.order_number)},
                   .status = orders::status_from_word(row.status),
                   .ordered = row.order_date,
                   .shipped = row.shipped});
  }
  return all;
}

std::int64_t archive_orders(ports::Tx& tx, std::span<const OldOrderRow> orders) {
  std::vector<sql::ArchiveOrder::Params> rows;
  for (const auto& order : orders) {
    rows.push_back({.id = order.id.value, .status = order.status.word, .now_us = tx.now()});
  }
  return ports::execute_each<sql::ArchiveOrder>(tx, rows);
}

std::int64_t return_from_archive(ports::Tx& tx, AccountId account) {
  return ports::execute<sql::ReturnFromArchive>(tx, {.account_id = account.value});
}

std::int64_t count_archived(ports::Tx& tx, AccountId account) {
  return ports::select_one<sql::CountArchived>(tx, {.account_id = account.value})->orders;
}

}  // namespace tallyman::book
