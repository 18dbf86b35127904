#include "cli/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace tallyman::cli {

namespace {

constexpr std::size_t kLongest = 4096;

// Nothing of what is typed is shown while this lives.
class Unseen {
 public:
  Unseen() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Unseen() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

std::optional<std::string> line() {
  std::string text;
  for (int c = std::getchar(); c != '\n'; c = std::getchar()) {
    if (c == EOF) break;
    text += static_cast<char>(c);
    if (text.size() > kLongest) return std::nullopt;
  }
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> typed(std::string_view prompt) {
  const Unseen unseen;
  std::fprintf(stderr, "%.*s: ", static_cast<int>(prompt.size()), prompt.data());
  auto text = line();
  std::fprintf(stderr, "\n");
  return text;
}

}  // namespace

std::optional<std::string> read_secret(std::string_view prompt) {
  if (isatty(STDIN_FILENO) == 0) return line();
  auto first = typed(prompt);
  if (!first || first != typed("once more")) return std::nullopt;
  return first;
}

}  // namespace tallyman::cli
