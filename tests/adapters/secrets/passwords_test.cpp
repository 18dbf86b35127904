// The hashes themselves: their cost, and what they are good for.
#include "adapters/secrets/passwords.h"

#include <gtest/gtest.h>

#include <string>

namespace tallyman::secrets {
namespace {

constexpr HashCost kCheap{.passes = 1, .memory_kib = 8, .at_a_time = 2};

TEST(Passwords, AHashIsArgon2idOfTheRecommendedCost) {
  const auto passwords = make_passwords();
  const auto hash = passwords->hash(Secret("correct horse battery staple"));
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(passwords->matches(Secret("correct horse battery staple"), hash));
  EXPECT_FALSE(passwords->matches(Secret("correct horse battery stapl"), hash));
  EXPECT_FALSE(passwords->is_outdated(hash));
}

TEST(Passwords, TheSamePasswordHasAnotherHashEachTime) {
  const auto passwords = make_passwords(kCheap);
  EXPECT_NE(passwords->hash(Secret("the same words")), passwords->hash(Secret("the same words")));
}

TEST(Passwords, EveryByteOfALongPassphraseCounts) {
  const auto passwords = make_passwords(kCheap);
  std::string words;
  for (int i = 0; i < 64; ++i) words += "ß";
  const auto hash = passwords->hash(Secret(words));
  EXPECT_TRUE(passwords->matches(Secret(words), hash));
  words.back() = '\x9E';
  EXPECT_FALSE(passwords->matches(Secret(words), hash));
}

TEST(Passwords, AHashOfOtherCostIsOutdatedAndStillMatches) {
  const auto before = make_passwords(kCheap);
  const auto now = make_passwords({.passes = 2, .memory_kib = 16, .at_a_time = 2});
  const auto hash = before->hash(Secret("some words of old"));
  EXPECT_TRUE(now->is_outdated(hash));
  EXPECT_TRUE(now->matches(Secret("some words of old"), hash));
}

TEST(Passwords, NobodysHashIsWorkedOnLikeAnotherAndMatchesNothing) {
  const auto passwords = make_passwords(kCheap);
  EXPECT_FALSE(passwords->is_outdated(passwords->of_nobody())) << "of the same form and cost";
  for (const auto* guess : {"", "nobody", "nobody knows it"}) {
    EXPECT_FALSE(passwords->matches(Secret(guess), passwords->of_nobody()));
  }
}

TEST(Passwords, TextThatIsNoHashMatchesNothing) {
  const auto passwords = make_passwords(kCheap);
  for (const auto& text : {std::string(), std::string("plain"), std::string(4000, '$')}) {
    EXPECT_FALSE(passwords->matches(Secret("plain"), text));
    EXPECT_TRUE(passwords->is_outdated(text));
  }
}

}  // namespace
}  // namespace tallyman::secrets
