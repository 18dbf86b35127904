// Orders as lists show them: newest change first, keyset pages, counts by status.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

enum class Attention { any, needed };
// What left the inbox view (archive.h). Whoever searches finds it without asking for it.
enum class Archive { without, only };

struct OrderFilter {
  std::optional<std::string> status{};
  std::optional<std::string> source_system{};
  // Begins an order number, company or name (ASCII case ignored there), or is a tracking number.
  std::optional<std::string> search{};
  std::optional<std::string> sku{};
  Attention attention = Attention::any;
  Archive archive = Archive::without;
};

// Where a listing goes on: behind this row.
struct OrderCursor {
  Instant updated;
  LocalOrderId id;
};

struct OrderListRow {
  LocalOrderId id;
  OrderNumber number;
  std::string status;
  std::string source_system;
  Day order_date;
  std::optional<std::string> company;
  std::optional<std::string> name;
  std::int64_t total_items = 0;
  std::optional<std::string> carrier;
  std::optional<std::string> service;
  std::optional<std::string> tracking;
  Instant updated;
  std::int64_t open_cases = 0;
  std::int64_t quarantined = 0;
  bool provisional = false;
  std::int64_t lines = 0;
};

std::vector<OrderListRow> list_orders(ports::Tx& tx, AccountId account, const OrderFilter& filter,
                                      const std::optional<OrderCursor>& after, std::int64_t limit);

// One order as lists show it.
std::optional<OrderListRow> find_order_row(ports::Tx& tx, AccountId account, LocalOrderId id);

struct StatusCount {
  std::int64_t orders = 0;
  std::int64_t units = 0;
};
std::map<std::string, StatusCount> count_by_status(ports::Tx& tx, AccountId account);
std::int64_t count_needing_attention(ports::Tx& tx, AccountId account);

}  // namespace tallyman::book
