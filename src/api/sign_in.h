// Signing in, the first admin, and new passwords: what is checked, counted, hashed and written.
#pragma once

#include <optional>
#include <string>

#include "api/context.h"
#include "api/identity.h"
#include "http_server/message.h"

namespace tallyman::api {

// What a new session's browser is given. Every one has a new id.
struct NewSession {
  Secret id;
  Identity who;
};

// Throws Refusal 401 (the same for an unknown name, a disabled user and a wrong password, after the
// same work) and 429 with Retry-After. Ends the session that the browser held before.
NewSession sign_in(const Context& context, const http_server::Request& request,
                   const std::string& name, const Secret& password);

// The first admin, by the link of setup_link(). Throws Refusal 403, 409, 422.
NewSession set_up(const Context& context, const http_server::Request& request, const Secret& link,
                  const std::string& name, const Secret& password);

// Ends every session of the user and begins a new one. Throws Refusal 403 (the old one is wrong),
// 422, 429.
NewSession change_password(const Context& context, const http_server::Request& request,
                           const Identity& who, const Secret& before, const Secret& after);

// Throws Refusal 422 when it cannot be the password of that user.
void check_password(const Secret& password, const std::string& user_name);
// Throws Refusal 422; answers the name as it is written here.
std::string checked_name(const std::string& name);

// While there is no user: a new secret for "/setup#token=…", good once and for a day. The newest is
// the only one that is good. None when somebody can sign in already.
std::optional<Secret> setup_link(ports::Database& database, ports::Random& random);

}  // namespace tallyman::api
