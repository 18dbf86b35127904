// What the Tab key offers, and whether a real shell understands the script.
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/command.h"

namespace tallyman::cli {
namespace {

using Words = std::vector<std::string>;

bool offers(const Words& line, const std::string& word) {
  const auto fits = complete(line);
  return std::ranges::find(fits.words, word) != fits.words.end();
}

TEST(Completion, OffersNounsThenVerbsThenTheirFlags) {
  EXPECT_EQ(complete({"or"}).words, Words{"orders"});
  EXPECT_EQ(complete({"orders", "s"}).words, Words{"show"});
  EXPECT_TRUE(offers({"sync", "run", "--"}, "--no-wait"));
  EXPECT_TRUE(offers({"sync", "run", "--"}, "--json")) << "flags of every command";
  EXPECT_FALSE(offers({"sync", "status", "--"}, "--no-wait"));
  EXPECT_TRUE(offers({""}, "status"));
}

TEST(Completion, OffersTheValuesThatAreAllowed) {
  EXPECT_EQ(complete({"jobs", "list", "--state", "d"}).words, (Words{"done", "dead"}));
  EXPECT_EQ(complete({"completion", ""}).words, (Words{"bash", "zsh", "fish"}));
  EXPECT_EQ(complete({"--json", "user", "role", "ana", "o"}).words, Words{"operator"});
}

TEST(Completion, ATextOfOnesOwnHasNoCompletion) {
  for (const auto& line :
       {Words{"orders", "list", "--search", "o"},
        Words{"workflows", "disable", "x", "--reason", "o"}, Words{"orders", "why", "1", "o"},
        Words{"nonsense", "or", "ders", "--x"}}) {
    const auto fits = complete(line);
    EXPECT_TRUE(fits.words.empty()) << line.back();
    EXPECT_FALSE(fits.more) << line.back();
  }
}

TEST(Completion, NumbersAndNamesAreAskedOfTheServer) {
  const auto order = complete({"orders", "show", "10 0"}).more;
  ASSERT_TRUE(order);
  EXPECT_EQ(order->target, "/api/v1/orders?limit=50&q=10%200");
  EXPECT_EQ(order->member, "order_number");
  EXPECT_EQ(complete({"jobs", "show", "--follow", ""}).more.value().member, "job_id");
  EXPECT_EQ(complete({"config", "set", "ware"}).more.value().member, "key");
  EXPECT_FALSE(complete({"config", "set", "warehouse.cutoff", ""}).more) << "that is its value";
  EXPECT_FALSE(complete({"user", "add", ""}).more) << "nobody is called so yet";
}

TEST(Completion, TheLineOfAShellIsTakenAsItIs) {
  const auto parsed = parse({"complete", "--", "--json", "orders", ""});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(std::get<Complete>(parsed->command).words, (Words{"--json", "orders", ""}));
}

TEST(Completion, EveryShellHasAScriptThatAsksThisProgram) {
  for (const auto shell : {Shell::bash, Shell::zsh, Shell::fish}) {
    const auto script = completion_script(shell);
    EXPECT_NE(script.find(" complete -- "), std::string::npos) << script;
    EXPECT_NE(script.find("2>/dev/null"), std::string::npos) << script;
  }
}

}  // namespace
}  // namespace tallyman::cli
