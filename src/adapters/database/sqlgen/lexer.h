// Splits SQL into the few kinds of tokens the generator must tell apart, so that a colon in a
// string or a comment is never taken for a parameter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tallyman::sqlgen {

enum class TokenKind { space, word, number, string, quoted, param, symbol };

struct Token {
  TokenKind kind = TokenKind::space;
  std::string text;  // a param without its colon; space and comments as one blank
  int line = 0;
};

// Throws Mistake on an unfinished string or comment, and on ?, $1 and a lone colon.
std::vector<Token> tokens(std::string_view sql, int first_line);

}  // namespace tallyman::sqlgen
