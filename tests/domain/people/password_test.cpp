#include "domain/people/password.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/people/common_passwords.h"

namespace tallyman::people {
namespace {

TEST(Password, LengthIsAllThatIsAskedOfUncommonWords) {
  EXPECT_FALSE(refuse_password("four tins of oats", "ana"));
  EXPECT_FALSE(refuse_password("zlomekqu", "ana")) << "eight are enough, whatever they are";
  EXPECT_FALSE(refuse_password(" \xC3\xA9t\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC ok", "ana"));
  EXPECT_FALSE(refuse_password(std::string(64, 'x') + "yz", "ana"));
  EXPECT_FALSE(refuse_password("x" + std::string(255, 'y'), "ana"));
  EXPECT_TRUE(refuse_password("x" + std::string(256, 'y'), "ana"));
  EXPECT_TRUE(refuse_password("zlomekq", "ana"));
  EXPECT_TRUE(refuse_password("", "ana"));
}

TEST(Password, LettersAreCountedNotBytes) {
  EXPECT_TRUE(refuse_password("\xC3\xA9\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA9\xC3\xB8\xC3\xA5", "ana"));
  EXPECT_FALSE(
      refuse_password("\xC3\xA9\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA9\xC3\xB8\xC3\xA5\xC3\xA6", "ana"));
}

TEST(Password, WhatEverybodyTriesFirstIsRefusedInEveryDisguise) {
  for (const auto* common :
       {"password",      "Password1",    "p@ssw0rd",      "P4$$w0rd2026!", "password123",
        "Welcome2026!",  "qwertyuiop",   "1q2w3e4r5t",    "12345678",      "87654321",
        "aaaaaaaa",      "abcdefghij",   "letmein99!",    "Football1",     "iloveyou",
        "changeme",      "admin1234",    "administrator", "Sunshine1!!",   "monkey123456",
        "warehouse2026", "ShipStation1", "trustno1"}) {
    EXPECT_TRUE(is_common_password(common)) << common;
    EXPECT_TRUE(refuse_password(common, "ana")) << common;
  }
}

TEST(Password, TheListHasSomeHundredsAndEachOfThemIsFound) {
  std::size_t words = 0;
  std::string_view rest = common_passwords();
  while (!rest.empty()) {
    const auto end = std::min(rest.find_first_of(" \n"), rest.size());
    if (end > 0) {
      EXPECT_TRUE(is_common_password(rest.substr(0, end))) << rest.substr(0, end);
      ++words;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  EXPECT_GE(words, 1000U);
}

TEST(Password, TheOwnNameAndTheProgramsAddNothing) {
  EXPECT_TRUE(refuse_password("ana.smith", "ana.smith"));
  EXPECT_TRUE(refuse_password("Ana.Smith-2026", "ana.smith"));
  EXPECT_TRUE(refuse_password("tallyman", "ana"));
  EXPECT_TRUE(refuse_password("TallyMan!42", "ana"));
  EXPECT_FALSE(refuse_password("tallyman counts tins", "ana"));
}

}  // namespace
}  // namespace tallyman::people
