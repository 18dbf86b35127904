#include "api/sign_in.h"

#include <chrono>

#include <fmt/format.h>

#include "adapters/book/audit.h"
#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "api/guard.h"
#include "api/problem.h"
#include "domain/base/check.h"
#include "domain/base/digest.h"
#include "domain/people/password.h"
#include "domain/people/token_text.h"
#include "domain/people/user_name.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

using http_server::Request;

constexpr Micros kLinkIsGoodFor = std::chrono::hours{24};
constexpr std::string_view kNoUser = "nobody we know";  // what was typed may be a password

Secret new_session_id(ports::Random& random) {
  return Secret(ports::random_hex128(random) + ports::random_hex128(random));
}

people::Bits256 random_bits(ports::Random& random) {
  return {random.next(), random.next(), random.next(), random.next()};
}

ports::Random& random_of(const Context& context) {
  check(context.random != nullptr, "a door with sign-in has chance");
  return *context.random;
}

ports::Passwords& passwords_of(const Context& context) {
  check(context.passwords != nullptr, "a door with sign-in has passwords");
  return *context.passwords;
}

// A try that was let through and counted as failed until it succeeds.
struct Try {
  std::string account;
  std::string address;
  people::Peer peer = people::Peer::stranger;
  std::vector<std::int64_t> counted;
  std::optional<book::User> user;
  Micros wait{};

  book::SignInTry for_book() const {
    return {.account = account, .address = address, .peer = peer};
  }
};

Try begin_try(const Context& context, const Request& request, const std::string& name) {
  const std::string account = people::user_name_from(name).value_or(name);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    Try made{.account = account,
             .address = address_of(request, context.door),
             .counted = {},
             .user = book::find_user(tx, account)};
    if (made.user) made.peer = book::peer_of(tx, made.user->id, made.address);
    made.wait = people::wait_before_sign_in(book::recent_tries(tx, made.for_book()), tx.now());
    if (made.wait == Micros{0}) made.counted = book::count_failure(tx, made.for_book());
    return made;
  });
}

[[noreturn]] void refuse_for_now(Micros wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  throw Refusal{429,
                "Too many tries",
                fmt::format("Too many tries to sign in. Try again in {} s.", seconds),
                kNoType,
                {{"Retry-After", std::to_string(seconds)}}};
}

// One hash is worked on, whoever is asked for.
bool is_right(const Context& context, const std::optional<book::User>& user,
              const Secret& password) {
  auto& passwords = passwords_of(context);
  const bool can = user && !user->disabled;
  const bool matches =
      passwords.matches(password, can ? user->password_hash : passwords.of_nobody());
  return can && matches;
}

void note_refused(const Context& context, const Try& attempt) {
  ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    book::audit(tx, {.who = "nobody",
                     .action = "session.refused",
                     .subject = attempt.user ? std::string_view(attempt.account) : kNoUser});
  });
}

NewSession begin(const Context& context, const Request& request, ports::Tx& tx,
                 const book::User& user) {
  NewSession made{.id = new_session_id(random_of(context)), .who = {}};
  book::begin_session(tx, hash_of(made.id), user.id, address_of(request, context.door),
                      context.door.sessions);
  made.who = {.who = "user:" + user.name,
              .role = user.role,
              .is_known = true,
              .kind = Kind::user,
              .name = user.name,
              .expires = tx.now() + context.door.sessions.longest,
              .user = user.id,
              .session = made.id};
  return made;
}

[[noreturn]] void refuse_rule(std::string detail) {
  throw Refusal{422, "Not accepted", std::move(detail)};
}

}  // namespace

void check_password(const Secret& password, const std::string& user_name) {
  if (auto why = people::refuse_password(password.reveal(), user_name)) {
    refuse_rule(std::move(why->what));
  }
}

std::string checked_name(const std::string& name) {
  auto good = people::user_name_from(name);
  if (!good) refuse_rule(fmt::format("A user has {}.", people::kUserNameRule));
  return std::move(*good);
}

