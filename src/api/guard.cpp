#include "api/guard.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "adapters/book/api_tokens.h"
#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "api/body.h"
#include "api/origin.h"
#include "api/problem.h"
#include "domain/base/digest.h"
#include "domain/people/token_text.h"
#include "http_server/head.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

using http_server::Request;

// With the prefix a browser takes the cookie only over TLS, for this host and the whole of it.
constexpr std::string_view kSecureCookie = "__Host-tallyman";
constexpr std::string_view kPlainCookie = "tallyman";
constexpr std::size_t kSessionDigits = 64;

[[noreturn]] void refuse_sign_in(std::string detail) {
  throw Refusal{401, "Not signed in", std::move(detail), kNoType, {{"WWW-Authenticate", "Bearer"}}};
}

[[noreturn]] void forbid(std::string detail) { throw Refusal{403, "Forbidden", std::move(detail)}; }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// None when it is missing or there twice: a page of a neighbouring host could have added one.
std::optional<std::string> cookie(const Request& request, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [header, value] : request.headers) {
    if (!http_server::same_word(header, "Cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      const auto pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      if (found) return std::nullopt;
      found = pair.substr(equals + 1);
    }
  }
  return found;
}

std::string_view cookie_name(const Context& context, const Request& request) {
  return is_secure(request, context.door) ? kSecureCookie : kPlainCookie;
}

// Beside the answer: one request at a time does it, so that a write lock held elsewhere stops no
// more than one; what is not noted now is noted by the next request.
template <class Work>
void note_use(const Context& context, const Work& work) {
  const Places::Place place(context.door_state->asides);
  if (!place) return;
  try {
    ports::transact(context.database, ports::TxMode::write, work);
    // NOLINTNEXTLINE(bugprone-empty-catch): the answer itself says what the database is worth
  } catch (const ports::DbFailure&) {
  }
}

Identity by_token(const Context& context, std::string_view authorization, Use use) {
  constexpr std::string_view kScheme = "bearer ";
  const auto scheme = authorization.substr(0, kScheme.size());
  const bool is_bearer = http_server::same_word(scheme, kScheme);
  const auto text = trimmed(authorization.substr(is_bearer ? kScheme.size() : 0));
  const auto id = people::token_id_in(text);
  if (!is_bearer || !id) refuse_sign_in("Authorization must be an API token of this program.");
  const std::string hash = sha256_hex(text);
  const auto owner = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::find_token(tx, *id, hash);
  });
  if (!owner) refuse_sign_in("This API token is unknown, revoked or expired.");
  if (owner->use_to_note && use == Use::counts) {
    note_use(context, [&](ports::Tx& tx) { book::note_token_use(tx, *id); });
  }
  return {.who = "token:" + owner->name + "/" + owner->id,
          .role = owner->role,
          .is_known = true,
          .kind = Kind::token,
          .name = owner->name,
          .expires = owner->expires,
          .token_id = owner->id,
          .token_hash = hash};
}

std::optional<Identity> by_session(const Context& context, const Request& request, Use use) {
  const auto value = cookie(request, cookie_name(context, request));
  if (!value || value->size() != kSessionDigits) return std::nullopt;
  const Secret id(*value);
  const std::string hash = hash_of(id);
  const auto session = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::find_session(tx, hash, context.door.sessions);
  });
  if (!session) return std::nullopt;
  if (session->state == people::SessionState::live_to_note && use == Use::counts) {
    note_use(context, [&](ports::Tx& tx) { book::note_session_use(tx, hash); });
  }
  return Identity{.who = "user:" + session->name,
                  .role = session->role,
                  .is_known = true,
                  .kind = Kind::user,
                  .name = session->name,
                  .expires = session->expires,
                  .user = session->user,
                  .session = id};
}

Identity local(std::string who) {
  return {.who = std::move(who),
          .role = people::Role::admin,
          .is_known = true,
          .kind = Kind::local,
          .name = "local"};
}

people::Role needed(Access access) {
  switch (access) {
    case Access::anybody:
    case Access::viewer: return people::Role::viewer;
    case Access::operator_: return people::Role::operator_;
    case Access::admin: return people::Role::admin;
  }
  return people::Role::admin;
}

// Equal in as much time as unequal: where they differ is told to nobody.
bool same_secret(std::string_view a, std::string_view b) { return sha256_hex(a) == sha256_hex(b); }

