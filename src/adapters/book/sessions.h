// Who is signed in, and who tried in vain. What a browser sends is never kept, only its SHA-256.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "domain/people/role.h"
#include "domain/people/session.h"
#include "domain/people/throttle.h"
#include "ports/database.h"

namespace tallyman::book {

struct Session {
  std::int64_t user = 0;
  std::string name;
  people::Role role = people::Role::viewer;
  Instant expires;
  people::SessionState state = people::SessionState::over;  // never `over` when found
};

void begin_session(ports::Tx& tx, std::string_view session_hash, std::int64_t user,
                   std::string_view peer, const people::SessionRules& rules);
// None when it is unknown, ended or over, or its user is disabled.
std::optional<Session> find_session(ports::Tx& tx, std::string_view session_hash,
                                    const people::SessionRules& rules);
void note_session_use(ports::Tx& tx, std::string_view session_hash);
void end_session(ports::Tx& tx, std::string_view session_hash);
void end_sessions(ports::Tx& tx, std::int64_t user);

// A try to sign in: which account (as typed; only its hash is kept) from which network
// (http_server/network.h).
struct SignInTry {
  std::string_view account;
  std::string_view address;
  people::Peer peer = people::Peer::stranger;
};

// Whether the account was used from that address lately.
people::Peer peer_of(ports::Tx& tx, std::int64_t user, std::string_view address);
people::SignInTries recent_tries(ports::Tx& tx, const SignInTry& attempt);
// Counts the try as failed before it is made, so that many at once count too. Answers what
// forget_failure() takes back when it succeeds.
std::vector<std::int64_t> count_failure(ports::Tx& tx, const SignInTry& attempt);
// A place in the queue of the account.
void take_turn(ports::Tx& tx, const SignInTry& attempt, Instant turn);
// The account's failures from there are forgotten, and this one everywhere.
void forget_failure(ports::Tx& tx, const SignInTry& attempt,
                    const std::vector<std::int64_t>& counted);

}  // namespace tallyman::book
