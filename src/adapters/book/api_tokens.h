// API tokens: programs that ask on somebody's behalf. Only the SHA-256 of a token is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/people/role.h"
#include "ports/database.h"

namespace tallyman::book {

struct ApiToken {
  std::string id;  // eight characters of the token, no secret
  std::string name;
  people::Role role = people::Role::viewer;
  Instant created;
  std::string created_by;  // "user:ana"
  std::optional<Instant> expires{};
  std::optional<Instant> last_used{};  // to the minute
  std::optional<Instant> revoked{};
};

struct NewApiToken {
  std::string_view id;
  std::string_view hash;  // sha256_hex of the whole text
  std::string_view name;
  people::Role role = people::Role::viewer;
  std::string_view created_by;
  std::optional<Instant> expires{};
};

void add_token(ports::Tx& tx, const NewApiToken& token);
std::vector<ApiToken> list_tokens(ports::Tx& tx);  // newest first
// False when there is no such token or it was revoked before.
bool revoke_token(ports::Tx& tx, std::string_view id);
// Those that somebody made: who may do less than before must not keep more in a token.
void revoke_tokens_of(ports::Tx& tx, std::string_view created_by);

struct TokenOwner {
  std::string id{};
  std::string name;
  people::Role role = people::Role::viewer;
  std::optional<Instant> expires;
  bool use_to_note = false;  // the last note of its use is over a minute old
};
// None when the token is unknown, wrong, revoked or expired.
std::optional<TokenOwner> find_token(ports::Tx& tx, std::string_view id, std::string_view hash);
void note_token_use(ports::Tx& tx, std::string_view id);

}  // namespace tallyman::book
