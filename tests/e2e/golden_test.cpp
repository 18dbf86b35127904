// What people see, word for word. The files are in golden/; TALLYMAN_GOLDEN=write renews them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>

#include "tests/e2e/world.h"

namespace tallyman::tests {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(TALLYMAN_SOURCE_DIR) + "/tests/e2e/golden/" + name + ".txt";
  if (const char* mode = std::getenv("TALLYMAN_GOLDEN"); mode != nullptr) {
    std::ofstream(path) << text;
    return;
  }
  std::ifstream file(path);
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {})) << path;
}

// Digits as '0', so that two texts of one form are equal.
std::string form_of(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return std::isdigit(c) != 0; }, '0');
  return text;
}

// Times of the day differ from run to run, and the zone's word between winter and summer.
std::string without_times(std::string text) {
  const std::string form = form_of(text);
  constexpr std::string_view kTime = "0000-00-00 00:00";
  constexpr std::string_view kMasked = "YYYY-MM-DD hh:mm";
  for (auto at = form.find(kTime); at != std::string::npos; at = form.find(kTime, at + 1)) {
    text.replace(at, kTime.size(), kMasked);
    const auto word = text.substr(at + kTime.size(), 4);
    if (word == " CST" || word == " CDT") text.replace(at + kTime.size(), 4, " CxT");
  }
  return text;
}

class Golden : public testing::Test {
 protected:
  TempFolder folder_;
  Ended tallyman(std::vector<std::string> words) {
    words.insert(words.begin(), kProgram);
    return Process(words, bare_environment(folder_.path().string())).wait();
  }
};

TEST_F(Golden, HelpIsAsWritten) {
  const Ended help = tallyman({"help"});
  EXPECT_EQ(help.code, 0) << help.error;
  expect_golden("help", help.out);
  const Ended sync = tallyman({"sync", "--help"});
  EXPECT_EQ(sync.code, 0) << sync.error;
  expect_golden("help_sync", sync.out);
}

TEST_F(Golden, TheVersionIsOneLine) {
  const Ended version = tallyman({"version"});
  EXPECT_EQ(version.code, 0) << version.error;
  EXPECT_EQ(form_of(version.out), "tallyman 0.0.0\n");
}

TEST_F(Golden, BashCompletesALineByAskingTheProgram) {
  const std::string fits =
      R"(. <("$0" completion bash) && COMP_WORDS=("$0" orders s) COMP_CWORD=2 && )"
      R"(_tallyman && printf '%s\n' "${COMPREPLY[@]}")";
  const Ended bash =
      Process({"bash", "-c", fits, kProgram}, bare_environment(folder_.path().string())).wait();
  EXPECT_EQ(bash.out, "show\n") << bash.error;
}

TEST_F(Golden, TheListOfOrdersIsATable) {
  World world(ports::Dialect::sqlite, {"--orders", "0"});
  world.prepare();
  for (const char* number : {"100101", "100102"}) {
    world.sandbox().post("/_sandbox/orders", {{"number", number}, {"quantity", 3}});
  }
  EXPECT_EQ(world.sync().at("outcome"), "ok");
  const Ended list = world.tallyman({"orders", "list"});
  EXPECT_EQ(list.code, 0) << list.error;
  expect_golden("orders_list", without_times(list.out));
}

}  // namespace
}  // namespace tallyman::tests
