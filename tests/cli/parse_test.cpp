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

TEST(CommandLine, TheVersionMayBeAskedForInTwoWays) {
  for (const auto& words :
       {std::vector<std::string>{"--version"}, std::vector<std::string>{"version"}}) {
    const auto parsed = parse(words);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(std::holds_alternative<Version>(parsed->command));
  }
}

TEST(CommandLine, ATimeoutIsANumberWithItsUnit) {
  const auto timeout_of = [](const std::string& text) {
    const auto parsed = parse({"sync", "run", "--timeout", text});
    return parsed ? std::get<SyncRun>(std::get<ApiCommand>(parsed->command)).timeout : std::nullopt;
  };
  EXPECT_EQ(timeout_of("90s"), std::chrono::seconds(90));
  EXPECT_EQ(timeout_of("10m"), std::chrono::minutes(10));
  EXPECT_EQ(timeout_of("2h"), std::chrono::hours(2));
  for (const auto* wrong : {"10", "m", "10d", "-1s", "1.5h", "10min", "99999999999999999999s"}) {
    const auto parsed = parse({"sync", "run", "--timeout", wrong});
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_EQ(parsed.error().exit, 2) << wrong;
  }
}

TEST(CommandLine, TheSandboxGetsItsOwnWords) {
  const auto parsed = parse({"sandbox", "--listen", "127.0.0.1:9900", "--seed", "1"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(std::get<Sandbox>(parsed->command).arguments.size(), 4U);
}

}  // namespace
}  // namespace tallyman::cli