NewSession sign_in(const Context& context, const Request& request, const std::string& name,
                   const Secret& password) {
  const Try attempt = begin_try(context, request, name);
  if (attempt.wait > Micros{0}) refuse_for_now(attempt.wait);
  if (!is_right(context, attempt.user, password)) {
    note_refused(context, attempt);
    throw Refusal{401, "Not signed in", "The name or the password is wrong."};
  }
  auto& passwords = passwords_of(context);
  std::optional<std::string> better_hash;
  if (passwords.is_outdated(attempt.user->password_hash)) better_hash = passwords.hash(password);
  const Identity before = identify(context, request);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto user = book::find_user(tx, attempt.account);
    // Disabled or given another password in the meantime.
    if (!user || user->disabled || user->password_hash != attempt.user->password_hash) {
      throw Refusal{401, "Not signed in", "The name or the password is wrong."};
    }
    book::forget_failure(tx, attempt.for_book(), attempt.counted);
    if (better_hash) book::set_password(tx, user->id, *better_hash);
    if (before.kind == Kind::user) book::end_session(tx, hash_of(before.session));
    auto made = begin(context, request, tx, *user);
    book::audit(tx, {.who = made.who.who, .action = "session.begin", .subject = user->name});
    return made;
  });
}

[[noreturn]] static void refuse_link() {
  throw Refusal{403, "Forbidden",
                "This link was used or is older than a day. Start the program "
                "again for a new one."};
}

NewSession set_up(const Context& context, const Request& request, const Secret& link,
                  const std::string& name, const Secret& password) {
  const std::string user_name = checked_name(name);
  check_password(password, user_name);
  const auto refuse_if_done = [](ports::Tx& tx) {
    if (!book::has_users(tx)) return;
    throw Refusal{409, "Set up already", "There is a user already: sign in instead."};
  };
  const std::string link_hash = sha256_hex(link.reveal());
  // The link first: a hash of a password is work that a stranger must not make us do.
  ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    refuse_if_done(tx);
    if (!book::has_setup_link(tx, link_hash)) refuse_link();
  });
  const std::string hash = passwords_of(context).hash(password);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    refuse_if_done(tx);
    if (!book::use_setup_link(tx, link_hash)) refuse_link();
    book::add_user(tx, user_name, people::Role::admin, hash);
    auto made = begin(context, request, tx, book::find_user(tx, user_name).value());
    book::audit(tx, {.who = made.who.who,
                     .action = "user.add",
                     .subject = user_name,
                     .detail = R"({"role":"admin","by":"setup link"})"});
    return made;
  });
}

NewSession change_password(const Context& context, const Request& request, const Identity& who,
                           const Secret& before, const Secret& after) {
  check_password(after, who.name);
  const Try attempt = begin_try(context, request, who.name);
  if (attempt.wait > Micros{0}) refuse_for_now(attempt.wait);
  if (!is_right(context, attempt.user, before)) {
    note_refused(context, attempt);
    throw Refusal{403, "Forbidden", "The old password is wrong. Nothing was changed."};
  }
  const std::string hash = passwords_of(context).hash(after);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    book::forget_failure(tx, attempt.for_book(), attempt.counted);
    book::set_password(tx, attempt.user->id, hash);
    book::end_sessions(tx, attempt.user->id);
    auto made = begin(context, request, tx, *attempt.user);
    book::audit(tx, {.who = who.who, .action = "user.password", .subject = who.name});
    return made;
  });
}

std::optional<Secret> setup_link(ports::Database& database, ports::Random& random) {
  const Secret link(people::base62(random_bits(random)));
  return ports::transact(database, ports::TxMode::write,
                         [&](ports::Tx& tx) -> std::optional<Secret> {
                           if (book::has_users(tx)) return std::nullopt;
                           book::add_setup_link(tx, sha256_hex(link.reveal()), kLinkIsGoodFor);
                           return link;
                         });
}

}  // namespace tallyman::api
