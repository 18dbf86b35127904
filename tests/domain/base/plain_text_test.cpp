#include "domain/base/plain_text.h"

#include <gtest/gtest.h>

namespace tallyman {
namespace {

using namespace std::string_literals;

TEST(PlainText, WhatIsFitStaysAsItIs) {
  EXPECT_EQ(plain_text("Grüße, 東京 🦀\n\tzwei", 100), "Grüße, 東京 🦀\n\tzwei");
}

TEST(PlainText, WhatNoDatabaseTakesBecomesAQuestionMark) {
  EXPECT_EQ(plain_text("a\0b\x1b[31m\r\x7f"s, 100), "a?b?[31m??");
  EXPECT_EQ(plain_text("\xC3", 100), "?") << "cut off";
  EXPECT_EQ(plain_text("\xC0\xAF \xE0\x80\xAF", 100), "?? ???") << "overlong";
  EXPECT_EQ(plain_text("\xED\xA0\x80", 100), "???") << "half of a surrogate pair";
  EXPECT_EQ(plain_text("\xF4\x90\x80\x80 \xFF", 100), "???? ?") << "beyond Unicode";
}

TEST(PlainText, ItIsCutBetweenCharacters) {
  EXPECT_EQ(plain_text("äöü", 5), "äö");
  EXPECT_EQ(plain_text("abc", 0), "");
}

}  // namespace
}  // namespace tallyman
