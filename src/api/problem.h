// Errors as RFC 9457 problem documents.
#pragma once

#include <string>
#include <string_view>

#include "http_server/message.h"

namespace tallyman::api {

inline constexpr std::string_view kNoType = "about:blank";
inline constexpr std::string_view kNotSetUp = "urn:tallyman:not-set-up";  // no key or secret

// `title` names the kind ("Not found"), `detail` says what happened here, for a person.
http_server::Response problem_response(int status, std::string_view title, std::string_view detail,
                                       std::string_view type = kNoType);

// A request that cannot be answered: thrown by handlers, answered by the router.
struct Refusal {
  int status = 400;
  std::string title;
  std::string detail;
  std::string_view type = kNoType;  // a constant, for programs
  ports::Headers headers{};         // beside those of every problem: Retry-After
};

http_server::Response answer_to(const Refusal& refusal);

}  // namespace tallyman::api
