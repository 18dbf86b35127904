// Which orders leave the inbox view (requirements C4): finished ones, a while after they were.
// Nothing is deleted; what is open stays in sight however old it is.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/base/time.h"
#include "domain/orders/status.h"

namespace tallyman::imports {

struct OldOrder {
  orders::OrderStatus status = orders::OrderStatus::other;
  Day ordered;
  std::optional<Day> shipped{};
};

enum class Keeping { in_sight, open_and_old, to_archive };

// `days` after the later of its order and its shipment.
Keeping keeping(const OldOrder& order, Day today, std::int64_t days);

}  // namespace tallyman::imports
