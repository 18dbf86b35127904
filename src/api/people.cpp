// /api/v1/users, /api/v1/tokens and /api/v1/audit: who may come in, and what was done.
#include <array>

#include <fmt/format.h>

#include "adapters/book/api_tokens.h"
#include "adapters/book/audit.h"
#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "api/body.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/sign_in.h"
#include "domain/base/check.h"
#include "domain/base/digest.h"
#include "domain/base/whole_number.h"
#include "domain/people/token_text.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t kAuditPage = 100;
constexpr std::int64_t kLargestAuditPage = 500;
constexpr Body::Length kName{.least = 1, .most = 60};
constexpr Body::Length kPassword{.least = 1, .most = 2000};

people::Role role_in(Body& body) {
  const auto role = people::role_from(body.text("role"));
  if (!role) throw Refusal{400, "Bad request", "'role' must be viewer, operator or admin."};
  return *role;
}

json::object to_json(const book::UserRow& user) {
  return {{"name", user.name},
          {"role", people::word(user.role)},
          {"created_at", to_text(user.created)},
          {"disabled", user.disabled.has_value()},
          {"last_seen_at", api::to_json(user.last_seen)},
          {"sessions", user.sessions}};
}

json::object to_json(const book::ApiToken& token) {
  return {{"token_id", token.id},
          {"name", token.name},
          {"role", people::word(token.role)},
          {"created_at", to_text(token.created)},
          {"created_by", token.created_by},
          {"expires_at", api::to_json(token.expires)},
          {"last_used_at", api::to_json(token.last_used)},
          {"revoked", token.revoked.has_value()}};
}

json::object user_shown(ports::Tx& tx, const Context& context, const std::string& name) {
  for (const auto& user : book::list_users(tx, context.door.sessions)) {
    if (user.name == name) return to_json(user);
  }
  throw Refusal{404, "Not found", "There is no user of this name."};
}

// Ours are objects. What somebody made of one by hand is shown as the text that it is now.
json::value detail_of(const std::string& text) {
  json::error_code error;
  json::value detail = json::parse(text, error);
  if (error || !detail.is_object()) return json::object{{"unreadable", text}};
  return detail;
}

template <class Work>
auto write(const Context& context, Work work) {
  return ports::transact(context.database, ports::TxMode::write, std::move(work));
}

void note(ports::Tx& tx, const Call& call, std::string_view action, std::string_view subject,
          const json::object& detail = {}) {
  book::audit(tx, {.who = call.who.who,
                   .action = action,
                   .subject = subject,
                   .detail = json::serialize(detail)});
}

ports::Passwords& passwords_of(const Context& context) {
  check(context.passwords != nullptr, "a door with users has passwords");
  return *context.passwords;
}

struct UserChange {
  std::optional<people::Role> role;
  std::optional<bool> disabled;
  std::optional<std::string> password_hash;
};

bool is_admin_who_can_sign_in(const book::User& user) {
  return user.role == people::Role::admin && !user.disabled;
}

// The program must not be left without anybody who may let others in.
void refuse_loss_of_last_admin(ports::Tx& tx, const book::User& user, const UserChange& change) {
  const bool stays = change.role.value_or(user.role) == people::Role::admin &&
                     !change.disabled.value_or(user.disabled.has_value());
  if (stays || book::count_admins(tx) > 1 || !is_admin_who_can_sign_in(user)) return;
  throw Refusal{409, "The last admin",
                fmt::format("{} is the last admin who can sign in. Make somebody else an admin "
                            "first. Nothing was changed.",
                            user.name)};
}

void apply(ports::Tx& tx, const Call& call, const book::User& user, const UserChange& change) {
  const bool other_role = change.role && *change.role != user.role;
  const bool other_state = change.disabled && *change.disabled != user.disabled.has_value();
  if (!other_role && !other_state && !change.password_hash) return;
  if (other_role) {
    book::set_role(tx, user.id, *change.role);
    if (*change.role < user.role) book::revoke_tokens_of(tx, "user:" + user.name);
    note(tx, call, "user.role", user.name,
         {{"before", people::word(user.role)}, {"after", people::word(*change.role)}});
  }
  if (other_state) {
    *change.disabled ? book::disable_user(tx, user.id) : book::enable_user(tx, user.id);
    if (*change.disabled) book::revoke_tokens_of(tx, "user:" + user.name);
    note(tx, call, *change.disabled ? "user.disable" : "user.enable", user.name);
  }
  if (change.password_hash) {
    book::set_password(tx, user.id, *change.password_hash);
    note(tx, call, "user.password", user.name);
  }
  // What they may do has changed, or who they are has to be shown anew.
  book::end_sessions(tx, user.id);
}

}  // namespace

