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
  std::string network;
  people::Peer peer = people::Peer::stranger;
  std::vector<std::int64_t> counted{};
  std::optional<book::User> user{};
  people::Ruling ruling{};

  book::SignInTry for_book() const {
    return {.account = account, .address = network, .peer = peer};
  }
};

void look_up(ports::Tx& tx, Try& attempt) {
  attempt.user = book::find_user(tx, attempt.account);
  attempt.peer =
      attempt.user ? book::peer_of(tx, attempt.user->id, attempt.network) : people::Peer::stranger;
  attempt.ruling = people::rule_sign_in(book::recent_tries(tx, attempt.for_book()), tx.now());
}

[[noreturn]] void refuse_for_now(Micros wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  throw Refusal{429,
                "Too many tries",
                fmt::format("Too many tries to sign in. Try again in {} s.", seconds),
                kNoType,
                {{"Retry-After", std::to_string(seconds)}}};
}

// Writes nothing: those who must wait are many, and the write lock may be another's.
Try look_at_try(const Context& context, const Request& request, const std::string& name) {
  Try attempt{.account = people::user_name_from(name).value_or(name),
              .network = network_of(request, context.door)};
  ports::transact(context.database, ports::TxMode::read,
                  [&](ports::Tx& tx) { look_up(tx, attempt); });
  const auto& ruling = attempt.ruling;
  if (ruling.wait > Micros{0} && !ruling.turn) refuse_for_now(ruling.wait);
  return attempt;
}

// Others may have tried since it was looked at.
void begin_try(const Context& context, Try& attempt) {
  ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    look_up(tx, attempt);
    if (attempt.ruling.turn) book::take_turn(tx, attempt.for_book(), *attempt.ruling.turn);
    attempt.counted.clear();
    if (attempt.ruling.wait == Micros{0}) {
      attempt.counted = book::count_failure(tx, attempt.for_book());
    }
  });
  if (attempt.ruling.wait > Micros{0}) refuse_for_now(attempt.ruling.wait);
}

// Who signs in or sets a password: the work and the lock that it takes are for few at a time.
class OneOfFew {
 public:
  explicit OneOfFew(const Context& context) : place_(context.door_state->sign_ins) {
    if (place_) return;
    throw Refusal{503,
                  "Others are signing in",
                  "Others are signing in at this moment. Try again in a second.",
                  kNoType,
                  {{"Retry-After", "1"}}};
  }

 private:
  Places::Place place_;
};

// One hash is worked on, whoever is asked for.
bool is_right(const Context& context, const std::optional<book::User>& user,
              const Secret& password) {
  auto& passwords = passwords_of(context);
  const bool can = user && !user->disabled;
  const bool matches =
      passwords.matches(password, can ? user->password_hash : passwords.of_nobody());
  return can && matches;
}

void note_refused(const Context& context, const Request& request, const Try& attempt) {
  context.door_state->refusals.note(
      {.action = "session.refused",
       .who = "nobody",
       .subject = attempt.user ? attempt.account : std::string(kNoUser),
       .address = address_of(request, context.door)},
      Refusals::Kind::each, context.clock.now());
  write_refusals(context.database, *context.door_state);
}

NewSession begin(const Context& context, const Request& request, ports::Tx& tx,
                 const book::User& user) {
  NewSession made{.id = new_session_id(random_of(context)), .who = {}};
  book::begin_session(tx, hash_of(made.id), user.id, network_of(request, context.door),
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

// None: disabled or given another password since it was looked at.
std::optional<book::User> still_the_same(ports::Tx& tx, const Try& attempt) {
  auto user = book::find_user(tx, attempt.account);
  const bool is_same =
      user && !user->disabled && user->password_hash == attempt.user->password_hash;
  return is_same ? std::move(user) : std::nullopt;
}

[[noreturn]] void refuse_old_password() {
  throw Refusal{403, "Forbidden", "The old password is wrong. Nothing was changed."};
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
  Try attempt = look_at_try(context, request, name);
  const OneOfFew place(context);
  begin_try(context, attempt);
  if (!is_right(context, attempt.user, password)) {
    note_refused(context, request, attempt);
    throw Refusal{401, "Not signed in", "The name or the password is wrong."};
  }
  auto& passwords = passwords_of(context);
  std::optional<std::string> better_hash;
  if (passwords.is_outdated(attempt.user->password_hash)) better_hash = passwords.hash(password);
  const Identity before = identify(context, request);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto user = still_the_same(tx, attempt);
    if (!user) throw Refusal{401, "Not signed in", "The name or the password is wrong."};
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
  const OneOfFew place(context);
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
  Try attempt = look_at_try(context, request, who.name);
  const OneOfFew place(context);
  begin_try(context, attempt);
  if (!is_right(context, attempt.user, before)) {
    note_refused(context, request, attempt);
    refuse_old_password();
  }
  const std::string hash = passwords_of(context).hash(after);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto user = still_the_same(tx, attempt);
    // Disabled or given another password in the meantime: this one is not wanted any more.
    if (!user) refuse_old_password();
    book::forget_failure(tx, attempt.for_book(), attempt.counted);
    book::set_password(tx, user->id, hash);
    book::end_sessions(tx, user->id);
    auto made = begin(context, request, tx, *user);
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
