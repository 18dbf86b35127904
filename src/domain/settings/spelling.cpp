#include "domain/settings/spelling.h"

#include <algorithm>
#include <chrono>

#include "domain/base/mail_address.h"
#include "domain/work/schedule.h"

namespace tallyman::settings {

namespace {

constexpr std::size_t kMostSkus = 200;
constexpr std::size_t kLongestSku = 64;  // bytes
constexpr std::size_t kMostAddresses = 20;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_visible(char c) { return c > ' ' && c <= '~'; }

bool is_sku(std::string_view text) {
  return !text.empty() && text.size() <= kLongestSku && std::ranges::all_of(text, is_visible);
}

bool is_address(std::string_view text) { return mail_address_from(text).has_value(); }

// Every part is as `is_one` wants it, each once.
template <class IsOne>
std::optional<std::string> listed(std::string_view text, std::size_t most, IsOne is_one) {
  std::string spelt;
  const auto parts = parts_of(text);
  if (parts.size() > most) return std::nullopt;
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    if (!is_one(*part) || std::find(parts.begin(), part, *part) != part) return std::nullopt;
    spelt += (spelt.empty() ? "" : ", ") + *part;
  }
  return spelt;
}

}  // namespace

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  if (trimmed(text).empty()) return parts;
  for (;;) {
    const auto end = text.find(',');
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::string> days(std::string_view text) {
  const auto read = work::days_from_text(text);
  if (!read) return std::nullopt;
  return work::to_text(*read);
}

std::optional<std::string> time_of_day(std::string_view text) {
  const auto at = work::time_of_day_from_text(trimmed(text));
  if (!at || *at >= std::chrono::hours{24}) return std::nullopt;
  return work::time_of_day(*at);
}

std::optional<std::string> skus(std::string_view text) {
  auto spelt = listed(text, kMostSkus, is_sku);
  return spelt && spelt->empty() ? std::nullopt : spelt;
}

std::optional<std::string> addresses(std::string_view text) {
  return listed(text, kMostAddresses, is_address);
}

}  // namespace tallyman::settings
