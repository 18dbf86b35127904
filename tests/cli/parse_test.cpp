#include <gtest/gtest.h>

#include "cli/command.h"

namespace tallyman::cli {
namespace {

TEST(CommandLine, GlobalFlagsMayStandAnywhere) {
  for (const auto& words : {std::vector<std::string>{"--json", "sync", "run"},
                            std::vector<std::string>{"sync", "run", "--json"}}) {
    const auto parsed = parse(words);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->global.json);
    EXPECT_TRUE(std::holds_alternative<SyncRun>(std::get<ApiCommand>(parsed->command)));
  }
}

TEST(CommandLine, AMisspeltWordIsAnsweredWithTheNearestOne) {
  const auto noun = parse({"odrers", "list"});
  ASSERT_FALSE(noun);
  EXPECT_EQ(noun.error().exit, 2);
  EXPECT_NE(noun.error().error.find("did you mean 'orders'"), std::string::npos);
  const auto verb = parse({"orders", "lst"});
  ASSERT_FALSE(verb);
  EXPECT_NE(verb.error().error.find("did you mean 'list'"), std::string::npos);
}

TEST(CommandLine, AMissingArgumentIsNamedWithoutGuessing) {
  const auto parsed = parse({"orders", "why"});
  ASSERT_FALSE(parsed);
  EXPECT_NE(parsed.error().error.find("number is required"), std::string::npos);
  EXPECT_EQ(parsed.error().error.find("did you mean"), std::string::npos);
}

TEST(CommandLine, HelpGoesToStandardOutput) {
  for (const auto& words : {std::vector<std::string>{"help"}, std::vector<std::string>{"--help"},
                            std::vector<std::string>{"orders", "--help"}}) {
    const auto parsed = parse(words);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().exit, 0);
    EXPECT_FALSE(parsed.error().out.empty());
  }
}

TEST(CommandLine, TheSandboxGetsItsOwnWords) {
  const auto parsed = parse({"sandbox", "--listen", "127.0.0.1:9900", "--seed", "1"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(std::get<Sandbox>(parsed->command).arguments.size(), 4U);
}

}  // namespace
}  // namespace tallyman::cli
