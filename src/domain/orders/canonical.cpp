#include "domain/orders/canonical.h"

#include <fmt/format.h>

#include "domain/base/digest.h"

namespace tallyman::orders {

void Canonical::add(std::string_view field, std::string_view value) {
  text_ += fmt::format("{}={}:{}\n", field, value.size(), value);
}
void Canonical::add(std::string_view field, std::int64_t value) {
  add(field, std::string_view(std::to_string(value)));
}
void Canonical::add(std::string_view field, Instant value) { add(field, to_micros(value)); }
void Canonical::add(std::string_view field, Day value) {
  add(field, std::string_view(to_text(value)));
}
void Canonical::add(std::string_view field, const Money& value) {
  switch (value.currency) {
    case Currency::usd: add(field, std::string_view(fmt::format("{} usd", value.minor)));
  }
}
void Canonical::absent(std::string_view field) { text_ += fmt::format("{} absent\n", field); }

std::string versioned_hash(std::string_view canonical_text) {
  return "v1:" + sha256_hex(canonical_text);
}

}  // namespace tallyman::orders
