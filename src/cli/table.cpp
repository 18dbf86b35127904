#include "cli/table.h"

#include <algorithm>
#include <string_view>

namespace tallyman::cli {

namespace {

// In UTF-8, from U+0080: the control characters of one byte in old terminals, and what turns the
// direction of the text or breaks the line.
std::size_t length_of_hidden_control(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;  // C1
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;                     // Arabic letter mark
  if (byte(0) != 0xE2) return 0;
  const bool is_mark = byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F);
  const bool is_turn = byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE;  // and line ends
  const bool is_isolate = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return is_mark || is_turn || is_isolate ? 3 : 0;
}

// Control characters never reach the terminal: what a partner sent could otherwise move the cursor
// or show a text in another order than it has. Those that nobody types are shown as '?'.
std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t hidden = length_of_hidden_control(text);
    const char c = text.front();
    if (hidden > 0) {
      out += '?';
    } else {
      out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
    text.remove_prefix(std::max<std::size_t>(hidden, 1));
  }
  return out;
}

// In characters, not bytes.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// The way a terminal is told; empty: a word without a colour of its own.
std::string_view colour_of(std::string_view word) {
  constexpr std::string_view kGood = "\x1b[32m";
  constexpr std::string_view kWatch = "\x1b[33m";
  constexpr std::string_view kBad = "\x1b[1;31m";
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"ok", kGood},       {"done", kGood},     {"shipped", kGood}, {"on", kGood},
      {"works", kGood},    {"resolved", kGood}, {"warn", kWatch},   {"warning", kWatch},
      {"partial", kWatch}, {"on_hold", kWatch}, {"open", kWatch},   {"not proven", kWatch},
      {"bad", kBad},       {"failed", kBad},    {"dead", kBad},     {"critical", kBad},
      {"revoked", kBad},   {"disabled", kBad}};
  const auto* found =
      std::ranges::find(kWords, word, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(kWords) ? std::string_view{} : found->second;
}

enum class Which { header, row };

std::string line(const std::vector<Column>& columns, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths, Which which, Colour colour) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) text += "  ";
    const std::string pad(widths[i] - width(cells[i]), ' ');
    const bool paint = which == Which::row && columns[i].paint == Paint::state;
    const std::string cell = painted(cells[i], paint ? colour : Colour::no);
    text += columns[i].align == Align::right ? pad + cell : cell + pad;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

}  // namespace

std::string painted(const std::string& word, Colour colour) {
  const auto begin = colour == Colour::yes ? colour_of(word) : std::string_view{};
  return begin.empty() ? word : std::string(begin) + word + "\x1b[0m";
}

std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows, Colour colour) {
  std::vector<std::vector<std::string>> all;
  all.emplace_back();
  for (const auto& column : columns) all.front().push_back(column.title);
  for (const auto& row : rows) {
    auto& cells = all.emplace_back();
    for (const auto& cell : row) cells.push_back(printable(cell));
  }
  std::vector<std::size_t> widths(columns.size());
  for (const auto& cells : all) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      widths[i] = std::max(widths[i], width(cells[i]));
    }
  }
  std::string text;
  Which which = Which::header;
  for (const auto& cells : all) {
    text += line(columns, cells, widths, which, colour);
    which = Which::row;
  }
  return text;
}

}  // namespace tallyman::cli
