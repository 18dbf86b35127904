// User names, tokens, sessions: the small rules.
#include <gtest/gtest.h>

#include <set>

#include "domain/people/role.h"
#include "domain/people/session.h"
#include "domain/people/token_text.h"
#include "domain/people/user_name.h"

namespace tallyman::people {
namespace {

using namespace std::chrono_literals;

TEST(UserName, CapitalsAreMadeSmall) { EXPECT_EQ(user_name_from("Ana.Smith-2"), "ana.smith-2"); }

TEST(UserName, WhatCouldLookLikeAnotherIsRefused) {
  for (const auto* bad : {"", "a", "2ana", ".ana", "ana.", "ana smith", "ana/b", "..", "ana\n",
                          "\xD0\xB0na", "ana\xE2\x80\x8B", "ana@x",
                          "a_very_long_name_that_goes_on_"
                          "and_on_and_on"}) {
    EXPECT_FALSE(user_name_from(bad)) << bad;
  }
}

TEST(Role, EachMayWhatTheOneBeforeItMay) {
  EXPECT_TRUE(may(Role::admin, Role::viewer));
  EXPECT_TRUE(may(Role::operator_, Role::operator_));
  EXPECT_FALSE(may(Role::viewer, Role::operator_));
  EXPECT_FALSE(may(Role::operator_, Role::admin));
  EXPECT_FALSE(role_from("Admin"));
}

TEST(TokenText, SaysWhichTokenItIsAndHasRoomForAllBits) {
  EXPECT_EQ(base62({0, 0, 0, 0}), std::string(43, '0'));
  EXPECT_EQ(base62({0, 0, 0, 61}), std::string(42, '0') + "z");
  EXPECT_EQ(base62({0, 0, 0, 62}), std::string(41, '0') + "10");
  EXPECT_EQ(base62({0, 0, 1, 0}), "00000000000000000000000000000000LygHa16AHYG") << "2^64";
  const auto most = base62({~0ULL, ~0ULL, ~0ULL, ~0ULL});
  EXPECT_EQ(most.size(), 43U);
  EXPECT_NE(most.front(), '0');
  const auto token = make_token({1, 2, 3, 4}, {5, 6, 7, 8});
  EXPECT_EQ(token.text.size(), 58U);
  EXPECT_TRUE(token.text.starts_with("tally_" + token.id + "_"));
  EXPECT_EQ(token_id_in(token.text), token.id);
}

TEST(TokenText, OtherTextsAreNoTokens) {
  const auto token = make_token({1, 2, 3, 4}, {5, 6, 7, 8}).text;
  EXPECT_FALSE(token_id_in(token + "0"));
  EXPECT_FALSE(token_id_in(token.substr(1)));
  EXPECT_FALSE(token_id_in(""));
  EXPECT_FALSE(token_id_in("TALLY_" + token.substr(6)));
  auto odd = token;
  odd[20] = '-';
  EXPECT_FALSE(token_id_in(odd));
  odd = token;
  odd[14] = 'x';
  EXPECT_FALSE(token_id_in(odd)) << "an underscore stands there";
}

TEST(TokenText, EveryBitMatters) {
  std::set<std::string> texts;
  for (unsigned part = 0; part < 4; ++part) {
    for (unsigned bit = 0; bit < 64; ++bit) {
      Bits256 bits{};
      bits[part] = std::uint64_t{1} << bit;
      EXPECT_TRUE(texts.insert(base62(bits)).second);
    }
  }
}

TEST(Session, EndsWhenNobodyUsesItAndAtItsEnd) {
  const SessionRules rules;
  const Instant begun = instant_from_text("2026-11-20T08:00:00Z").value();
  const auto at = [&](Micros seen, Micros now) {
    return state_of(begun + seen, begun + rules.longest, begun + now, rules);
  };
  EXPECT_EQ(at(0s, 59s), SessionState::live);
  EXPECT_EQ(at(0s, 60s), SessionState::live_to_note);
  EXPECT_EQ(at(0s, 30min - 1us), SessionState::live_to_note);
  EXPECT_EQ(at(0s, 30min), SessionState::over);
  EXPECT_EQ(at(11h + 59min, 12h - 1us), SessionState::live);
  EXPECT_EQ(at(11h + 59min, 12h), SessionState::over) << "in use, and over all the same";
  EXPECT_EQ(at(1h, 0s), SessionState::live) << "a clock that was set back ends nothing";
}

}  // namespace
}  // namespace tallyman::people
