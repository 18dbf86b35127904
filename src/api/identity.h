// Who asks: a signed-in person, an API token, or the same user of this machine over the socket.
#pragma once

#include <string>

#include "domain/people/role.h"

namespace tallyman::api {

struct Identity {
  std::string who = "nobody";  // as the audit log names it: "user:ana", "token:till", "local:root"
  people::Role role = people::Role::viewer;
  bool is_known = false;  // false: nobody signed in; only routes of Access::open answer
};

}  // namespace tallyman::api
