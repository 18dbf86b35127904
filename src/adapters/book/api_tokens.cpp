#include "adapters/book/api_tokens.h"

#include <chrono>

#include "adapters/book/sql/api_tokens.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr Micros kUseNotedEach = std::chrono::minutes{1};
}

void add_token(ports::Tx& tx, const NewApiToken& token) {
  ports::execute<sql::AddApiToken>(tx, {.token_id = token.id,
                                        .token_hash = token.hash,
                                        .name = token.name,
                                        .role = people::word(token.role),
                                        .now_us = tx.now(),
                                        .created_by = token.created_by,
                                        .expires_us = token.expires});
}

std::vector<ApiToken> list_tokens(ports::Tx& tx) {
  std::vector<ApiToken> tokens;
  for (auto& row : ports::select<sql::ListApiTokens>(tx, {})) {
    tokens.push_back({.id = std::move(row.token_id),
                      .name = std::move(row.name),
                      .role = people::role_from(row.role).value_or(people::Role::viewer),
                      .created = row.created_us,
                      .created_by = std::move(row.created_by),
                      .expires = row.expires_us,
                      .last_used = row.last_used_us,
                      .revoked = row.revoked_us});
  }
  return tokens;
}

bool revoke_token(ports::Tx& tx, std::string_view id) {
  return ports::execute<sql::RevokeApiToken>(tx, {.token_id = id, .now_us = tx.now()}) == 1;
}

// The digests are compared, not the tokens: how far they agree tells nothing about a token.
std::optional<TokenOwner> find_token(ports::Tx& tx, std::string_view id, std::string_view hash) {
  auto row = ports::select_one<sql::FindApiToken>(tx, {.token_id = id});
  if (!row || row->token_hash != hash || row->revoked_us) return std::nullopt;
  if (row->expires_us && *row->expires_us <= tx.now()) return std::nullopt;
  const auto role = people::role_from(row->role);
  if (!role) return std::nullopt;
  return TokenOwner{
      .id = std::string(id),
      .name = std::move(row->name),
      .role = *role,
      .expires = row->expires_us,
      .use_to_note = !row->last_used_us || tx.now() - *row->last_used_us >= kUseNotedEach};
}

void note_token_use(ports::Tx& tx, std::string_view id) {
  ports::execute<sql::NoteApiTokenUse>(tx, {.token_id = id, .now_us = tx.now()});
}

void revoke_tokens_of(ports::Tx& tx, std::string_view created_by) {
  ports::execute<sql::RevokeTokensOf>(tx, {.created_by = created_by, .now_us = tx.now()});
}

}  // namespace tallyman::book
