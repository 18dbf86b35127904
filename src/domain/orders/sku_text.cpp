#include "domain/orders/sku_text.h"

#include "domain/orders/trim.h"

namespace tallyman::orders {

SkuText parse_sku_text(std::string_view text, const KnownSkus& known) {
  const auto whole = trimmed(text);
  const auto dash = whole.find('-');
  const auto as_it_is = [&](Parsed parsed) {
    return SkuText{.base = Sku{std::string(whole)}, .lot = std::nullopt, .parsed = parsed};
  };
  if (dash == std::string_view::npos) return as_it_is(Parsed::plain);
  // A registered SKU may itself contain a dash.
  if (known.contains(Sku{std::string(whole)})) return as_it_is(Parsed::plain);

  Sku base{std::string(trimmed(whole.substr(0, dash)))};
  const auto lot = trimmed(whole.substr(dash + 1));
  if (lot.empty() || !known.contains(base)) return as_it_is(Parsed::raw);
  return {.base = std::move(base), .lot = LotCode{std::string(lot)}, .parsed = Parsed::with_lot};
}

std::string to_text(const Sku& sku, const LotCode& lot) { return sku.value + " - " + lot.value; }

std::string to_text(const SkuText& sku) {
  return sku.lot ? to_text(sku.base, *sku.lot) : sku.base.value;
}

}  // namespace tallyman::orders
