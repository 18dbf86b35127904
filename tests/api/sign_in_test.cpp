// Signing in, and everything that must not be a way in.
#include "api/sign_in.h"

#include "adapters/book/users.h"
#include "api/door_test.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

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

  Browser ben(*this, "10.0.0.6");
  EXPECT_EQ(ben.sign_in("ben", kBenWords).status, 200) << "other accounts are not touched";

  Browser ana(*this, "10.0.0.7");
  const auto early = ana.sign_in("ana", kAnaWords);
  EXPECT_EQ(early.status, 429);
  EXPECT_EQ(early.body.find("wrong"), std::string::npos) << "even the right one is not looked at";
  pass(std::chrono::seconds{wait_of(early)});
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
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
  EXPECT_LE(checked, 50);
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
  const auto first = link();
  const auto second = link();
  EXPECT_EQ(first.size(), 43U);
  Browser ana(*this);
  const auto set_up = [&](const std::string& token, const std::string& name) {
    return ana
        .send("POST", "/api/v1/setup", {{"token", token}, {"name", name}, {"password", kAnaWords}})
        .status;
  };
  EXPECT_TRUE(parsed(ana.get("/api/v1/session")).at("setup_needed").as_bool());
  EXPECT_EQ(set_up(std::string(43, '0'), "ana"), 403);
  EXPECT_EQ(set_up(one("SELECT token_hash FROM setup_links LIMIT 1"), "ana"), 403);
  EXPECT_EQ(set_up(first, "a"), 422);
  EXPECT_EQ(set_up(first, "ana"), 201);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200) << "signed in at once";
  EXPECT_EQ(set_up(second, "eve"), 409);
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
