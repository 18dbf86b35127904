// People who sign in. A user is never deleted: what they did stays theirs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/people/role.h"
#include "domain/people/session.h"
#include "ports/database.h"

namespace tallyman::book {

struct User {
  std::int64_t id = 0;
  std::string name;
  people::Role role = people::Role::viewer;
  std::string password_hash;
  Instant created;
  std::optional<Instant> disabled;
};

struct UserRow {
  std::string name;
  people::Role role = people::Role::viewer;
  Instant created;
  std::optional<Instant> disabled;
  std::optional<Instant> last_seen;
  std::int64_t sessions = 0;  // live ones
};

bool has_users(ports::Tx& tx);
std::optional<User> find_user(ports::Tx& tx, std::string_view name);
std::vector<UserRow> list_users(ports::Tx& tx, const people::SessionRules& rules);

// False when the name is taken.
bool add_user(ports::Tx& tx, std::string_view name, people::Role role,
              std::string_view password_hash);

// How many admins could still sign in; their rows stay locked until the transaction ends.
std::int64_t count_admins(ports::Tx& tx);

void set_role(ports::Tx& tx, std::int64_t user, people::Role role);
void disable_user(ports::Tx& tx, std::int64_t user);
void enable_user(ports::Tx& tx, std::int64_t user);
void set_password(ports::Tx& tx, std::int64_t user, std::string_view password_hash);

// The link with which the first admin is made; older ones are void. Only its SHA-256 is kept.
void add_setup_link(ports::Tx& tx, std::string_view token_hash, Micros good_for);
// False when it is unknown, used before or too old.
bool has_setup_link(ports::Tx& tx, std::string_view token_hash);  // one that is still good
bool use_setup_link(ports::Tx& tx, std::string_view token_hash);

}  // namespace tallyman::book
