// How an API token is written: "tally_", eight characters that name it, "_", 43 that are secret.
// Base 62, so that a double click takes the whole of it and a scanner can find one that was leaked.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tallyman::people {

using Bits256 = std::array<std::uint64_t, 4>;

// 43 characters of 0-9 A-Z a-z; different bits give different texts.
std::string base62(Bits256 bits);

// `name` and `secret` are chance from outside; of `name` eight characters are kept.
struct TokenText {
  std::string id;    // eight characters; no secret
  std::string text;  // the whole token; a secret
};
TokenText make_token(const Bits256& name, const Bits256& secret);

// The id of a text that has the form of a token.
std::optional<std::string_view> token_id_in(std::string_view text);

}  // namespace tallyman::people
