#include "domain/orders/trim.h"

namespace tallyman::orders {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::optional<std::string> present(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto inner = trimmed(*text);
  if (inner.empty()) return std::nullopt;
  return std::string(inner);
}

}  // namespace tallyman::orders
