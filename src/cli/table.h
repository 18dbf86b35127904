// Columns for people: aligned, with headers, wide characters counted as the terminal shows them.
#pragma once

#include <string>
#include <vector>

namespace tallyman::cli {

enum class Align { left, right };
enum class Paint { plain, state };  // state: words such as "ok" and "failed" in their colour
enum class Colour { no, yes };

struct Column {
  std::string title;
  Align align = Align::left;
  Paint paint = Paint::plain;
};

// The word in the colour of its meaning, when it has one.
std::string painted(const std::string& word, Colour colour);

// One line per row, two spaces between columns, no trailing blanks. Colour only repeats what the
// words say.
std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows, Colour colour = Colour::no);

}  // namespace tallyman::cli
