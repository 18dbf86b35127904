// Signing in, and everything that must not be a way in.
#include "api/sign_in.h"

#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "api/door_test.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class SignIn : public DoorTest {
 protected:
  SignIn() {
    add_user("ana", "admin", kAnaWords);
    add_user("ben", "operator", kBenWords);
  }
  static std::int64_t wait_of(const http_server::Response& response) {
    return std::stoll(header(response, "Retry-After"));
  }
  std::string count(const std::string& what) {
    return one("SELECT CAST(COUNT(*) AS TEXT) FROM " + what);
  }
};
INSTANTIATE_TEST_SUITE_P(Api, SignIn,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(SignIn, AnswersWithWhoTheyAre) {
  Browser ben(*this);
  const auto answer = ben.sign_in("Ben", kBenWords);
  EXPECT_EQ(answer.status, 200);
  const auto session = parsed(answer);
  EXPECT_EQ(session.at("user").at("name").as_string(), "ben");
  EXPECT_EQ(session.at("user").at("role").as_string(), "operator");
  EXPECT_EQ(session.at("user").at("kind").as_string(), "user");
  EXPECT_EQ(session.at("idle_minutes").as_int64(), 30);
  EXPECT_EQ(parsed(ben.get("/api/v1/session")).at("csrf"), session.at("csrf"));
  EXPECT_EQ(count("audit_log WHERE action = 'session.begin' AND who = 'user:ben'"), "1");
}

TEST_P(SignIn, NobodyLearnsWhichNamesExist) {
  ports::transact(*database_, ports::TxMode::write,
                  [](ports::Tx& tx) { book::disable_user(tx, book::find_user(tx, "ben")->id); });
  std::string body;
  for (const auto* name : {"ana", "ben", "nobody", "no such name at all", "'; --", "ana "}) {
    Browser stranger(*this);
    const int before = passwords_.worked;
    const auto answer = stranger.sign_in(name, "the wrong words");
    EXPECT_EQ(passwords_.worked - before, 1) << name << ": the same work for each";
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(header(answer, "Set-Cookie"), "");
    if (body.empty()) body = answer.body;
    EXPECT_EQ(answer.body, body) << name;
    pass(2h);
  }
  Browser ben(*this);
  const auto answer = ben.sign_in("ben", kBenWords);
  EXPECT_EQ(answer.body, body) << "right words of somebody disabled";
}

TEST_P(SignIn, AHundredWrongPasswordsAreSlowedDownAndTheRightOneStillCounts) {
  Browser guesser(*this, "203.0.113.9");
  int checked = 0;
  int turned_away = 0;
  for (int i = 0; i < 100; ++i) {
    const int before = passwords_.worked;
    const auto answer = guesser.sign_in("ana", "guess number " + std::to_string(i));
    if (answer.status == 401) ++checked;
    if (answer.status == 429) {
      ++turned_away;
      EXPECT_EQ(passwords_.worked, before) << "nothing is worked on for them";
      EXPECT_GE(wait_of(answer), 1);
    }
  }
  EXPECT_EQ(checked, 5);
  EXPECT_EQ(turned_away, 95);
  EXPECT_EQ(count("audit_log WHERE action = 'session.refused' AND subject = 'ana'"), "5");
  EXPECT_EQ(count("audit_log WHERE action = 'session.refused' AND detail LIKE '%203.0.113.9%'"),
            "5")
      << "with the address";
  EXPECT_EQ(count("audit_log WHERE action = 'request.refused' AND subject = 'beginSession' AND "
                  "detail LIKE '%203.0.113.9%' AND detail LIKE '%429%'"),
            "1")
      << "one row an hour for those who were not looked at";

  Browser ben(*this, "10.0.0.6");
  EXPECT_EQ(ben.sign_in("ben", kBenWords).status, 200) << "other accounts are not touched";

  const auto early = guesser.sign_in("ana", kAnaWords);
  EXPECT_EQ(early.status, 429);
  EXPECT_EQ(early.body.find("wrong"), std::string::npos) << "even the right one is not looked at";
  pass(std::chrono::seconds{wait_of(early)});
  EXPECT_EQ(guesser.sign_in("ana", kAnaWords).status, 200);
}

TEST_P(SignIn, AStrangerWhoPollsDoesNotKeepOutAnAddressThatWasNeverUsed) {
  Browser stranger(*this, "203.0.113.9");
  int checked = 0;
  for (int hour = 0; hour < 3; ++hour) {
    const int before = checked;
    for (int i = 0; i < 60; ++i) {
      if (stranger.sign_in("ana", "guess").status == 401) ++checked;
      if (i % 20 == 19) {
        Browser ana(*this, "198.51.100." + std::to_string(hour * 20 + i));
        EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200) << hour << " h " << i << " min";
        EXPECT_EQ(stranger.sign_in("ana", "guess").status / 100, 4);
      }
      pass(1min);
    }
    EXPECT_LE(checked - before, 24);
  }
}

