#include "adapters/database/sqlgen/statement_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "adapters/database/sqlgen/lexer.h"
#include "adapters/database/sqlgen/shared_rules.h"

namespace tallyman::sqlgen {

namespace {

enum class Part { shared, sqlite, postgres };

struct Piece {
  Part part = Part::shared;
  int line = 0;
  std::string text;
};

// One statement while its lines are read.
struct Draft {
  NamedStatement made;
  std::vector<Piece> pieces;
};

constexpr std::array<std::pair<std::string_view, Type>, 7> kTypes = {{{"integer", Type::integer},
                                                                      {"text", Type::text},
                                                                      {"instant", Type::instant},
                                                                      {"day", Type::day},
                                                                      {"micros", Type::micros},
                                                                      {"flag", Type::flag},
                                                                      {"blob", Type::blob}}};

constexpr std::array<std::string_view, 60> kCppWords = {
    "alignas",   "and",      "asm",     "auto",     "bool",     "break",   "case",      "catch",
    "char",      "class",    "concept", "const",    "continue", "default", "delete",    "do",
    "double",    "else",     "enum",    "explicit", "export",   "extern",  "false",     "float",
    "for",       "friend",   "goto",    "if",       "inline",   "int",     "long",      "mutable",
    "namespace", "new",      "not",     "operator", "or",       "private", "protected", "public",
    "register",  "requires", "return",  "short",    "signed",   "sizeof",  "static",    "struct",
    "switch",    "template", "this",    "throw",    "true",     "try",     "typedef",   "union",
    "unsigned",  "using",    "virtual", "void"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// What follows "-- key:" (or "-- key" for a key without colon) in a line, if it is such a line.
std::optional<std::string_view> marker(std::string_view line, std::string_view key) {
  if (line.substr(0, 2) != "--") return std::nullopt;
  line = trim(line.substr(2));
  if (line.substr(0, key.size()) != key) return std::nullopt;
  if (key.back() != ':' && line.size() != key.size()) return std::nullopt;
  return trim(line.substr(key.size()));
}

void check_name(std::string_view name, int line) {
  const bool good = !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
                    name.back() != '_' && std::ranges::all_of(name, [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                    });
  if (!good) throw Mistake(line, quoted(name) + " is not a name: small letters, digits and _");
  if (std::ranges::find(kCppWords, name) != kCppWords.end()) {
    throw Mistake(line, quoted(name) + " is a word of C++; choose another name");
  }
}

// "email text?"
Field field(std::string_view text, int line) {
  text = trim(text);
  const std::size_t gap = text.find_first_of(" \t");
  if (gap == std::string_view::npos) {
    throw Mistake(line, "expected 'name type', got " + quoted(text));
  }
  Field result;
  result.name = text.substr(0, gap);
  check_name(result.name, line);
  std::string_view type = trim(text.substr(gap));
  if (type.ends_with('?')) {
    result.nullable = true;
    type.remove_suffix(1);
  }
  const auto* found =
      std::ranges::find_if(kTypes, [&](const auto& known) { return known.first == type; });
  if (found == kTypes.end()) {
    throw Mistake(line, "unknown type " + quoted(type) + " of " + quoted(result.name) +
                            "; known: integer, text, instant, day, micros, flag, blob");
  }
  result.type = found->second;
  return result;
}

void add_fields(std::vector<Field>& fields, std::string_view list, int line) {
  list = trim(list);
  if (list.ends_with(',')) list.remove_suffix(1);
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    Field next = field(list.substr(0, comma), line);
    for (const Field& known : fields) {
      if (known.name == next.name) throw Mistake(line, quoted(next.name) + " is declared twice");
    }
    fields.push_back(std::move(next));
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

std::size_t index_of(const NamedStatement& statement, const Token& param) {
  for (std::size_t at = 0; at < statement.params.size(); ++at) {
    if (statement.params[at].name == param.text) return at;
  }
  throw Mistake(param.line, ":" + param.text + " is not in params: of " + quoted(statement.name));
}

// The statement as one dialect sees it: its pieces joined, parameters numbered.
std::string dialect_text(const Draft& draft, Part part) {
  const char mark = part == Part::sqlite ? '?' : '$';
  const std::string dialect = part == Part::sqlite ? "sqlite" : "postgres";
  std::string text;
  int end_line = 0;  // of the ';' that ended the statement
  std::set<std::size_t> used;
  for (const Piece& piece : draft.pieces) {
    if (piece.part != Part::shared && piece.part != part) continue;
    for (const Token& token : tokens(piece.text, piece.line)) {
      if (token.kind == TokenKind::space) {
        if (!text.empty() && text.back() != ' ') text += ' ';
        continue;
      }
      if (end_line != 0) throw Mistake(token.line, "text after ';': one statement per name");
      if (token.text == ";") {
        end_line = token.line;
      } else if (token.kind == TokenKind::param) {
        const std::size_t at = index_of(draft.made, token);
        used.insert(at);
        text += mark + std::to_string(at + 1);
      } else {
        text += token.text;
      }
    }
  }
  while (text.ends_with(' ')) text.pop_back();
  if (text.empty()) throw Mistake(draft.made.line, quoted(draft.made.name) + " has no SQL");
  for (std::size_t at = 0; at < draft.made.params.size(); ++at) {
    if (!used.contains(at)) {
      throw Mistake(draft.made.line, quoted(draft.made.params[at].name) +
                                         " is declared in params: but not used in the " + dialect +
                                         " text of " + quoted(draft.made.name));
    }
  }
  return text;
}

void check_blocks(const Draft& draft) {
  const Piece* before = nullptr;
  for (const Piece& piece : draft.pieces) {
    const bool after_sqlite = before != nullptr && before->part == Part::sqlite;
    if (after_sqlite != (piece.part == Part::postgres)) {
      throw Mistake(piece.line, "dialect blocks come in pairs: -- sqlite: then -- postgres:");
    }
    if (piece.part == Part::shared) check_shared(tokens(piece.text, piece.line));
    before = &piece;
  }
  if (before != nullptr && before->part == Part::sqlite) {
    throw Mistake(before->line, "the -- sqlite: block has no -- postgres: block");
  }
}

NamedStatement finished(Draft draft) {
  check_blocks(draft);
  draft.made.sqlite = dialect_text(draft, Part::sqlite);
  draft.made.postgres = dialect_text(draft, Part::postgres);
  return std::move(draft.made);
}

class Reader {
 public:
  std::vector<NamedStatement> all(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      ++line_;
      read_line(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    finish_draft();
    return std::move(finished_);
  }

 private:
  void read_line(std::string_view raw) {
    const std::string_view line = trim(raw);
    if (const auto name = marker(line, "name:")) return begin(*name);
    if (const auto list = marker(line, "params:")) return declare(&NamedStatement::params, *list);
    if (const auto list = marker(line, "columns:")) {
      return declare(&NamedStatement::columns, *list);
    }
    if (const auto why = marker(line, "sqlite:")) return block(Part::sqlite, *why);
    if (const auto why = marker(line, "postgres:")) return block(Part::postgres, *why);
    if (marker(line, "shared")) return open_piece(Part::shared);
    body(raw, line);
  }

  void begin(std::string_view name) {
    finish_draft();
    check_name(name, line_);
    for (const NamedStatement& known : finished_) {
      if (known.name == name) {
        throw Mistake(line_, quoted(name) + " is already the name of a statement in line " +
                                 std::to_string(known.line));
      }
    }
    draft_.emplace();
    draft_->made.name = name;
    draft_->made.line = line_;
  }

  Draft& draft() {
    if (!draft_) throw Mistake(line_, "expected '-- name: some_name' first");
    return *draft_;
  }

  void declare(std::vector<Field> NamedStatement::* fields, std::string_view list) {
    if (!draft().pieces.empty()) throw Mistake(line_, "declarations come before the SQL");
    add_fields(draft().made.*fields, list, line_);
  }

  void block(Part part, std::string_view why) {
    if (why.empty()) throw Mistake(line_, "a dialect block says why it exists, on the same line");
    open_piece(part);
  }

  void open_piece(Part part) { draft().pieces.push_back({part, line_ + 1, ""}); }

  void body(std::string_view raw, std::string_view line) {
    const bool blank = line.empty() || line.starts_with("--");
    if (blank && (!draft_ || draft_->pieces.empty())) return;
    if (draft().pieces.empty()) draft().pieces.push_back({Part::shared, line_, ""});
    draft().pieces.back().text.append(raw).append("\n");
  }

  void finish_draft() {
    if (!draft_) return;
    finished_.push_back(finished(std::move(*draft_)));
    draft_.reset();
  }

  int line_ = 0;
  std::optional<Draft> draft_;
  std::vector<NamedStatement> finished_;
};

}  // namespace

std::vector<NamedStatement> parse(std::string_view text) { return Reader().all(text); }

std::string camel_case(std::string_view snake_case) {
  std::string result;
  bool up = true;
  for (const char c : snake_case) {
    if (c == '_') {
      up = true;
      continue;
    }
    result += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    up = false;
  }
  return result;
}

}  // namespace tallyman::sqlgen
