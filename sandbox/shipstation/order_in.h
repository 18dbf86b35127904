// Reads the Order that a client posts. Tolerant as ShipStation is: unknown members are ignored,
// absent ones are absent; a member of the wrong type is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "sandbox/shipstation/order.h"

namespace tallyman::sandbox {

// A posted order: `draft` holds what was said. The id is 0 when none was given.
struct Posted {
  Order draft{};
  bool has_read_only_members = false;
  bool has_ship_to = false;
};

// One object, or an array of them for createorders. Problem: what model binding would say.
Result<Posted> posted_order(std::string_view body);
Result<std::vector<Result<Posted>>> posted_orders(std::string_view body);

// The members of a small body such as {"orderId":1,"holdUntilDate":"2014-12-01"}.
struct PostedMove {
  std::optional<std::int64_t> order{};
  std::string carrier{};
  Text tracking{};
  std::optional<Day> ship_date{};
  std::optional<Day> hold_until{};
};
Result<PostedMove> posted_move(std::string_view body);

}  // namespace tallyman::sandbox
