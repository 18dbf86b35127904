#include "api/problem.h"

#include <boost/json.hpp>

namespace tallyman::api {

http_server::Response problem_response(int status, std::string_view title, std::string_view detail,
                                       std::string_view type) {
  const boost::json::object body{
      {"type", type}, {"title", title}, {"status", status}, {"detail", detail}};
  return {.status = status,
          .headers = {{"Content-Type", "application/problem+json; charset=utf-8"},
                      {"Cache-Control", "no-store"}},
          .body = boost::json::serialize(body)};
}

}  // namespace tallyman::api
