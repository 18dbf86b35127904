// Money is whole minor units (cents) with a currency; no floating point anywhere near.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace tallyman {

enum class Currency { usd };

struct Money {
  std::int64_t minor = 0;  // cents
  Currency currency = Currency::usd;
  friend auto operator<=>(const Money&, const Money&) = default;
};

// Parses the exact decimal text of a price, for example "39.99", "-1", "1.0e2" is refused.
// Digits beyond cents must be zeros ("1.500" is 150); otherwise rounds half to even.
Result<Money> money_from_decimal(std::string_view text, Currency currency = Currency::usd);

// "39.99", "-0.50": for people and for reports.
std::string to_decimal(const Money& money);

}  // namespace tallyman
