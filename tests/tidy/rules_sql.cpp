// SQL has its own files: a statement in a string literal of the program is a finding. Tests may
// look into a database with their own statements.
#include <regex>
#include <string>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

// Capitals are enough to tell a statement; in small letters it takes the second word, so that an
// English sentence ("select a lot", "update the status") is not taken for one.
const std::regex& statement() {
  static const std::regex kStatement{
      R"(\b(SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+\S)"
      R"(|\b(CREATE|ALTER|DROP)\s+TABLE\s)"
      R"(|\binsert\s+into\s+\w+\s*\(|\bdelete\s+from\s+\w+|\bupdate\s+\w+\s+set\s)"
      R"(|\bselect\s+[\w*.,\s()]+\sfrom\s+\w+)"};
  return kStatement;
}

}  // namespace

void check_sql(const Source& source, Findings& found) {
  if (!is_cpp(source.path)) return;
  if (!is_below(source.path, "src") && !is_below(source.path, "sandbox")) return;
  for (const auto& literal : source.literals) {
    std::smatch match;
    if (!std::regex_search(literal.text, match, statement())) continue;
    found.push_back({"sql", source.path, literal.line,
                     "'" + match.str() + "…': statements live in src/adapters/book/sql"});
  }
}

}  // namespace tallyman::tidy
