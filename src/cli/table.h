// Columns for people: aligned, with headers, wide characters counted as the terminal shows them.
#pragma once

#include <string>
#include <vector>

namespace tallyman::cli {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
};

// One line per row, two spaces between columns, no trailing blanks.
std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace tallyman::cli
