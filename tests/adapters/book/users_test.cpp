// Users, sessions, tokens, keys as the book keeps them.
#include "adapters/book/users.h"

#include <thread>

#include "adapters/book/api_tokens.h"
#include "adapters/book/idempotency.h"
#include "adapters/book/sessions.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using people::Role;

class People : public BookOnBoth {
 protected:
  std::int64_t user(const std::string& name, Role role = Role::viewer) {
    return write([&](ports::Tx& tx) {
      EXPECT_TRUE(book::add_user(tx, name, role, "hash"));
      return book::find_user(tx, name)->id;
    });
  }
  std::optional<book::Session> session(const std::string& hash) {
    return write([&](ports::Tx& tx) { return book::find_session(tx, hash, rules); });
  }
  void begin(const std::string& hash, std::int64_t id, const std::string& peer = "10.0.0.5") {
    write([&](ports::Tx& tx) { book::begin_session(tx, hash, id, peer, rules); });
  }
  // As if so much time had passed since the sessions were begun and used.
  void pass(Micros length) {
    const auto by = std::to_string(length.count());
    database.script("UPDATE sessions SET seen_us = seen_us - " + by +
                    ", created_us = created_us - " + by + ", expires_us = expires_us - " + by +
                    "; UPDATE login_failures SET at_us = at_us - " + by +
                    "; UPDATE idempotency_keys SET at_us = at_us - " + by);
  }
  people::SessionRules rules;
};
INSTANTIATE_TEST_SUITE_P(Book, People, kBothDialects, dialect_name);

TEST_P(People, ANameIsTakenOnce) {
  user("ana", Role::admin);
  write([](ports::Tx& tx) {
    EXPECT_FALSE(book::add_user(tx, "ana", Role::viewer, "other"));
    EXPECT_EQ(book::find_user(tx, "ana")->role, Role::admin);
    EXPECT_EQ(book::find_user(tx, "ana")->password_hash, "hash");
    EXPECT_FALSE(book::find_user(tx, "Ana"));
  });
}

TEST_P(People, ASessionIsFoundUntilItEnds) {
  EXPECT_FALSE(write([](ports::Tx& tx) { return book::has_users(tx); }));
  const auto ana = user("ana", Role::operator_);
  EXPECT_TRUE(write([](ports::Tx& tx) { return book::has_users(tx); }));
  begin("s1", ana);
  ASSERT_TRUE(session("s1"));
  EXPECT_EQ(session("s1")->name, "ana");
  EXPECT_EQ(session("s1")->role, Role::operator_);
  EXPECT_FALSE(session("s2"));
  write([](ports::Tx& tx) { book::end_session(tx, "s1"); });
  EXPECT_FALSE(session("s1"));
}

TEST_P(People, ASessionIsOverAfterHalfAnHourWithoutUseAndAfterTwelveHours) {
  const auto ana = user("ana");
  begin("s1", ana);
  pass(29min);
  ASSERT_TRUE(session("s1"));
  EXPECT_EQ(session("s1")->state, people::SessionState::live_to_note);
  write([](ports::Tx& tx) { book::note_session_use(tx, "s1"); });
  EXPECT_EQ(session("s1")->state, people::SessionState::live);
  pass(31min);
  EXPECT_FALSE(session("s1"));
  begin("s2", ana);
  for (int half_hours = 0; half_hours < 23; ++half_hours) {
    pass(30min - 1s);
    write([](ports::Tx& tx) { book::note_session_use(tx, "s2"); });
  }
  EXPECT_TRUE(session("s2"));
  pass(29min);
  write([](ports::Tx& tx) { book::note_session_use(tx, "s2"); });
  pass(2min);
  EXPECT_FALSE(session("s2"));
}

TEST_P(People, DisablingAUserLeavesNoSessionEvenWhenEnabledAgain) {
  const auto ana = user("ana");
  begin("s1", ana);
  write([&](ports::Tx& tx) {
    book::disable_user(tx, ana);
    book::end_sessions(tx, ana);
  });
  EXPECT_FALSE(session("s1"));
  write([&](ports::Tx& tx) { book::enable_user(tx, ana); });
  EXPECT_FALSE(session("s1"));
}

TEST_P(People, UsersAreListedWithTheirLiveSessions) {
  const auto ana = user("ana", Role::admin);
  user("ben");
  begin("s1", ana);
  pass(1h);
  begin("s2", ana);
  begin("s3", ana);
  write([](ports::Tx& tx) { book::end_session(tx, "s3"); });
  const auto users = write([&](ports::Tx& tx) { return book::list_users(tx, rules); });
  ASSERT_EQ(users.size(), 2U);
  EXPECT_EQ(users[0].name, "ana");
  EXPECT_EQ(users[0].sessions, 1);
  EXPECT_TRUE(users[0].last_seen);
  EXPECT_EQ(users[1].sessions, 0);
  EXPECT_FALSE(users[1].last_seen);
}

