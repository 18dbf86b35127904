#include "domain/people/password.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "domain/people/common_passwords.h"

namespace tallyman::people {

namespace {

constexpr std::string_view kProgram = "tallyman";

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_digit_or_sign(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && !(byte >= 'a' && byte <= 'z') &&
         !(byte >= 'A' && byte <= 'Z');
}

// "p@ssw0rd" -> "password".
std::string as_letters(std::string text) {
  static constexpr std::array<std::pair<char, char>, 8> kLookAlikes{{{'0', 'o'},
                                                                     {'1', 'i'},
                                                                     {'3', 'e'},
                                                                     {'4', 'a'},
                                                                     {'5', 's'},
                                                                     {'7', 't'},
                                                                     {'@', 'a'},
                                                                     {'$', 's'}}};
  for (char& c : text) {
    for (const auto& [sign, letter] : kLookAlikes) {
      if (c == sign) c = letter;
    }
  }
  return text;
}

std::string without_tail(std::string text) {
  while (!text.empty() && is_digit_or_sign(text.back())) text.pop_back();
  return text;
}

bool is_listed(const std::string& text) {
  static const std::set<std::string_view, std::less<>> kCommon = [] {
    std::set<std::string_view, std::less<>> all;
    std::string_view rest = common_passwords();
    while (!rest.empty()) {
      const auto end = std::min(rest.find_first_of(" \n"), rest.size());
      if (end > 0) all.insert(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return all;
  }();
  return kCommon.contains(text);
}

// "aaaaaaaa", "abcdefgh", "87654321": every step from one character to the next is the same.
bool is_one_run(std::string_view text) {
  if (text.size() < 2) return true;
  const int step = text[1] - text[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] - text[i - 1] != step) return false;
  }
  return true;
}

// What is left of the password when the word is taken out; all of it when it is not in it.
std::string without_word(std::string text, std::string_view word) {
  const auto at = word.empty() ? std::string::npos : text.find(word);
  if (at != std::string::npos) text.erase(at, word.size());
  return text;
}

}  // namespace

bool is_common_password(std::string_view password) {
  const std::string small = lower(password);
  if (is_one_run(small) || is_listed(small) || is_listed(as_letters(small))) return true;
  const std::string stem = without_tail(small);
  return stem.size() >= 4 && (is_listed(stem) || is_listed(as_letters(stem)));
}

std::optional<Problem> refuse_password(std::string_view password, std::string_view user_name) {
  if (characters(password) < kShortestPassword) {
    return Problem{"A password has at least 8 characters; 15 or more are better."};
  }
  if (password.size() > kLongestPassword) {
    return Problem{"A password has at most 256 bytes."};
  }
  if (is_common_password(password)) {
    return Problem{
        "This password is one of those that everybody tries first. Take a few words that only you "
        "would put together."};
  }
  for (const auto word : {user_name, kProgram}) {
    if (characters(without_word(lower(password), word)) < kShortestPassword) {
      return Problem{
          "This password is little more than your name or the program's. Take a few words that "
          "only you would put together."};
    }
  }
  return std::nullopt;
}

}  // namespace tallyman::people
