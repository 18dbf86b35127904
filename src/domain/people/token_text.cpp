#include "domain/people/token_text.h"

#include <algorithm>

namespace tallyman::people {

namespace {

constexpr std::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kPrefix = "tally_";
constexpr std::size_t kIdDigits = 8;
constexpr std::size_t kSecretDigits = 43;  // 62^43 > 2^256
constexpr std::uint64_t kHalf = 0xFFFF'FFFFU;

// Divides the number by 62 in place; answers the remainder. In halves of 32 bits, so that nothing
// wider than 64 bits is needed.
std::uint64_t divide_by_62(Bits256& bits) {
  std::uint64_t rest = 0;
  for (auto& part : bits) {
    const std::uint64_t high = (rest << 32U) | (part >> 32U);
    const std::uint64_t low = ((high % 62) << 32U) | (part & kHalf);
    part = ((high / 62) << 32U) | (low / 62);
    rest = low % 62;
  }
  return rest;
}

bool is_base62(std::string_view text) {
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

}  // namespace

std::string base62(Bits256 bits) {
  std::string text;
  for (std::size_t i = 0; i < kSecretDigits; ++i) text += kDigits[divide_by_62(bits)];
  std::ranges::reverse(text);
  return text;
}

TokenText make_token(const Bits256& name, const Bits256& secret) {
  TokenText token;
  token.id = base62(name).substr(kSecretDigits - kIdDigits);
  token.text.append(kPrefix).append(token.id).append("_").append(base62(secret));
  return token;
}

std::optional<std::string_view> token_id_in(std::string_view text) {
  if (text.size() != kPrefix.size() + kIdDigits + 1 + kSecretDigits) return std::nullopt;
  if (!text.starts_with(kPrefix)) return std::nullopt;
  const auto id = text.substr(kPrefix.size(), kIdDigits);
  const auto rest = text.substr(kPrefix.size() + kIdDigits);
  if (!is_base62(id) || rest.front() != '_' || !is_base62(rest.substr(1))) return std::nullopt;
  return id;
}

}  // namespace tallyman::people
