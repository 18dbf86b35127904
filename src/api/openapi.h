// The API's description of itself (OpenAPI 3.1), made from the same table that routes and checks,
// so that the two cannot differ. What a body or an answer looks like is said in src/api/schemas.
#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "api/routes.h"

namespace tallyman::api {

// `version` is the program's.
boost::json::object openapi(std::string_view version);

// The same with line ends and two spaces per level, for people and for version control.
std::string openapi_text(std::string_view version);

http_server::Response get_openapi(const Context& context, const Call& call);

}  // namespace tallyman::api
