#include "api/json.h"

#include <fmt/format.h>

#include "api/problem.h"
#include "domain/base/whole_number.h"

namespace tallyman::api {

void add_provenance(boost::json::object& object, const views::Provenance& provenance) {
  object["as_of"] = to_text(provenance.as_of);
  object["proven"] = provenance.proven;
  object["proof"] = provenance.proof;
  object["reading"] = views::word(provenance.reading);
}

http_server::Response json_response(int status, const boost::json::value& body) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Cache-Control", "no-store"}},
          .body = boost::json::serialize(body)};
}

std::int64_t number_in_query(const http_server::Request& request, std::string_view name,
                             std::int64_t usual, std::int64_t least, std::int64_t most) {
  const auto text = http_server::find_query(request, name);
  if (!text) return usual;
  const auto value = whole_number(*text);
  if (!value || *value < least || *value > most) {
    throw Refusal{400, "Bad request",
                  fmt::format("{} must be a whole number from {} to {}.", name, least, most)};
  }
  return *value;
}

}  // namespace tallyman::api