http_server::Response list_users(const Context& context, const Call&) {
  json::array items;
  const auto users = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::list_users(tx, context.door.sessions);
  });
  for (const auto& user : users) items.push_back(to_json(user));
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response add_user(const Context& context, const Call& call) {
  Body body(call.request);
  const auto name = checked_name(body.text("name", kName));
  const auto role = role_in(body);
  const Secret password(body.text("password", kPassword));
  body.done();
  check_password(password, name);
  const std::string hash = passwords_of(context).hash(password);
  const auto made = write(context, [&](ports::Tx& tx) {
    if (role != people::Role::admin && !book::has_users(tx)) {
      throw Refusal{409, "The first user",
                    "The first user must be an admin: from then on everybody has to sign in."};
    }
    if (!book::add_user(tx, name, role, hash)) {
      throw Refusal{409, "Name taken", "There is a user of this name already."};
    }
    auto shown = user_shown(tx, context, name);
    note(tx, call, "user.add", name, {{"role", people::word(role)}});
    return shown;
  });
  return json_response(201, made);
}

http_server::Response change_user(const Context& context, const Call& call) {
  Body body(call.request);
  UserChange change;
  if (body.has("role")) change.role = role_in(body);
  change.disabled = body.optional_flag("disabled");
  const auto password = body.optional_text("password", kPassword);
  body.done();
  const auto& name = call.path.at("name");
  if (password) {
    check_password(Secret(*password), name);
    change.password_hash = passwords_of(context).hash(Secret(*password));
  }
  const auto shown = write(context, [&](ports::Tx& tx) {
    const auto user = book::find_user(tx, name);
    if (!user) throw Refusal{404, "Not found", "There is no user of this name."};
    refuse_loss_of_last_admin(tx, *user, change);
    apply(tx, call, *user, change);
    return user_shown(tx, context, name);
  });
  return json_response(200, shown);
}

