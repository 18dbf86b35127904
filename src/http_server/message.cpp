#include "http_server/message.h"

namespace tallyman::http_server {

StreamText stream_text(std::string words) {
  // Shared: see StreamText.
  return std::make_shared<const std::string>(std::move(words));
}

std::optional<std::string_view> find_query(const Request& request, std::string_view name) {
  for (const auto& [key, value] : request.query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace tallyman::http_server
