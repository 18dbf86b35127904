// In front of every route: who asks, and may they? What nobody allowed is refused.
#pragma once

#include <functional>
#include <string>

#include "api/context.h"
#include "api/identity.h"
#include "api/routes.h"

namespace tallyman::api {

// Who asks, by what they show: an API token, a session's cookie, the program's own socket; or,
// in the demo, this machine's browser. Kind::nobody when they show nothing that
// holds. Throws Refusal 401 for a token that is wrong: it was meant to count.
Identity identify(const Context& context, const http_server::Request& request,
                  Use use = Use::counts);

// Asked again later: the session or token still holds, and with the same role.
std::function<bool(ports::Tx&)> still_let_in(const Context& context, const Identity& who);

// Nobody has to sign in: the demo, asked on this machine itself. A program without users is not
// open: the first admin comes by the setup link or over the program's own socket.
bool is_open(const Context& context, const http_server::Request& request);

// This machine itself, or somebody who may look at the pages: hears names, not just whether all is
// well. Throws Refusal 401 for a token that is wrong.
bool may_watch(const Context& context, const http_server::Request& request);

// Throws Refusal when `call` may not be answered: 415 for a form, 401, 403. Fills in call.who. What
// is refused stands in the audit log afterwards, unless nobody tried to be somebody.
void admit(const Context& context, const Route& route, Call& call);

// The session's cookie and the proof that a write comes from a page that read the session.
std::string session_cookie(const Context& context, const http_server::Request& request,
                           const Secret& session);
std::string cookie_that_ends_it(const Context& context, const http_server::Request& request);
std::string csrf_of(const Secret& session);
// As the book keeps it.
std::string hash_of(const Secret& session);

}  // namespace tallyman::api
