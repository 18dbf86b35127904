// The archive: finished orders that left the inbox view. Their rows, history and evidence stay.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/status.h"
#include "ports/database.h"

namespace tallyman::book {

struct OldOrderRow {
  LocalOrderId id;
  OrderNumber number;
  orders::Status status;
  Day ordered;
  std::optional<Day> shipped;
};
// Orders in the inbox view that were ordered before that day, by id behind `after`.
std::vector<OldOrderRow> list_old_orders(ports::Tx& tx, AccountId account, Day before,
                                         LocalOrderId after, std::int64_t limit);

// Answers how many went: one whose status changed since it was read stays.
std::int64_t archive_orders(ports::Tx& tx, std::span<const OldOrderRow> orders);

// Orders in the archive that are open again come back into view; answers how many.
std::int64_t return_from_archive(ports::Tx& tx, AccountId account);

std::int64_t count_archived(ports::Tx& tx, AccountId account);

}  // namespace tallyman::book
