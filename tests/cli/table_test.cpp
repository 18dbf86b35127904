// What a partner sent is shown, and does nothing to the terminal.
#include "cli/table.h"

#include <gtest/gtest.h>

namespace tallyman::cli {
namespace {

std::string shown(const std::string& cell) {
  const auto text = table({{"NAME"}}, {{cell}});
  return text.substr(text.find('\n') + 1, text.size() - text.find('\n') - 2);
}

TEST(Table, ControlCharactersOfAnyKindDoNotReachTheTerminal) {
  EXPECT_EQ(shown("a\x1b[2Jb\rc\x7f"
                  "d"),
            "a [2Jb c d");
  EXPECT_EQ(shown("a\u009b2Jb"), "a?2Jb") << "C1: the same as ESC [ for old terminals";
  EXPECT_EQ(shown("a\u0085b"), "a?b");
}

TEST(Table, NothingTurnsTheDirectionOfATextUnseen) {
  for (const auto* turn :
       {"\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029"}) {
    EXPECT_EQ(shown(std::string("oats ") + turn + "gpj"), "oats ?gpj");
  }
}

TEST(Table, LettersOfAllLanguagesStay) {
  const std::string text = "Zoë – 東京 – שלום – ¿qué? – “x” – €5";
  EXPECT_EQ(shown(text), text);
  EXPECT_EQ(table({{"A"}, {"B"}}, {{"é", "x"}, {"ab", "y"}}), "A   B\né   x\nab  y\n");
}

}  // namespace
}  // namespace tallyman::cli