// A file comes as what it is; a form is what another site's page can make a browser send unasked.
bool is_file(const Request& request) {
  constexpr std::array<std::string_view, 3> kMedia = {"application/xml", "text/xml",
                                                      "application/octet-stream"};
  const auto type = ports::find_header(request.headers, "Content-Type").value_or("");
  std::string media(type.substr(0, type.find(';')));
  while (media.ends_with(' ')) media.pop_back();
  return std::ranges::find(kMedia, media) != kMedia.end();
}

void check_file(const Request& request) {
  const bool claims = ports::find_header(request.headers, "Content-Type").has_value();
  if (is_file(request) || (request.body.empty() && !claims)) return;
  throw Refusal{415, "Unsupported media type", "Send the file as application/xml."};
}

void check_form(const Request& request) {
  const bool claims = ports::find_header(request.headers, "Content-Type").has_value();
  if (is_reading(request) || (request.body.empty() && !claims)) return;
  if (!is_json(request)) {
    throw Refusal{415, "Unsupported media type", "Send the body as application/json."};
  }
}

// A cookie goes along with whatever a page sends; these two do not.
void check_page(const Context& context, const Request& request, const Identity& who) {
  if (who.kind != Kind::user || is_reading(request)) return;
  if (!is_from_our_page(request, context.door))
    forbid("This request does not come from a page of ours.");
  const auto sent = ports::find_header(request.headers, "X-CSRF-Token");
  if (!sent || !same_secret(*sent, csrf_of(who.session))) {
    forbid("The page is out of date: load it again. Nothing was changed.");
  }
}

}  // namespace

std::string hash_of(const Secret& session) { return sha256_hex(session.reveal()); }

std::string csrf_of(const Secret& session) {
  return sha256_hex("tallyman csrf " + session.reveal());
}

std::string session_cookie(const Context& context, const Request& request, const Secret& session) {
  const auto name = cookie_name(context, request);
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}", name, session.reveal(),
                     name == kSecureCookie ? "; Secure" : "");
}

std::string cookie_that_ends_it(const Context& context, const Request& request) {
  return session_cookie(context, request, Secret{}) + "; Max-Age=0";
}

bool is_open(const Context& context, const Request& request) {
  return context.demo && is_direct_and_local(request, context.door);
}

Identity identify(const Context& context, const Request& request, Use use) {
  if (const auto shown = ports::find_header(request.headers, "Authorization")) {
    return by_token(context, *shown, use);
  }
  if (auto session = by_session(context, request, use)) return std::move(*session);
  if (request.peer == "unix") return local("local:shell");
  if (is_open(context, request)) return local("local:open");
  return {};
}

bool may_watch(const Context& context, const Request& request) {
  return request.peer == "unix" || is_direct_and_local(request, context.door) ||
         identify(context, request).is_known;
}

std::function<bool(ports::Tx&)> still_let_in(const Context& context, const Identity& who) {
  const auto role = who.role;
  switch (who.kind) {
    case Kind::nobody: return [](ports::Tx&) { return false; };
    case Kind::local: return [](ports::Tx&) { return true; };
    case Kind::user:
      return [hash = hash_of(who.session), rules = context.door.sessions, role](ports::Tx& tx) {
        const auto session = book::find_session(tx, hash, rules);
        return session && session->role == role;
      };
    case Kind::token:
      return [id = who.token_id, hash = who.token_hash, role](ports::Tx& tx) {
        const auto owner = book::find_token(tx, id, hash);
        return owner && owner->role == role;
      };
  }
  return [](ports::Tx&) { return false; };
}

void admit(const Context& context, const Route& route, Call& call) {
  if (route.takes == kJson) {
    check_form(call.request);
  } else {
    check_file(call.request);
  }
  if (route.access == Access::anybody) return;
  call.who = identify(context, call.request, route.use);
  if (!call.who.is_known) refuse_sign_in("Sign in first. Nothing was changed.");
  if (!people::may(call.who.role, needed(route.access))) {
    forbid(fmt::format("This needs the role {}; {} is {}.", people::word(needed(route.access)),
                       call.who.name, people::word(call.who.role)));
  }
  check_page(context, call.request, call.who);
}

}  // namespace tallyman::api