// Each of them tries as often as it may, and more often than the one who has the password.
TEST_P(SignIn, WhereManyStrangersPollANewAddressHasItsTurn) {
  std::vector<Browser> strangers;
  for (int i = 0; i < 4; ++i) strangers.emplace_back(*this, "203.0.113." + std::to_string(i));
  int checked = 0;
  const auto poll_for = [&](std::chrono::seconds length) {
    for (auto left = length; left > 0s; left -= 15s) {
      for (auto& stranger : strangers) {
        if (stranger.sign_in("ana", "guess").status == 401) ++checked;
      }
      pass(std::min(left, std::chrono::seconds{15s}));
    }
  };
  poll_for(15min);
  EXPECT_LE(checked, 40);
  Browser ana(*this, "198.51.100.7");
  const auto early = ana.sign_in("ana", kAnaWords);
  ASSERT_EQ(early.status, 429) << "else this test is about nothing";
  EXPECT_LE(wait_of(early), 450);
  poll_for(std::chrono::seconds{wait_of(early)});
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
}

TEST_P(SignIn, WhoHasAnIpv6NetworkIsOneStranger) {
  int checked = 0;
  for (int i = 0; i < 40; ++i) {
    Browser sprayer(*this, "2001:db8:1:2::" + std::to_string(i + 1));
    if (sprayer.sign_in("user" + std::to_string(i), "spring greens 1").status == 401) ++checked;
  }
  EXPECT_EQ(checked, 20);
  Browser neighbour(*this, "2001:db8:1:3::1");
  EXPECT_EQ(neighbour.sign_in("user", "spring greens 1").status, 401);
}

TEST_P(SignIn, AGuesserAroundTheClockCannotLockOutWhoIsKnownThere) {
  Browser ana(*this);
  ASSERT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  Browser guesser(*this, "203.0.113.9");
  int checked = 0;
  for (int minute = 0; minute < 60; ++minute) {
    for (int i = 0; i < 3; ++i) {
      if (guesser.sign_in("ana", "guess").status == 401) ++checked;
    }
    pass(1min);
  }
  EXPECT_LE(checked, 24);
  EXPECT_EQ(guesser.sign_in("ana", "guess").status, 429);
  Browser at_her_desk(*this);
  EXPECT_EQ(at_her_desk.sign_in("ana", kAnaWords).status, 200);
}

TEST_P(SignIn, OneAddressCannotTryManyAccounts) {
  Browser sprayer(*this, "203.0.113.9");
  int checked = 0;
  for (int i = 0; i < 60; ++i) {
    if (sprayer.sign_in("user" + std::to_string(i), "spring greens 1").status == 401) ++checked;
  }
  EXPECT_EQ(checked, 20);
  EXPECT_EQ(count("audit_log WHERE subject LIKE '%user%'"), "0")
      << "what was typed may be a password";
}

TEST_P(SignIn, ASuccessForgetsTheMistakesBeforeIt) {
  Browser ana(*this);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ana.sign_in("ana", "wrong words").status, 401);
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ana.sign_in("ana", "wrong words").status, 401);
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
}

