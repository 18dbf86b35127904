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

http_server::Response answer_to(const Refusal& refusal) {
  auto response = problem_response(refusal.status, refusal.title, refusal.detail, refusal.type);
  for (const auto& header : refusal.headers) response.headers.push_back(header);
  return response;
}

}  // namespace tallyman::api
