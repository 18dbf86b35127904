// The API's route table and the door in front of it: what is answered where, by whom.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "api/context.h"
#include "http_server/message.h"

namespace tallyman::api {

// One request that matched a route: the parts of the path in braces, by name.
struct Call {
  const http_server::Request& request;
  std::map<std::string, std::string, std::less<>> path;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/api/v1/orders/{number}"
  http_server::Response (*answer)(const Context&, const Call&);
  std::string_view summary;
};

std::span<const Route> routes();

// Answers everything: API, health and pages. `context` must outlive the handler.
http_server::Handler make_handler(const Context& context);

}  // namespace tallyman::api
