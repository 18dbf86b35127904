#include "domain/base/mail_address.h"

#include <algorithm>

namespace tallyman {

namespace {

constexpr std::size_t kMostBytes = 254;  // RFC 5321, 4.5.3.1
constexpr std::size_t kMostLocalBytes = 64;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 5322's dot-atom; quoted local parts are nobody's address.
bool is_local(std::string_view text) {
  constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~.";
  return !text.empty() && text.size() <= kMostLocalBytes && !text.starts_with('.') &&
         !text.ends_with('.') && text.find("..") == std::string_view::npos &&
         std::ranges::all_of(text, [&](char c) {
           return is_letter_or_digit(c) || kSigns.find(c) != std::string_view::npos;
         });
}

bool is_domain(std::string_view text) {
  return !text.empty() && !text.starts_with('.') && !text.ends_with('.') &&
         !text.starts_with('-') && text.find("..") == std::string_view::npos &&
         std::ranges::all_of(text,
                             [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<std::string> mail_address_from(std::string_view text) {
  const auto address = trimmed(text);
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || address.size() > kMostBytes ||
      !is_local(address.substr(0, at)) || !is_domain(address.substr(at + 1))) {
    return problem("this is no e-mail address such as name@example.com");
  }
  return std::string(address);
}

std::string_view domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

}  // namespace tallyman