TEST_P(SignIn, EverySignInHasANewIdAndEndsTheOneBefore) {
  Browser ana(*this);
  ana.cookie = "tallyman=" + std::string(64, 'a');  // one that somebody planted
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  const auto first = ana.cookie;
  EXPECT_NE(first, "tallyman=" + std::string(64, 'a'));
  ana.csrf.clear();
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  EXPECT_NE(ana.cookie, first);
  Browser replay(*this);
  replay.cookie = first;
  EXPECT_EQ(replay.get("/api/v1/users").status, 401);
}

TEST_P(SignIn, ASessionEndsAfterHalfAnHourUnusedAndAfterTwelveHours) {
  Browser ana(*this);
  ana.sign_in("ana", kAnaWords);
  pass(29min);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200);
  pass(29min);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200);
  pass(30min);
  EXPECT_EQ(ana.get("/api/v1/users").status, 401);
  ana.sign_in("ana", kAnaWords);
  for (int i = 0; i < 35; ++i) {
    pass(20min);
    EXPECT_EQ(ana.get("/api/v1/users").status, 200) << i;
  }
  pass(20min);
  EXPECT_EQ(ana.get("/api/v1/users").status, 401) << "twelve hours";
}

TEST_P(SignIn, APassphraseOfManyLettersOfAnyKindIsTakenWhole) {
  Browser ana(*this);
  ana.sign_in("ana", kAnaWords);
  std::string words;
  for (int i = 0; i < 64; ++i) words += i % 2 == 0 ? "ü" : "漢";
  EXPECT_EQ(ana.send("PUT", "/api/v1/session/password",
                     {{"old_password", kAnaWords}, {"new_password", words}})
                .status,
            200);
  Browser again(*this, "10.0.0.8");
  EXPECT_EQ(again.sign_in("ana", words.substr(0, words.size() - 3)).status, 401);
  EXPECT_EQ(again.sign_in("ana", words).status, 200);
}

TEST_P(SignIn, ANewPasswordEndsEveryOtherSessionAndChangesTheOwn) {
  Browser desk(*this);
  Browser phone(*this, "10.0.0.8");
  desk.sign_in("ana", kAnaWords);
  phone.sign_in("ana", kAnaWords);
  const auto stolen = desk.cookie;
  const auto change = [&](std::string_view before, std::string_view after) {
    return desk.send("PUT", "/api/v1/session/password",
                     {{"old_password", before}, {"new_password", after}});
  };
  EXPECT_EQ(change("wrong words", "nine bowls of soup").status, 403);
  EXPECT_EQ(change(kAnaWords, "password123").status, 422);
  EXPECT_EQ(phone.get("/api/v1/users").status, 200) << "nothing was changed so far";
  EXPECT_EQ(change(kAnaWords, "nine bowls of soup").status, 200);
  EXPECT_EQ(desk.get("/api/v1/users").status, 200);
  EXPECT_EQ(phone.get("/api/v1/users").status, 401);
  Browser thief(*this);
  thief.cookie = stolen;
  EXPECT_EQ(thief.get("/api/v1/users").status, 401);
  EXPECT_EQ(thief.sign_in("ana", kAnaWords).status, 401);
}

// Somebody else, the admin for example, sets another one while the old one is being looked at.
class ChangedInBetween final : public ports::Passwords {
 public:
  ChangedInBetween(ports::Passwords& of, std::function<void()> change)
      : of_(of), change_(std::move(change)) {}
  std::string hash(const Secret& password) override {
    change_();
    return of_.hash(password);
  }
  bool matches(const Secret& password, const std::string& hash) override {
    return of_.matches(password, hash);
  }
  bool is_outdated(const std::string& hash) const override { return of_.is_outdated(hash); }
  const std::string& of_nobody() const override { return of_.of_nobody(); }

 private:
  ports::Passwords& of_;
  std::function<void()> change_;
};

TEST_P(SignIn, APasswordThatSomebodyElseJustSetIsNotOverwritten) {
  const auto set_by_admin = passwords_.inner->hash(Secret(std::string(kBenWords)));
  ChangedInBetween in_between(passwords_, [&] {
    ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
      book::set_password(tx, book::find_user(tx, "ana")->id, set_by_admin);
    });
  });
  Browser ana(*this);
  ASSERT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  context_.passwords = &in_between;
  EXPECT_EQ(ana.send("PUT", "/api/v1/session/password",
                     {{"old_password", kAnaWords}, {"new_password", "nine bowls of soup"}})
                .status,
            403);
  EXPECT_EQ(one("SELECT password_hash FROM users WHERE name = 'ana'"), set_by_admin);
}

