// Who asks: a signed-in person, an API token, or the same user of this machine over the socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/base/secret.h"
#include "domain/base/time.h"
#include "domain/people/role.h"

namespace tallyman::api {

enum class Kind { nobody, local, user, token };

// Whether a request keeps its session alive. One that a page makes by itself does not.
enum class Use { counts, by_itself };

struct Identity {
  // As the audit log names it: "user:ana", "token:till/ab12cd34", "local:shell" (the program's
  // socket), "local:open" (this machine's browser, where no sign-in is needed).
  std::string who = "nobody";
  people::Role role = people::Role::viewer;
  bool is_known = false;  // false: nobody signed in; only routes of Access::anybody answer
  Kind kind = Kind::nobody;
  std::string name{};                // "ana", "till", "local"
  std::optional<Instant> expires{};  // of the session or token
  // Of a session only:
  std::int64_t user = 0;
  Secret session{};  // what the browser holds
  // Of a token only:
  std::string token_id{};
  std::string token_hash{};
};

}  // namespace tallyman::api
