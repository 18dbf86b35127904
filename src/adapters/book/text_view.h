// Optional texts as the parameters of generated statements want them. Private to book.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tallyman::book {

// Points into `text`, which must outlive the statement.
inline std::optional<std::string_view> view(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return *text;
}

}  // namespace tallyman::book
