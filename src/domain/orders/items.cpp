#include "domain/orders/items.h"

#include "domain/orders/trim.h"

namespace tallyman::orders {

std::optional<std::string_view> why_not_stored(const LineSeen& line) {
  if (line.adjustment) return "an adjustment (discount or fee), nothing that ships";
  if (!line.sku_text || trimmed(*line.sku_text).empty()) return "no SKU";
  if (line.quantity <= 0) return "no quantity";
  return std::nullopt;
}

std::int64_t units(const OrderSeen& order) {
  std::int64_t sum = 0;
  for (const auto& line : order.lines) {
    if (!why_not_stored(line)) sum += line.quantity;
  }
  return sum;
}

}  // namespace tallyman::orders
