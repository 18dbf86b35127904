// Text as people meant it: without the spaces around it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tallyman::orders {

// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

// Trimmed; an empty text counts as absent.
std::optional<std::string> present(const std::optional<std::string>& text);

}  // namespace tallyman::orders
