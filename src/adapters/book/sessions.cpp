#include "adapters/book/sessions.h"

#include <array>

#include "adapters/book/sql/sessions.h"
#include "domain/base/digest.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

// What failures are counted by. Hashed: a name may be a password typed into the wrong field.
std::string subject(std::string_view what, const SignInTry& attempt, std::string_view address) {
  std::string text(what);
  for (const auto part : {attempt.account, address}) {
    text.append("/").append(std::to_string(part.size())).append(":").append(part);
  }
  return sha256_hex(text);
}
// Of the account from this address; from all known ones when this is one.
std::string pair_subject(const SignInTry& attempt) {
  const bool known = attempt.peer == people::Peer::known;
  return known ? subject("known", attempt, "") : subject("pair", attempt, attempt.address);
}
std::string account_subject(const SignInTry& attempt) { return subject("account", attempt, ""); }
std::string address_subject(const SignInTry& attempt) {
  return sha256_hex("address/" + std::string(attempt.address));
}
// Turns in the queue of an account stand beside the failures, at the time when they come.
std::string queue_subject(const SignInTry& attempt) { return subject("queue", attempt, ""); }
std::string turn_subject(const SignInTry& attempt) {
  return subject("turn", attempt, attempt.address);
}
constexpr std::string_view kEverywhere = "everywhere";

people::Failures failures_of(ports::Tx& tx, std::string_view subject) {
  const auto row = ports::select_one<sql::CountLoginFailures>(
      tx, {.subject = subject, .after_us = tx.now() - people::kFailuresCount});
  return {.count = row->failures, .last = row->last_us};
}

}  // namespace

void begin_session(ports::Tx& tx, std::string_view session_hash, std::int64_t user,
                   std::string_view peer, const people::SessionRules& rules) {
  ports::execute<sql::ForgetSessions>(tx, {.before_us = tx.now() - people::kPeerStaysKnown});
  ports::execute<sql::AddSession>(tx, {.session_hash = session_hash,
                                       .user_id = user,
                                       .now_us = tx.now(),
                                       .expires_us = tx.now() + rules.longest,
                                       .peer = peer});
}

std::optional<Session> find_session(ports::Tx& tx, std::string_view session_hash,
                                    const people::SessionRules& rules) {
  auto row = ports::select_one<sql::FindSession>(tx, {.session_hash = session_hash});
  if (!row) return std::nullopt;
  const auto state = people::state_of(row->seen_us, row->expires_us, tx.now(), rules);
  const auto role = people::role_from(row->role);
  if (state == people::SessionState::over || !role) return std::nullopt;
  return Session{.user = row->user_id,
                 .name = std::move(row->name),
                 .role = *role,
                 .expires = row->expires_us,
                 .state = state};
}

void note_session_use(ports::Tx& tx, std::string_view session_hash) {
  ports::execute<sql::TouchSession>(tx, {.session_hash = session_hash, .now_us = tx.now()});
}

void end_session(ports::Tx& tx, std::string_view session_hash) {
  ports::execute<sql::EndSession>(tx, {.session_hash = session_hash, .now_us = tx.now()});
}

void end_sessions(ports::Tx& tx, std::int64_t user) {
  ports::execute<sql::EndSessionsOfUser>(tx, {.user_id = user, .now_us = tx.now()});
}

people::Peer peer_of(ports::Tx& tx, std::int64_t user, std::string_view address) {
  const auto row = ports::select_one<sql::FindSessionFromPeer>(
      tx, {.user_id = user, .peer = address, .after_us = tx.now() - people::kPeerStaysKnown});
  return row ? people::Peer::known : people::Peer::stranger;
}

people::SignInTries recent_tries(ports::Tx& tx, const SignInTry& attempt) {
  const auto turns_of = [&](const std::string& of) {
    return ports::select_one<sql::CountLoginFailures>(
        tx, {.subject = of, .after_us = tx.now() - people::kTurnIsGoodFor});
  };
  const auto queue = turns_of(queue_subject(attempt));
  return {.pair = failures_of(tx, pair_subject(attempt)),
          .account = failures_of(tx, account_subject(attempt)),
          .address = failures_of(tx, address_subject(attempt)),
          .everywhere = failures_of(tx, kEverywhere),
          .queue = {.places = queue->failures,
                    .last = queue->last_us,
                    .mine = turns_of(turn_subject(attempt))->last_us},
          .peer = attempt.peer};
}

std::vector<std::int64_t> count_failure(ports::Tx& tx, const SignInTry& attempt) {
  ports::execute<sql::ForgetOldLoginFailures>(tx, {.before_us = tx.now() - people::kFailuresCount});
  ports::execute<sql::ForgetLoginFailuresOf>(tx, {.subject = turn_subject(attempt)});
  std::vector<std::string> subjects{pair_subject(attempt), address_subject(attempt),
                                    std::string(kEverywhere)};
  if (attempt.peer == people::Peer::stranger) subjects.push_back(account_subject(attempt));
  std::vector<std::int64_t> counted;
  for (const auto& of : subjects) {
    counted.push_back(
        ports::select_one<sql::AddLoginFailure>(tx, {.subject = of, .now_us = tx.now()})
            ->failure_id);
  }
  return counted;
}

void take_turn(ports::Tx& tx, const SignInTry& attempt, Instant turn) {
  for (const auto& of : {queue_subject(attempt), turn_subject(attempt)}) {
    ports::select_one<sql::AddLoginFailure>(tx, {.subject = of, .now_us = turn});
  }
}

void forget_failure(ports::Tx& tx, const SignInTry& attempt,
                    const std::vector<std::int64_t>& counted) {
  for (const auto id : counted) ports::execute<sql::ForgetLoginFailure>(tx, {.failure_id = id});
  ports::execute<sql::ForgetLoginFailuresOf>(tx, {.subject = pair_subject(attempt)});
}

}  // namespace tallyman::book
