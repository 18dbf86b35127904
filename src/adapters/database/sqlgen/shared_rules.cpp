#include "adapters/database/sqlgen/shared_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "adapters/database/sqlgen/statement_file.h"

namespace tallyman::sqlgen {

namespace {

struct Rule {
  std::string_view word;  // upper case; a symbol, or a word
  std::string_view next;  // the following word or symbol, or empty
  std::string_view instead;
};

constexpr std::string_view kDialect = "put it into a dialect block with its reason";
constexpr std::string_view kNow = "pass the time as a parameter (Tx::now())";

constexpr std::array kRules = {
    Rule{"CAST", "", "declare the type in params: or columns:"},
    Rule{"::", "", "declare the type in params: or columns:"},
    Rule{"->", "", "no JSON operators"},
    Rule{"->>", "", "no JSON operators"},
    Rule{"==", "", "write ="},
    Rule{"LIKE", "", "case rules differ; compare ranges or a folded column"},
    Rule{"ILIKE", "", "case rules differ; compare ranges or a folded column"},
    Rule{"GLOB", "", "SQLite only"},
    Rule{"FOR", "UPDATE", kDialect},
    Rule{"FOR", "SHARE", kDialect},
    Rule{"FOR", "NO", kDialect},
    Rule{"SKIP", "LOCKED", kDialect},
    Rule{"INSERT", "OR", "write ON CONFLICT"},
    Rule{"UPDATE", "OR", "write ON CONFLICT"},
    Rule{"REPLACE", "INTO", "write ON CONFLICT"},
    Rule{"STRFTIME", "", kNow},
    Rule{"DATETIME", "(", kNow},
    Rule{"DATE", "(", kNow},
    Rule{"TIME", "(", kNow},
    Rule{"JULIANDAY", "", kNow},
    Rule{"UNIXEPOCH", "", kNow},
    Rule{"NOW", "(", kNow},
    Rule{"CLOCK_TIMESTAMP", "", kNow},
    Rule{"CURRENT_TIMESTAMP", "", kNow},
    Rule{"CURRENT_DATE", "", kNow},
    Rule{"CURRENT_TIME", "", kNow},
    Rule{"EXTRACT", "(", kDialect},
    Rule{"DATE_TRUNC", "", kDialect},
    Rule{"TO_CHAR", "", kDialect},
    Rule{"IFNULL", "(", "write COALESCE"},
    Rule{"GROUP_CONCAT", "", kDialect},
    Rule{"STRING_AGG", "", kDialect},
    Rule{"UNNEST", "", kDialect},
    Rule{"JSON_EACH", "", kDialect},
    Rule{"ROWID", "", "SQLite only; name the key"},
    Rule{"PRAGMA", "", "connections are set up by the adapter"},
    Rule{"RANDOM", "(", "chance is a port"},
};

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

// The upper-cased word or symbol after `at`, skipping blanks.
std::string following(std::span<const Token> tokens, std::size_t at) {
  for (std::size_t next = at + 1; next < tokens.size(); ++next) {
    if (tokens[next].kind != TokenKind::space) return upper(tokens[next].text);
  }
  return {};
}

}  // namespace

void check_shared(std::span<const Token> tokens) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.kind != TokenKind::word && token.kind != TokenKind::symbol) continue;
    const std::string word = upper(token.text);
    for (const Rule& rule : kRules) {
      if (rule.word != word) continue;
      if (!rule.next.empty() && rule.next != following(tokens, at)) continue;
      std::string what(rule.word);
      if (!rule.next.empty()) what.append(rule.next == "(" ? "" : " ").append(rule.next);
      throw Mistake(token.line,
                    what + " may not stand in shared text: " + std::string(rule.instead));
    }
  }
}

}  // namespace tallyman::sqlgen
