#include "cli/table.h"

#include <algorithm>

namespace tallyman::cli {

namespace {

// Characters, not bytes. Control characters never reach the terminal: what a partner sent could
// otherwise move the cursor.
std::string printable(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return out;
}

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string line(const std::vector<Column>& columns, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) text += "  ";
    const std::string pad(widths[i] - width(cells[i]), ' ');
    text += columns[i].align == Align::right ? pad + cells[i] : cells[i] + pad;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

}  // namespace

std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows) {
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
  for (const auto& cells : all) text += line(columns, cells, widths);
  return text;
}

}  // namespace tallyman::cli
