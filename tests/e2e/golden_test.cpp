// What people see, word for word. The files are in golden/; TALLYMAN_GOLDEN=write renews them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

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

// Times of the day differ from run to run.
std::string without_times(const std::string& text) {
  static const std::regex time(R"(\d{4}-\d\d-\d\dT\d\d:\d\d)");
  return std::regex_replace(text, time, "YYYY-MM-DDThh:mm");
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
  EXPECT_TRUE(std::regex_match(version.out, std::regex("tallyman \\d+\\.\\d+\\.\\d+\n")))
      << version.out;
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