TEST_P(People, OnlyAdminsWhoCanSignInCount) {
  const auto ana = user("ana", Role::admin);
  user("ben", Role::operator_);
  user("cid", Role::admin);
  const auto admins = [&] { return write([](ports::Tx& tx) { return book::count_admins(tx); }); };
  EXPECT_EQ(admins(), 2);
  write([&](ports::Tx& tx) { book::disable_user(tx, ana); });
  EXPECT_EQ(admins(), 1);
}

TEST_P(People, ASetupLinkIsGoodOnceAndForADay) {
  const auto use = [&](const char* hash) {
    return write([&](ports::Tx& tx) { return book::use_setup_link(tx, hash); });
  };
  write([](ports::Tx& tx) {
    book::add_setup_link(tx, "h0", 24h);
    book::add_setup_link(tx, "h1", 24h);
  });
  EXPECT_FALSE(use("h0")) << "a newer one makes it void";
  EXPECT_TRUE(use("h1"));
  EXPECT_FALSE(use("h1"));
  write([](ports::Tx& tx) { book::add_setup_link(tx, "h2", 24h); });
  const std::string day = std::to_string(Micros{24h}.count());
  database.script("UPDATE setup_links SET expires_us = expires_us - " + day);
  EXPECT_FALSE(use("h2"));
}

TEST_P(People, FailuresAreCountedByAccountAddressAndInAll) {
  const book::SignInTry ana{.account = "ana", .address = "10.0.0.5"};
  const book::SignInTry ben{.account = "ben", .address = "10.0.0.5"};
  const book::SignInTry known{.account = "ana", .address = "10.0.0.7", .peer = people::Peer::known};
  write([&](ports::Tx& tx) {
    book::count_failure(tx, ana);
    book::count_failure(tx, ana);
    book::count_failure(tx, ben);
    book::count_failure(tx, known);
  });
  const auto tries = [&](const book::SignInTry& of) {
    return write([&](ports::Tx& tx) { return book::recent_tries(tx, of); });
  };
  const book::SignInTry elsewhere{.account = "ana", .address = "10.0.0.9"};
  EXPECT_EQ(tries(ana).pair.count, 2);
  EXPECT_EQ(tries(elsewhere).pair.count, 0) << "an address that was never used";
  EXPECT_EQ(tries(elsewhere).account.count, 2);
  EXPECT_EQ(tries(ana).account.count, 2) << "those of known peers are counted apart";
  EXPECT_EQ(tries(ana).address.count, 3);
  EXPECT_EQ(tries(ana).everywhere.count, 4);
  EXPECT_EQ(tries(ben).account.count, 1);
  EXPECT_EQ(tries(known).pair.count, 1);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM login_failures WHERE subject LIKE '%ana%'"),
            "0")
      << "names are not kept: one may be a password";
  write([&](ports::Tx& tx) {
    const auto counted = book::count_failure(tx, ana);
    book::forget_failure(tx, ana, counted);
  });
  EXPECT_EQ(tries(ana).pair.count, 0);
  EXPECT_EQ(tries(ana).account.count, 2) << "a success elsewhere hides nobody's guessing";
  EXPECT_EQ(tries(ana).address.count, 3) << "one account of his own clears nobody's address";
  pass(1h);
  EXPECT_EQ(tries(ben).everywhere.count, 0);
}

TEST_P(People, ATurnStandsUntilItIsTakenOrOver) {
  const book::SignInTry ana{.account = "ana", .address = "10.0.0.5"};
  const book::SignInTry other{.account = "ana", .address = "10.0.0.6"};
  const auto queue = [&](const book::SignInTry& of) {
    return write([&](ports::Tx& tx) { return book::recent_tries(tx, of).queue; });
  };
  const auto in_a_minute = write([&](ports::Tx& tx) {
    book::take_turn(tx, ana, tx.now() + 1min);
    return tx.now() + 1min;
  });
  EXPECT_EQ(queue(ana).mine, in_a_minute);
  EXPECT_EQ(queue(other).mine, std::nullopt);
  EXPECT_EQ(queue(other).places, 1);
  EXPECT_EQ(queue(other).last, in_a_minute);
  EXPECT_EQ(queue({.account = "ben", .address = "10.0.0.5"}).places, 0);
  write([&](ports::Tx& tx) { book::count_failure(tx, ana); });
  EXPECT_EQ(queue(ana).mine, std::nullopt) << "taken";
  pass(3min);
  EXPECT_EQ(queue(other).places, 0) << "over";
}

