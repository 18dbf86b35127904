#include "domain/orders/items.h"

#include "domain/orders/trim.h"

namespace tallyman::orders {

std::optional<std::string_view> why_not_stored(const LineSeen& line) {
  if (line.adjustment) return "an adjustment (discount or fee), nothing that ships";
  if (!line.sku_text || trimmed(*line.sku_text).empty()) return "no SKU";
  if (line.quantity <= 0) return "no quantity";
  return std::nullopt;
}

}  // namespace tallyman::orders
