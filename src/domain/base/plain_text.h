// Text from anywhere, made fit to be stored and shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tallyman {

// Valid UTF-8 without control characters other than line feed and tab: what is not becomes '?'. At
// most `limit` bytes, cut between characters.
std::string plain_text(std::string_view text, std::size_t limit);

// Bytes of the well-formed UTF-8 character that begins at `at` (< text.size()); 0 when none does.
std::size_t length_of_character(std::string_view text, std::size_t at);

}  // namespace tallyman
