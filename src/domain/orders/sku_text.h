// The one parser of SKU text such as "17612 - 250340" (requirements A7). Nothing else in the
// program splits a SKU: three parsers that disagreed are an old failure (facts/operations.md §6.2).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "domain/base/ids.h"

namespace tallyman::orders {

// SKUs that may stand left of a dash: the key SKUs and whatever else the team registered.
using KnownSkus = std::set<Sku>;

enum class Parsed {
  plain,     // no dash: the whole text is the SKU
  with_lot,  // a known SKU, a dash, a lot
  raw,       // a dash, but nothing we may split at: the whole text is kept as SKU, worth a log line
};

struct SkuText {
  Sku base;
  std::optional<LotCode> lot;
  Parsed parsed = Parsed::plain;
  friend bool operator==(const SkuText&, const SkuText&) = default;
};

// Trims, then splits at the first '-' when the text left of it (trimmed) is a known SKU and text is
// left over for the lot. Never guesses: everything else stays whole. Only the ASCII '-' is a dash;
// an en dash pasted from a document is a letter like any other and the text then counts as plain.
// The SKU of an empty text is empty: such a line is not stored (see items.h).
SkuText parse_sku_text(std::string_view text, const KnownSkus& known);

// The canonical form: "17612 - 250340".
std::string to_text(const Sku& sku, const LotCode& lot);
// The canonical form with a lot, else the SKU alone: what shipped_items.sku_lot holds.
std::string to_text(const SkuText& sku);

}  // namespace tallyman::orders
