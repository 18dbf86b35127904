#include "tidy/source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>

namespace tallyman::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kRoots{"src", "sandbox", "tests", "bench", "web/src"};
constexpr std::array<std::string_view, 7> kEndings{".h",   ".cpp", ".sql",    ".ts",
                                                   ".tsx", ".css", ".graphql"};

enum class Where { code, line_comment, block_comment, text, character, raw_text };

// Walks the text once, writing every character into exactly one of code, comments, literals.
class Splitter {
 public:
  Splitter(Source& source, std::string_view text) : source_(source), text_(text) {}

  void run() {
    begin_line();
    while (at_ < text_.size()) {
      if (text_[at_] == '\n') {
        end_line();
      } else {
        step();
      }
    }
    if (!source_.lines.back().empty() || source_.lines.size() == 1) return;
    source_.lines.pop_back();  // the file ended with its last line's newline
    source_.code.pop_back();
    source_.comments.pop_back();
  }

 private:
  void begin_line() {
    source_.lines.emplace_back();
    source_.code.emplace_back();
    source_.comments.emplace_back();
  }

  void end_line() {
    if (where_ == Where::line_comment || where_ == Where::text || where_ == Where::character) {
      where_ = Where::code;
    } else if (where_ == Where::raw_text) {
      source_.literals.back().text += '\n';
    }
    ++at_;
    begin_line();
  }

  bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void put(char to_code, char to_comment) {
    source_.lines.back() += text_[at_++];
    source_.code.back() += to_code;
    source_.comments.back() += to_comment;
  }
  void put_code() { put(text_[at_], ' '); }
  void put_comment() { put(' ', text_[at_]); }
  void put_literal() {
    source_.literals.back().text += text_[at_];
    put(' ', ' ');
  }

  void step() {
    switch (where_) {
      case Where::code: return step_code();
      case Where::line_comment: return put_comment();
      case Where::block_comment:
        if (sees("*/")) {
          put_comment();
          where_ = Where::code;
        }
        return put_comment();
      case Where::text: return step_text('"');
      case Where::character: return step_text('\'');
      case Where::raw_text:
        if (!sees(raw_end_)) return put_literal();
        for (std::size_t left = raw_end_.size(); left > 0; --left) put_code();
        where_ = Where::code;
        return;
    }
  }

  void step_code() {
    if (sees("//")) {
      where_ = Where::line_comment;
      return put_comment();
    }
    if (sees("/*")) {
      where_ = Where::block_comment;
      put_comment();
      return put_comment();
    }
    if (text_[at_] == '"') return begin_text();
    if (text_[at_] == '\'' && !is_digit_separator()) {
      where_ = Where::character;
      source_.literals.push_back({line(), {}});
    }
    put_code();
  }

  void begin_text() {
    source_.literals.push_back({line(), {}});
    const bool raw = at_ > 0 && text_[at_ - 1] == 'R' && is_cpp(source_.path);
    where_ = raw ? Where::raw_text : Where::text;
    put_code();
    if (!raw) return;
    raw_end_.assign(1, ')');
    while (at_ < text_.size() && text_[at_] != '(') {
      raw_end_ += text_[at_];
      put_code();
    }
    raw_end_ += '"';
    if (at_ < text_.size()) put_code();
  }

  void step_text(char quote) {
    if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
      put_literal();
      return put_literal();
    }
    if (text_[at_] != quote) return put_literal();
    where_ = Where::code;
    put_code();
  }

  // 10'000: the quote stands inside a number.
  bool is_digit_separator() const {
    const auto& code = source_.code.back();
    if (code.empty() || std::isxdigit(static_cast<unsigned char>(code.back())) == 0) return false;
    auto begin = code.size();
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(code[begin - 1])) != 0 ||
                         code[begin - 1] == '\'')) {
      --begin;
    }
    return std::isdigit(static_cast<unsigned char>(code[begin])) != 0;
  }

  int line() const { return static_cast<int>(source_.lines.size()); }

  Source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  Where where_ = Where::code;
  std::string raw_end_;
};

bool is_looked_at(const fs::path& file) {
  return std::ranges::find(kEndings, file.extension().string()) != kEndings.end();
}

}  // namespace

Source read_source(std::string path, std::string_view text) {
  Source source;
  source.path = std::move(path);
  Splitter(source, text).run();
  return source;
}

std::vector<Source> read_tree(const fs::path& root) {
  std::vector<Source> sources;
  for (const auto folder : kRoots) {
    if (!fs::is_directory(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file() || !is_looked_at(entry.path())) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      sources.push_back(read_source(fs::relative(entry.path(), root).generic_string(), text));
    }
  }
  std::ranges::sort(sources, {}, &Source::path);
  return sources;
}

bool is_header(std::string_view path) { return path.ends_with(".h"); }
bool is_cpp(std::string_view path) { return path.ends_with(".h") || path.ends_with(".cpp"); }
bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace tallyman::tidy