TEST_P(People, APeerIsKnownForAMonthAfterASignIn) {
  const auto ana = user("ana");
  const auto peer = [&](const char* address) {
    return write([&](ports::Tx& tx) { return book::peer_of(tx, ana, address); });
  };
  EXPECT_EQ(peer("10.0.0.5"), people::Peer::stranger);
  begin("s1", ana);
  write([](ports::Tx& tx) { book::end_session(tx, "s1"); });
  EXPECT_EQ(peer("10.0.0.5"), people::Peer::known);
  EXPECT_EQ(peer("10.0.0.6"), people::Peer::stranger);
  pass(24h * 31);
  EXPECT_EQ(peer("10.0.0.5"), people::Peer::stranger);
}

TEST_P(People, ATokenIsGoodUntilItIsRevokedOrOver) {
  const auto expires = write([](ports::Tx& tx) {
    const Instant in_an_hour = tx.now() + 1h;
    book::add_token(tx, {.id = "aaaaaaaa",
                         .hash = "h1",
                         .name = "till",
                         .role = Role::operator_,
                         .created_by = "user:ana",
                         .expires = in_an_hour});
    return in_an_hour;
  });
  const auto find = [&](const char* id, const char* hash) {
    return write([&](ports::Tx& tx) { return book::find_token(tx, id, hash); });
  };
  ASSERT_TRUE(find("aaaaaaaa", "h1"));
  EXPECT_EQ(find("aaaaaaaa", "h1")->role, Role::operator_);
  EXPECT_EQ(find("aaaaaaaa", "h1")->expires, expires);
  EXPECT_TRUE(find("aaaaaaaa", "h1")->use_to_note);
  EXPECT_FALSE(find("aaaaaaaa", "h2"));
  EXPECT_FALSE(find("bbbbbbbb", "h1"));
  write([](ports::Tx& tx) { book::note_token_use(tx, "aaaaaaaa"); });
  EXPECT_FALSE(find("aaaaaaaa", "h1")->use_to_note) << "once a minute is enough";
  database.script("UPDATE api_tokens SET expires_us = last_used_us");
  EXPECT_FALSE(find("aaaaaaaa", "h1"));
  database.script("UPDATE api_tokens SET expires_us = NULL");
  EXPECT_TRUE(find("aaaaaaaa", "h1"));
  const auto revoke = [](ports::Tx& tx) { return book::revoke_token(tx, "aaaaaaaa"); };
  EXPECT_TRUE(write(revoke));
  EXPECT_FALSE(write(revoke));
  EXPECT_FALSE(find("aaaaaaaa", "h1"));
  EXPECT_TRUE(write([](ports::Tx& tx) { return book::list_tokens(tx); }).at(0).revoked);
}

TEST_P(People, AKeyedRequestIsAnsweredOnceAndRepeatedForADay) {
  const book::KeyedRequest request{.who = "user:ana", .key = "k1", .fingerprint = "f1"};
  const auto claim = [&](const book::KeyedRequest& of) {
    return write([&](ports::Tx& tx) { return book::claim_key(tx, of); });
  };
  EXPECT_TRUE(std::holds_alternative<book::FirstTime>(claim(request)));
  EXPECT_TRUE(std::holds_alternative<book::StillRunning>(claim(request)));
  write([&](ports::Tx& tx) { book::keep_answer(tx, request, 201, "made"); });
  const auto again = claim(request);
  ASSERT_TRUE(std::holds_alternative<book::GivenBefore>(again));
  EXPECT_EQ(std::get<book::GivenBefore>(again).status, 201);
  EXPECT_EQ(std::get<book::GivenBefore>(again).answer, "made");
  EXPECT_TRUE(std::holds_alternative<book::OtherRequest>(
      claim({.who = "user:ana", .key = "k1", .fingerprint = "f2"})));
  EXPECT_TRUE(std::holds_alternative<book::FirstTime>(
      claim({.who = "user:ben", .key = "k1", .fingerprint = "f1"})))
      << "everybody has their own keys";
  pass(24h + 1s);
  EXPECT_TRUE(std::holds_alternative<book::FirstTime>(claim(request)));
  write([&](ports::Tx& tx) { book::forget_key(tx, request); });
  EXPECT_TRUE(std::holds_alternative<book::FirstTime>(claim(request)));
}

TEST_P(People, OfTwoAtOnceWithOneKeyOnlyOneIsFirst) {
  std::atomic<int> first{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] {
        const auto state = write([](ports::Tx& tx) {
          return book::claim_key(tx, {.who = "user:ana", .key = "k", .fingerprint = "f"});
        });
        if (std::holds_alternative<book::FirstTime>(state)) ++first;
      });
    }
  }
  EXPECT_EQ(first, 1);
}

}  // namespace
}  // namespace tallyman::tests
