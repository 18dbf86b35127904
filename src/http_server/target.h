// The target of a request ("/orders/10%2F1?from=a+b") taken apart and decoded, strictly. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "http_server/head.h"

namespace tallyman::http_server {

struct Target {
  std::string path;  // decoded, begins with '/'
  std::vector<std::pair<std::string, std::string>> query;
};

// Refused with 400: a target not beginning with '/', a '%' without two hex digits, text that is
// not UTF-8, a NUL; in the path also other control characters and "." or ".." as a segment.
tl::expected<Target, Refusal> parse_target(std::string_view target);

}  // namespace tallyman::http_server
