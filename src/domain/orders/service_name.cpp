#include "domain/orders/service_name.h"

#include <array>
#include <utility>

#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNames{{
    {"fedex_2day", "FedEx 2Day"},
    {"fedex_express_saver", "FedEx Express Saver"},
    {"fedex_ground", "FedEx Ground"},
    {"fedex_home_delivery", "FedEx Home Delivery"},
    {"fedex_international_ground", "FedEx International Ground"},
    {"fedex_standard_overnight", "FedEx Standard Overnight"},
}};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string service_name(std::string_view code) {
  code = trimmed(code);
  for (const auto& [known, name] : kNames) {
    if (known == code) return std::string(name);
  }
  // Title case as the older system writes it, so that parity compares equal: a letter after
  // anything that is no letter is a capital ("2day" becomes "2Day").
  std::string name;
  bool in_word = false;
  for (const char c : code) {
    const bool letter = is_lower(c) || is_upper(c);
    if (letter && !in_word && is_lower(c)) {
      name += static_cast<char>(c - 'a' + 'A');
    } else if (letter && in_word && is_upper(c)) {
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      name += c == '_' ? ' ' : c;
    }
    in_word = letter;
  }
  return name;
}

}  // namespace tallyman::orders
