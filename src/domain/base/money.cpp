#include "domain/base/money.h"

#include <cstdio>
#include <cstdlib>

namespace tallyman {

namespace {

constexpr std::size_t kMaxDigits = 15;  // whole part; far beyond any order, far below overflow

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits after cents: does the value round up? Half goes to the even cent.
bool rounds_up(std::string_view rest, std::int64_t cents) {
  if (rest.empty() || rest.front() < '5') return false;
  if (rest.front() > '5') return true;
  for (const char c : rest.substr(1)) {
    if (c != '0') return true;
  }
  return cents % 2 != 0;
}

}  // namespace

Result<Money> money_from_decimal(std::string_view text, Currency currency) {
  const auto refuse = [] { return problem("expected an amount like 39.99"); };
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::size_t whole = 0;
  while (whole < text.size() && is_digit(text[whole])) ++whole;
  if (whole == 0 || whole > kMaxDigits) return refuse();
  std::int64_t cents = 0;
  for (const char c : text.substr(0, whole)) cents = cents * 10 + (c - '0');
  text.remove_prefix(whole);
  std::string_view fraction;
  if (!text.empty()) {
    if (text.front() != '.' || text.size() == 1) return refuse();
    fraction = text.substr(1);
    for (const char c : fraction) {
      if (!is_digit(c)) return refuse();
    }
  }
  for (std::size_t place = 0; place < 2; ++place) {
    cents = cents * 10 + (place < fraction.size() ? fraction[place] - '0' : 0);
  }
  if (fraction.size() > 2 && rounds_up(fraction.substr(2), cents)) ++cents;
  return Money{negative ? -cents : cents, currency};
}

std::string to_decimal(const Money& money) {
  const std::int64_t size = std::llabs(money.minor);
  char text[32];
  std::snprintf(text, sizeof text, "%s%lld.%02lld", money.minor < 0 ? "-" : "",
                static_cast<long long>(size / 100), static_cast<long long>(size % 100));
  return text;
}

}  // namespace tallyman
