#include "adapters/database/sqlgen/lexer.h"

#include <cctype>

#include "adapters/database/sqlgen/statement_file.h"

namespace tallyman::sqlgen {

namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool in_word(char c) { return starts_word(c) || is_digit(c); }

class Lexer {
 public:
  Lexer(std::string_view sql, int line) : sql_(sql), line_(line) {}

  std::vector<Token> all() {
    while (at_ < sql_.size()) next();
    return std::move(found_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  void add(TokenKind kind, std::string text, int line) {
    if (kind == TokenKind::space && !found_.empty() && found_.back().kind == TokenKind::space) {
      return;
    }
    found_.push_back({kind, std::move(text), line});
  }

  void advance(std::size_t count) {
    for (; count > 0 && at_ < sql_.size(); --count, ++at_) {
      if (sql_[at_] == '\n') ++line_;
    }
  }

  void next() {
    const char c = peek();
    if (is_space(c)) return skip_as_space(1);
    if (c == '-' && peek(1) == '-') return line_comment();
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '\'') return quoted('\'', TokenKind::string);
    if (c == '"') return quoted('"', TokenKind::quoted);
    if (starts_word(c)) return run_of(in_word, TokenKind::word);
    if (is_digit(c))
      return run_of([](char d) { return in_word(d) || d == '.'; }, TokenKind::number);
    if (c == '?' || c == '$') throw Mistake(line_, "write parameters as :name, not ? or $");
    if (c == ':') return colon();
    symbol();
  }

  void skip_as_space(std::size_t count) {
    add(TokenKind::space, " ", line_);
    advance(count);
  }

  void line_comment() {
    const std::size_t end = sql_.find('\n', at_);
    skip_as_space((end == std::string_view::npos ? sql_.size() : end) - at_);
  }

  void block_comment() {
    const std::size_t end = sql_.find("*/", at_ + 2);
    if (end == std::string_view::npos) throw Mistake(line_, "this /* comment has no end");
    skip_as_space(end + 2 - at_);
  }

  // A doubled quote inside stands for one.
  void quoted(char quote, TokenKind kind) {
    const int line = line_;
    std::size_t end = at_ + 1;
    for (;; ++end) {
      if (end >= sql_.size()) throw Mistake(line, "this quotation has no end");
      if (sql_[end] != quote) continue;
      if (end + 1 < sql_.size() && sql_[end + 1] == quote) {
        ++end;
        continue;
      }
      break;
    }
    add(kind, std::string(sql_.substr(at_, end + 1 - at_)), line);
    advance(end + 1 - at_);
  }

  template <class Belongs>
  void run_of(Belongs belongs, TokenKind kind) {
    std::size_t length = 1;
    while (belongs(peek(length))) ++length;
    add(kind, std::string(sql_.substr(at_, length)), line_);
    advance(length);
  }

  void colon() {
    if (peek(1) == ':') {
      add(TokenKind::symbol, "::", line_);
      return advance(2);
    }
    if (!starts_word(peek(1))) throw Mistake(line_, "a lone ':' is not a parameter");
    advance(1);
    run_of(in_word, TokenKind::param);
  }

  void symbol() {
    std::size_t length = 1;
    if (peek() == '-' && peek(1) == '>') length = peek(2) == '>' ? 3 : 2;
    if (peek() == '=' && peek(1) == '=') length = 2;
    add(TokenKind::symbol, std::string(sql_.substr(at_, length)), line_);
    advance(length);
  }

  std::string_view sql_;
  int line_;
  std::size_t at_ = 0;
  std::vector<Token> found_;
};

}  // namespace

std::vector<Token> tokens(std::string_view sql, int first_line) {
  return Lexer(sql, first_line).all();
}

}  // namespace tallyman::sqlgen
