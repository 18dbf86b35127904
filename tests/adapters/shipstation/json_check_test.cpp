#include "adapters/shipstation/json_check.h"

#include <gtest/gtest.h>

#include <string>

#include "adapters/shipstation/json_text.h"

namespace tallyman::shipstation {
namespace {

TEST(JsonFault, FindsNoneInSoundJson) {
  for (const auto* text : {"{}",
                           "[]",
                           " { } ",
                           "null",
                           "true",
                           "false",
                           "0",
                           "-0",
                           "12.50",
                           "1e5",
                           "1E+05",
                           "-1.5e-7",
                           "\"\"",
                           "\"a\\u00e9\\n\\\"\\\\\\/\"",
                           "[1,[2,[]],{\"a\":{}}]",
                           "{\"a\":1,\"a\":null}",
                           "\t[\r\n1 , 2 ]\n",
                           "123456789012345678901234567890.12345678901234567890",
                           "1e999",
                           "\"\\ud83d\""}) {
    EXPECT_EQ(json_fault(text), std::nullopt) << text;
  }
}

TEST(JsonFault, FindsEveryBreakOfTheGrammar) {
  for (const auto* text :
       {"",           " ",       "{",           "}",
        "[",          "]",       "[1,]",        "[,1]",
        "[1 2]",      "[1}",     "{\"a\"}",     "{\"a\":}",
        "{\"a\":1,}", "{a:1}",   "{'a':1}",     "{\"a\":1 \"b\":2}",
        "nul",        "nulll",   "True",        "NaN",
        "-",          "01",      "1.",          ".5",
        "1e",         "1e+",     "+1",          "0x10",
        "\"",         "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"",
        "\"a\nb\"",   "{} {}",   "[] x",        "{\"orders\":[],\"total\":0}<!-- x -->",
        "[1]]"}) {
    EXPECT_TRUE(json_fault(text)) << text;
  }
  EXPECT_TRUE(json_fault(std::string_view{"[1\0]", 4}));
  EXPECT_TRUE(json_fault(std::string_view{"{}\0", 3}));
}

TEST(JsonFault, SaysWhereAndWhatIsWrong) {
  EXPECT_EQ(json_fault("[1;2]"), "malformed JSON at byte 2: expected ',' or ']'");
  EXPECT_EQ(json_fault("{\"a\":nope}"), "malformed JSON at byte 6: expected null");
  EXPECT_EQ(json_fault("{\"a\":[1,2"), "the JSON ends too early, after 9 bytes");
}

TEST(JsonFault, RefusesABombOfBracketsWithoutRecursion) {
  const std::string bomb(1'000'000, '[');
  EXPECT_EQ(json_fault(bomb), "the JSON is nested deeper than 64 levels");
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(json_fault(deep), std::nullopt);
  EXPECT_TRUE(json_fault("[" + deep + "]"));
}

TEST(JsonFault, FindsEveryTruncation) {
  const std::string text = R"({"orders":[{"a":"x\"\\y","b":[1.5,true,null]},{}],"total":-10})";
  ASSERT_EQ(json_fault(text), std::nullopt);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_TRUE(json_fault(text.substr(0, length))) << length;
  }
}

TEST(FirstValue, EndsWhereTheValueEnds) {
  EXPECT_EQ(first_value(R"({"a":"}\"]"} , 2])"), R"({"a":"}\"]"})");
  EXPECT_EQ(first_value("[[1],[2]],3"), "[[1],[2]]");
  EXPECT_EQ(first_value("{}]"), "{}");
  EXPECT_EQ(first_value("12.50 ]"), "12.50");
  EXPECT_EQ(first_value("\"a,\\\\\",1"), "\"a,\\\\\"");
  EXPECT_EQ(first_value("true"), "true");
}

TEST(UnescapedLoosely, ReplacesLoneHalvesOfPairs) {
  EXPECT_EQ(unescaped_loosely(R"("a\"\\\/\b\f\n\r\tz")"), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(unescaped_loosely(R"("\u0041\u00e9\u20ac")"), "Aé€");
  EXPECT_EQ(unescaped_loosely(R"("\ud83d\ude00")"), "😀");
  EXPECT_EQ(unescaped_loosely(R"("x\ud83d")"), "x\xEF\xBF\xBD");
  EXPECT_EQ(unescaped_loosely(R"("\ude00y")"), "\xEF\xBF\xBDy");
  EXPECT_EQ(unescaped_loosely(R"("\ud83dA")"),
            "\xEF\xBF\xBD"
            "A");
  EXPECT_EQ(unescaped_loosely(R"("\ud83d\ud83d\ude00")"), "\xEF\xBF\xBD😀");
}

TEST(OneLine, IsShortPrintableUtf8WithoutAddresses) {
  EXPECT_EQ(one_line("  a\r\n\t b\x01 c  ", 80), "a b c");
  EXPECT_EQ(one_line("sent by a.example@example.com today", 80), "sent by today");
  EXPECT_EQ(one_line("ééé", 3), "é…");
  EXPECT_EQ(one_line("caf\xE9 closed", 80), "caf? closed");
  EXPECT_EQ(one_line("", 80), "");
}

}  // namespace
}  // namespace tallyman::shipstation
