// Errors as RFC 9457 problem documents.
#pragma once

#include <string>
#include <string_view>

#include "http_server/message.h"

namespace tallyman::api {

// `title` names the kind ("Not found"), `detail` says what happened here, for a person.
http_server::Response problem_response(int status, std::string_view title, std::string_view detail);

// A request that cannot be answered: thrown by handlers, answered by the router.
struct Refusal {
  int status = 400;
  std::string title;
  std::string detail;
};

}  // namespace tallyman::api