http_server::Response list_tokens(const Context& context, const Call&) {
  json::array items;
  const auto tokens = ports::transact(context.database, ports::TxMode::read,
                                      [](ports::Tx& tx) { return book::list_tokens(tx); });
  for (const auto& token : tokens) items.push_back(to_json(token));
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response add_token(const Context& context, const Call& call) {
  Body body(call.request);
  const auto name = body.text("name", kName);
  const auto role = role_in(body);
  const auto expires = body.optional_instant("expires_at");
  body.done();
  check(context.random != nullptr, "a door with tokens has chance");
  auto& random = *context.random;
  const auto bits = [&] {
    return people::Bits256{random.next(), random.next(), random.next(), random.next()};
  };
  const auto token = people::make_token(bits(), bits());
  auto made = write(context, [&](ports::Tx& tx) {
    if (expires && *expires <= tx.now()) {
      throw Refusal{422, "Not accepted", "'expires_at' has passed already."};
    }
    book::add_token(tx, {.id = token.id,
                         .hash = sha256_hex(token.text),
                         .name = name,
                         .role = role,
                         .created_by = call.who.who,
                         .expires = expires});
    note(tx, call, "token.add", token.id, {{"name", name}, {"role", people::word(role)}});
    return to_json(book::ApiToken{.id = token.id,
                                  .name = name,
                                  .role = role,
                                  .created = tx.now(),
                                  .created_by = call.who.who,
                                  .expires = expires});
  });
  made["token"] = token.text;  // this once
  return json_response(201, made);
}

http_server::Response revoke_token(const Context& context, const Call& call) {
  const auto& id = call.path.at("token_id");
  write(context, [&](ports::Tx& tx) {
    if (!book::revoke_token(tx, id)) {
      throw Refusal{404, "Not found", "There is no token with this id that still works."};
    }
    note(tx, call, "token.revoke", id);
  });
  return {.status = 204, .headers = {{"Cache-Control", "no-store"}}};
}

http_server::Response list_audit(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kAuditPage, 1, kLargestAuditPage);
  const auto text = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = http_server::find_query(call.request, name);
    if (!value || value->empty()) return std::nullopt;
    return std::string(*value);
  };
  const book::AuditFilter filter{
      .who = text("who"), .action = text("action"), .subject = text("subject")};
  std::optional<std::int64_t> before;
  if (const auto cursor = text("cursor")) {
    before = whole_number(*cursor);
    if (!before) {
      throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
    }
  }
  std::vector<book::AuditRow> rows;
  std::optional<book::AuditChain> chain;
  ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    rows = book::list_audit(tx, filter, before, limit + 1);
    if (!before) chain = book::verify_audit(tx);
  });
  json::value next = nullptr;
  if (rows.size() > static_cast<std::size_t>(limit)) {
    rows.pop_back();
    next = std::to_string(rows.back().id);
  }
  json::array items;
  for (const auto& row : rows) {
    items.push_back({{"id", row.id},
                     {"at", to_text(row.at)},
                     {"who", row.who},
                     {"action", row.action},
                     {"subject", row.subject},
                     {"detail", detail_of(row.detail)}});
  }
  json::value checked = nullptr;
  if (chain) {
    json::value broken = nullptr;
    if (chain->broken_at) broken = *chain->broken_at;
    checked = json::object{{"verified", !chain->broken_at.has_value()},
                           {"checked", chain->checked},
                           {"broken_at", std::move(broken)},
                           {"head", chain->head}};
  }
  return json_response(200, json::object{{"items", std::move(items)},
                                         {"next_cursor", std::move(next)},
                                         {"chain", std::move(checked)}});
}

std::span<const Route> people_routes() {
  static constexpr std::array kAuditQuery = {
      QueryRow{"who", "string", "only what this one did: user:ana, token:till, local:shell"},
      QueryRow{"action", "string", "only this action: user.add"},
      QueryRow{"subject", "string", "only what was done to this"},
      QueryRow{"cursor", "string", "next_cursor of the page before"},
      QueryRow{"limit", "integer", "rows of a page, at most 500"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/users",
            .operation = "listUsers",
            .summary = "Who may sign in",
            .access = Access::admin,
            .answer = list_users,
            .answers = "UserPage"},
      Route{.method = "POST",
            .pattern = "/api/v1/users",
            .operation = "addUser",
            .summary = "Let somebody in",
            .access = Access::admin,
            .answer = add_user,
            .body = "UserNew",
            .answers = "User",
            .status = 201,
            .repeat = Repeat::done_again},
      Route{.method = "PATCH",
            .pattern = "/api/v1/users/{name}",
            .operation = "changeUser",
            .summary = "Another role or password, disable, enable; ends the user's sessions",
            .access = Access::admin,
            .answer = change_user,
            .body = "UserChange",
            .answers = "User"},
      Route{.method = "GET",
            .pattern = "/api/v1/tokens",
            .operation = "listTokens",
            .summary = "API tokens",
            .access = Access::admin,
            .answer = list_tokens,
            .answers = "TokenPage"},
      Route{.method = "POST",
            .pattern = "/api/v1/tokens",
            .operation = "addToken",
            .summary = "Make an API token; it is shown this once",
            .access = Access::admin,
            .answer = add_token,
            .body = "TokenNew",
            .answers = "TokenShown",
            .status = 201,
            .repeat = Repeat::refused},
      Route{.method = "DELETE",
            .pattern = "/api/v1/tokens/{token_id}",
            .operation = "revokeToken",
            .summary = "From now on this token is refused",
            .access = Access::admin,
            .answer = revoke_token,
            .status = 204},
      Route{
          .method = "GET",
          .pattern = "/api/v1/audit",
          .operation = "listAudit",
          .summary = "What was done by whom, newest first; the first page also verifies the chain",
          .access = Access::admin,
          .answer = list_audit,
          .answers = "AuditPage",
          .query = kAuditQuery},
  };
  return kRoutes;
}

}  // namespace tallyman::api
