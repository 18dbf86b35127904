#include "domain/orders/canonical.h"

#include <fmt/format.h>

#include "domain/base/digest.h"

namespace tallyman::orders {

namespace {
constexpr std::size_t kUsualLength = 4'096;
}

// Every order and shipment that is read passes here: no text is made on the way.
Canonical::Canonical(std::string_view heading) {
  text_.reserve(kUsualLength);
  text_ += heading;
  text_ += '\n';
}

void Canonical::add(std::string_view field, std::string_view value) {
  const fmt::format_int size(value.size());
  text_ += field;
  text_ += '=';
  text_.append(size.data(), size.size());
  text_ += ':';
  text_ += value;
  text_ += '\n';
}
void Canonical::add(std::string_view field, std::int64_t value) {
  const fmt::format_int text(value);
  add(field, std::string_view(text.data(), text.size()));
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
void Canonical::absent(std::string_view field) {
  text_ += field;
  text_ += " absent\n";
}

std::string versioned_hash(std::string_view canonical_text) {
  return "v2:" + blake2b_hex(canonical_text);
}

}  // namespace tallyman::orders
