// What a partner sent is shown, and does nothing to the terminal.
#include "cli/table.h"

#include <gtest/gtest.h>

#include "cli/when.h"

namespace tallyman::cli {
namespace {

using namespace std::chrono_literals;

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
  // NOLINTBEGIN(misc-misleading-bidirectional): they are what is tested
  // Their bytes, for in the source they would turn the direction of the text unseen as well.
  for (const auto* turn :
       {"\xd8\x9c", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xae", "\xe2\x81\xa6",
        "\xe2\x81\xa9", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    EXPECT_EQ(shown(std::string("oats ") + turn + "gpj"), "oats ?gpj");
  }
  // NOLINTEND(misc-misleading-bidirectional)
}

TEST(Table, LettersOfAllLanguagesStay) {
  const std::string text = "Zoë – 東京 – שלום – ¿qué? – “x” – €5";
  EXPECT_EQ(shown(text), text);
  EXPECT_EQ(table({{"A"}, {"B"}}, {{"é", "x"}, {"ab", "y"}}), "A   B\né   x\nab  y\n");
}

TEST(Table, ColourOnlyRepeatsWhatAWordSaysAndMovesNothing) {
  const std::vector<Column> columns = {{.title = "STATE", .paint = Paint::state}, {"WHAT"}};
  const std::vector<std::vector<std::string>> rows = {{"ok", "ok"}, {"failed", "x"}, {"idle", "x"}};
  EXPECT_EQ(table(columns, rows),
            "STATE   WHAT\n"
            "ok      ok\n"
            "failed  x\n"
            "idle    x\n");
  EXPECT_EQ(table(columns, rows, Colour::yes),
            "STATE   WHAT\n"
            "\x1b[32mok\x1b[0m      ok\n"
            "\x1b[1;31mfailed\x1b[0m  x\n"
            "idle    x\n");
}

TEST(When, SaysTheZoneOfThatDay) {
  const Zone zone("America/Chicago",
                  {{Instant::min(), -6h, "CST"},
                   {instant_from_text("2026-03-08T08:00:00Z").value(), -5h, "CDT"}});
  const auto at = [](const char* text) { return instant_from_text(text).value(); };
  EXPECT_EQ(when(at("2026-03-08T07:59:59.9Z"), zone), "2026-03-08 01:59 CST");
  EXPECT_EQ(when(at("2026-03-08T08:00:00Z"), zone), "2026-03-08 03:00 CDT");
  EXPECT_EQ(when(at("2026-03-01T05:59:58Z"), zone, Fine::seconds), "2026-02-28 23:59:58 CST");
}

TEST(When, ANullOrAForeignTextIsShownAsItIs) {
  const boost::json::object object{{"none", nullptr}, {"odd", "soon"}};
  EXPECT_EQ(when(object, "none", Zone{}), "-");
  EXPECT_EQ(when(object, "absent", Zone{}), "-");
  EXPECT_EQ(when(object, "odd", Zone{}), "soon");
}

}  // namespace
}  // namespace tallyman::cli
