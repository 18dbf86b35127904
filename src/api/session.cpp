// /api/v1/session and /api/v1/setup: who is signed in, signing in and out, the first admin.
#include <array>
#include <chrono>

#include "adapters/book/audit.h"
#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "api/body.h"
#include "api/guard.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/sign_in.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

// Longer ones are wrong passwords, not bad requests: the rule is for new ones.
constexpr Body::Length kTyped{.least = 1, .most = 2000};

std::string_view word(Kind kind) {
  switch (kind) {
    case Kind::nobody: return "nobody";
    case Kind::local: return "local";
    case Kind::user: return "user";
    case Kind::token: return "token";
  }
  return "nobody";
}

json::object session_of(const Context& context, const http_server::Request& request,
                        const Identity& who) {
  json::value user = nullptr;
  if (who.is_known) {
    user = json::object{
        {"name", who.name}, {"role", people::word(who.role)}, {"kind", word(who.kind)}};
  }
  json::value csrf = nullptr;
  if (who.kind == Kind::user) csrf = json::value(csrf_of(who.session));
  const bool has_users = ports::transact(context.database, ports::TxMode::read,
                                         [](ports::Tx& tx) { return book::has_users(tx); });
  return {{"user", std::move(user)},
          {"csrf", std::move(csrf)},
          {"setup_needed", !has_users && !context.demo},
          {"open", is_open(context, request)},
          {"secure", is_secure(request, context.door)},
          {"idle_minutes",
           std::chrono::duration_cast<std::chrono::minutes>(context.door.sessions.idle).count()},
          {"expires_at", to_json(who.expires)}};
}

http_server::Response signed_in(const Context& context, const Call& call, int status,
                                const NewSession& made) {
  auto response = json_response(status, session_of(context, call.request, made.who));
  response.headers.emplace_back("Set-Cookie", session_cookie(context, call.request, made.id));
  return response;
}

}  // namespace

http_server::Response get_session(const Context& context, const Call& call) {
  return json_response(200, session_of(context, call.request, identify(context, call.request)));
}

http_server::Response begin_session(const Context& context, const Call& call) {
  Body body(call.request);
  const auto name = body.text("name", kTyped);
  const Secret password(body.text("password", kTyped));
  body.done();
  return signed_in(context, call, 200, sign_in(context, call.request, name, password));
}

http_server::Response end_session(const Context& context, const Call& call) {
  if (call.who.kind == Kind::user) {
    ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
      book::end_session(tx, hash_of(call.who.session));
      book::audit(tx, {.who = call.who.who, .action = "session.end", .subject = call.who.name});
    });
  }
  return {.status = 204,
          .headers = {{"Cache-Control", "no-store"},
                      {"Set-Cookie", cookie_that_ends_it(context, call.request)}}};
}

http_server::Response set_up_first_admin(const Context& context, const Call& call) {
  Body body(call.request);
  const Secret link(body.text("token", kTyped));
  const auto name = body.text("name", kTyped);
  const Secret password(body.text("password", kTyped));
  body.done();
  return signed_in(context, call, 201, set_up(context, call.request, link, name, password));
}

http_server::Response change_own_password(const Context& context, const Call& call) {
  Body body(call.request);
  const Secret before(body.text("old_password", kTyped));
  const Secret after(body.text("new_password", kTyped));
  body.done();
  if (call.who.kind != Kind::user) {
    throw Refusal{409, "No password here",
                  "Only somebody who signed in has a password. Use PATCH /users/{name}."};
  }
  return signed_in(context, call, 200,
                   change_password(context, call.request, call.who, before, after));
}

std::span<const Route> session_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/session",
            .operation = "getSession",
            .summary = "Who is signed in, and whether anybody has to be",
            .access = Access::anybody,
            .answer = get_session,
            .answers = "Session"},
      Route{.method = "POST",
            .pattern = "/api/v1/session",
            .operation = "beginSession",
            .summary = "Sign in",
            .access = Access::anybody,
            .answer = begin_session,
            .body = "SignIn",
            .answers = "Session",
            .repeat = Repeat::done_again},
      Route{.method = "DELETE",
            .pattern = "/api/v1/session",
            .operation = "endSession",
            .summary = "Sign out",
            .access = Access::viewer,
            .answer = end_session,
            .status = 204},
      Route{.method = "PUT",
            .pattern = "/api/v1/session/password",
            .operation = "changeOwnPassword",
            .summary = "A new password for oneself; all other sessions end",
            .access = Access::viewer,
            .answer = change_own_password,
            .body = "PasswordChange",
            .answers = "Session"},
      Route{.method = "POST",
            .pattern = "/api/v1/setup",
            .operation = "setUp",
            .summary = "Make the first admin, with the link that the first start printed",
            .access = Access::anybody,
            .answer = set_up_first_admin,
            .body = "SetUp",
            .answers = "Session",
            .status = 201,
            .repeat = Repeat::done_again},
  };
  return kRoutes;
}

}  // namespace tallyman::api