TEST_P(SignIn, SomebodyDisabledInBetweenGetsNoNewSession) {
  ChangedInBetween in_between(passwords_, [&] {
    ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
      const auto id = book::find_user(tx, "ana")->id;
      book::disable_user(tx, id);
      book::end_sessions(tx, id);
    });
  });
  Browser ana(*this);
  ASSERT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  context_.passwords = &in_between;
  EXPECT_EQ(ana.send("PUT", "/api/v1/session/password",
                     {{"old_password", kAnaWords}, {"new_password", "nine bowls of soup"}})
                .status,
            403);
  EXPECT_EQ(count("sessions WHERE ended_us IS NULL"), "0");
}

TEST_P(SignIn, AHashOfOldCostIsMadeAnewWhenThePasswordIsKnown) {
  const auto hash = [&] { return one("SELECT password_hash FROM users WHERE name = 'ana'"); };
  const auto before = hash();
  passwords_.inner = secrets::make_passwords({.passes = 2, .memory_kib = 16, .at_a_time = 2});
  Browser ana(*this);
  EXPECT_EQ(ana.sign_in("ana", "wrong words").status, 401);
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  EXPECT_NE(hash(), before);
  EXPECT_NE(hash().find("m=16,t=2"), std::string::npos);
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
}

TEST_P(SignIn, AnUnknownMemberIsABadRequest) {
  Browser ana(*this);
  EXPECT_EQ(ana.send("POST", "/api/v1/session",
                     {{"name", "ben"}, {"password", kBenWords}, {"role", "admin"}})
                .status,
            400);
}

// The first admin.
class SetUp : public DoorTest {
 protected:
  std::string link() {
    const auto made = api::setup_link(*database_, random_);
    return made ? made->reveal() : "";
  }
};
INSTANTIATE_TEST_SUITE_P(Api, SetUp,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(SetUp, ThePrintedLinkMakesOneAdminOnce) {
  const auto older = link();
  const auto first = link();
  EXPECT_EQ(first.size(), 43U);
  Browser ana(*this);
  const auto set_up = [&](const std::string& token, const std::string& name) {
    return ana
        .send("POST", "/api/v1/setup", {{"token", token}, {"name", name}, {"password", kAnaWords}})
        .status;
  };
  EXPECT_TRUE(parsed(ana.get("/api/v1/session")).at("setup_needed").as_bool());
  const int before = passwords_.worked;
  EXPECT_EQ(set_up(std::string(43, '0'), "ana"), 403);
  EXPECT_EQ(set_up(older, "ana"), 403) << "a newer one was printed";
  EXPECT_EQ(set_up(one("SELECT token_hash FROM setup_links LIMIT 1"), "ana"), 403);
  EXPECT_EQ(passwords_.worked, before) << "no password is hashed for who has no link";
  EXPECT_EQ(set_up(first, "a"), 422);
  EXPECT_EQ(set_up(first, "ana"), 201);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200) << "signed in at once";
  EXPECT_EQ(set_up(older, "eve"), 409);
  EXPECT_EQ(link(), "") << "none is made any more";
  EXPECT_EQ(everything_stored().find(first), std::string::npos);
}

TEST_P(SetUp, TheLinkIsGoodForADay) {
  const auto token = link();
  pass(24h);
  Browser ana(*this);
  EXPECT_EQ(ana.send("POST", "/api/v1/setup",
                     {{"token", token}, {"name", "ana"}, {"password", kAnaWords}})
                .status,
            403);
}

TEST_P(SetUp, ThereIsNoAccountThatNobodyMade) {
  Browser stranger(*this);
  for (const auto* name : {"admin", "root", "tallyman"}) {
    for (const auto* words : {"admin", "password", "tallyman"}) {
      EXPECT_EQ(stranger.sign_in(name, words).status / 100, 4);
    }
  }
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM users"), "0");
}

}  // namespace
}  // namespace tallyman::tests
