// Cuts a batch into waves that are decided and written together. Orders that must know of each
// other (one number, one split family, a merge) never share a wave: the later one looks again and
// finds the earlier one known (requirements A3).
#pragma once

#include <vector>

#include "workflows/shipstation_sync/apply_orders.h"

namespace tallyman::workflows {

inline constexpr std::size_t kWaveLimit = 500;  // orders

std::vector<std::vector<const OrderDocument*>> waves(const std::vector<OrderDocument>& documents);

}  // namespace tallyman::workflows
