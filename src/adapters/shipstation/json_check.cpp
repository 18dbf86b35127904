#include "adapters/shipstation/json_check.h"

#include <array>

namespace tallyman::shipstation {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Walks the text once, without recursion. Each step answers whether the text is still sound; the
// first fault stays in `fault`.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  std::optional<std::string> run() {
    while (!done_ && begin_value() && end_values()) {
    }
    return fault_;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool eat(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  bool fail(std::string_view expected) {
    if (at_ >= text_.size()) {
      fault_ = "the JSON ends too early, after " + std::to_string(text_.size()) + " bytes";
    } else {
      fault_ =
          "malformed JSON at byte " + std::to_string(at_) + ": expected " + std::string{expected};
    }
    return false;
  }

  bool open(char kind) {
    if (depth_ == kMaxJsonDepth) {
      fault_ = "the JSON is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels";
      return false;
    }
    open_[depth_++] = kind;
    ++at_;
    skip_space();
    return true;
  }

  // Reads up to the end of a scalar or of an empty container; for a filled container, up to its
  // first scalar.
  bool begin_value() {
    while (true) {
      skip_space();
      switch (peek()) {
        case '{':
          if (!open('{')) return false;
          if (peek() == '}') return true;
          if (!member_name()) return false;
          break;
        case '[':
          if (!open('[')) return false;
          if (peek() == ']') return true;
          break;
        case '"': return string();
        case 't': return literal("true");
        case 'f': return literal("false");
        case 'n': return literal("null");
        default: return number();
      }
    }
  }

  // Closes what ends here, up to the next value or the end of the text.
  bool end_values() {
    while (true) {
      skip_space();
      if (depth_ == 0) {
        done_ = at_ == text_.size();
        return done_ || fail("nothing after the end");
      }
      const bool object = open_[depth_ - 1] == '{';
      if (eat(object ? '}' : ']')) {
        --depth_;
        continue;
      }
      if (!eat(',')) return fail(object ? "',' or '}'" : "',' or ']'");
      skip_space();
      return !object || member_name();
    }
  }

  bool member_name() {
    if (peek() != '"') return fail("a member name");
    if (!string()) return false;
    skip_space();
    return eat(':') || fail("':'");
  }

  bool string() {
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) return fail("no raw control character in a text");
      ++at_;
      if (c == '"') return true;
      if (c == '\\' && !escape()) return false;
    }
    return fail("the end of a text");
  }

  bool escape() {
    const char c = peek();
    if (at_ >= text_.size()) return fail("an escape");
    if (c == 'u') {
      ++at_;
      for (int digit = 0; digit < 4; ++digit, ++at_) {
        if (!is_hex(peek())) return fail("four hex digits");
      }
      return true;
    }
    if (std::string_view{"\"\\/bfnrt"}.find(c) == std::string_view::npos) return fail("an escape");
    ++at_;
    return true;
  }

  bool literal(std::string_view word) {
    for (const char c : word) {
      if (!eat(c)) return fail(word);
    }
    return true;
  }

  bool digits() {
    if (!is_digit(peek())) return fail("a digit");
    while (is_digit(peek())) ++at_;
    return true;
  }

  bool number() {
    eat('-');
    if (!is_digit(peek())) return fail("a value");
    if (!eat('0') && !digits()) return false;
    if (eat('.') && !digits()) return false;
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (!eat('+')) eat('-');
      return digits();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<char, kMaxJsonDepth> open_{};
  std::size_t depth_ = 0;
  bool done_ = false;
  std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> json_fault(std::string_view text) { return Checker{text}.run(); }

std::string_view first_value(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      if (c != '"') continue;
      quoted = false;
      if (depth == 0) return text.substr(0, at + 1);
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth > 0) {
      if ((c == '}' || c == ']') && --depth == 0) return text.substr(0, at + 1);
    } else if (std::string_view{",]} \t\r\n"}.find(c) != std::string_view::npos) {
      return text.substr(0, at);
    }
  }
  return text;
}

}  // namespace tallyman::shipstation
