// Texts that people and partners write: whatever the bytes, a value or a Problem, and a value that
// is written out reads as itself again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "domain/base/check.h"
#include "domain/base/money.h"
#include "domain/base/time.h"
#include "domain/orders/sku_text.h"

using namespace tallyman;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto money = money_from_decimal(text)) {
    check(money_from_decimal(to_decimal(*money)) == *money, "money reads as it was written");
  }
  if (const auto at = instant_from_text(text)) {
    check(instant_from_text(to_text(*at)) == *at, "an instant reads as it was written");
  }
  if (const auto day = day_from_text(text)) {
    check(day_from_text(to_text(*day)) == *day, "a day reads as it was written");
  }
  (void)local_time_from_text(text);
  const orders::KnownSkus known{{"17612"}};
  const auto sku = orders::parse_sku_text(text, known);
  check(orders::parse_sku_text(orders::to_text(sku), known) == sku, "a SKU text reads as written");
  return 0;
}
