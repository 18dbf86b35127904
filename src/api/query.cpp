#include "api/query.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/base/whole_number.h"

namespace tallyman::api {

namespace {

std::string known(const Route& route) {
  if (route.query.empty()) return "This path takes no query.";
  std::string names;
  for (const auto& row : route.query) {
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  }
  return "This path knows " + names + ".";
}

bool is_of_type(std::string_view type, std::string_view text) {
  if (type == "integer") return whole_number(text).has_value();
  if (type == "boolean") return text == "true" || text == "false";
  return true;
}

}  // namespace

std::optional<std::string> what_is_wrong(const Route& route, const http_server::Request& request) {
  for (const auto& [name, value] : request.query) {
    const auto row = std::ranges::find(route.query, name, &QueryRow::name);
    if (row == route.query.end()) {
      return fmt::format("The query has an unknown parameter. {}", known(route));
    }
    if (std::ranges::count(request.query, name, [](const auto& pair) { return pair.first; }) > 1) {
      return fmt::format("{} is given twice.", row->name);
    }
    if (!is_of_type(row->type, value)) {
      return row->type == "integer" ? fmt::format("{} must be a whole number.", row->name)
                                    : fmt::format("{} must be true or false.", row->name);
    }
  }
  return std::nullopt;
}

}  // namespace tallyman::api
