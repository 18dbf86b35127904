#include "adapters/book/users.h"

#include "adapters/book/sql/users.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
// The table allows only our words; an unknown one would be a newer program's, which may nothing.
people::Role role_in(std::string_view word) {
  return people::role_from(word).value_or(people::Role::viewer);
}
}  // namespace

bool has_users(ports::Tx& tx) { return ports::select_one<sql::FindAnyUser>(tx, {}).has_value(); }

std::optional<User> find_user(ports::Tx& tx, std::string_view name) {
  auto row = ports::select_one<sql::FindUser>(tx, {.name = name});
  if (!row) return std::nullopt;
  return User{.id = row->user_id,
              .name = std::move(row->name),
              .role = role_in(row->role),
              .password_hash = std::move(row->password_hash),
              .created = row->created_us,
              .disabled = row->disabled_us};
}

std::vector<UserRow> list_users(ports::Tx& tx, const people::SessionRules& rules) {
  std::vector<UserRow> users;
  for (auto& row : ports::select<sql::ListUsers>(
           tx, {.now_us = tx.now(), .seen_after_us = tx.now() - rules.idle})) {
    users.push_back({.name = std::move(row.name),
                     .role = role_in(row.role),
                     .created = row.created_us,
                     .disabled = row.disabled_us,
                     .last_seen = row.last_seen_us,
                     .sessions = row.sessions});
  }
  return users;
}

bool add_user(ports::Tx& tx, std::string_view name, people::Role role,
              std::string_view password_hash) {
  return ports::execute<sql::AddUser>(tx, {.name = name,
                                           .role = people::word(role),
                                           .password_hash = password_hash,
                                           .now_us = tx.now()}) == 1;
}

std::int64_t count_admins(ports::Tx& tx) {
  return static_cast<std::int64_t>(ports::select<sql::LockAdmins>(tx, {}).size());
}

void set_role(ports::Tx& tx, std::int64_t user, people::Role role) {
  ports::execute<sql::SetUserRole>(
      tx, {.user_id = user, .role = people::word(role), .now_us = tx.now()});
}

void disable_user(ports::Tx& tx, std::int64_t user) {
  ports::execute<sql::SetUserDisabled>(
      tx, {.user_id = user, .disabled_us = tx.now(), .now_us = tx.now()});
}

void enable_user(ports::Tx& tx, std::int64_t user) {
  ports::execute<sql::SetUserDisabled>(
      tx, {.user_id = user, .disabled_us = std::nullopt, .now_us = tx.now()});
}

void set_password(ports::Tx& tx, std::int64_t user, std::string_view password_hash) {
  ports::execute<sql::SetUserPassword>(
      tx, {.user_id = user, .password_hash = password_hash, .now_us = tx.now()});
}

void add_setup_link(ports::Tx& tx, std::string_view token_hash, Micros good_for) {
  // Also those that would still be good: the newest counts.
  ports::execute<sql::ForgetSetupLinks>(tx, {});
  ports::execute<sql::AddSetupLink>(
      tx, {.token_hash = token_hash, .now_us = tx.now(), .expires_us = tx.now() + good_for});
}

bool has_setup_link(ports::Tx& tx, std::string_view token_hash) {
  return ports::select_one<sql::FindSetupLink>(tx, {.token_hash = token_hash, .now_us = tx.now()})
      .has_value();
}

bool use_setup_link(ports::Tx& tx, std::string_view token_hash) {
  return ports::execute<sql::UseSetupLink>(tx, {.token_hash = token_hash, .now_us = tx.now()}) == 1;
}

}  // namespace tallyman::book
