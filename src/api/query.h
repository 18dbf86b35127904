// The query of a request, held against the rows of its route.
#pragma once

#include <optional>
#include <string>

#include "api/routes.h"

namespace tallyman::api {

// Why the query is refused, naming what the route knows: an unknown parameter, one given twice, one
// that is not of its type ("integer": a whole number; "boolean": true or false). None: it is fine.
std::optional<std::string> what_is_wrong(const Route& route, const http_server::Request& request);

}  // namespace tallyman::api
