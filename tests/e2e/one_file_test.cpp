// One SQLite file has one program: a second one refuses and names the first, or asks it.
#include <gtest/gtest.h>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

class OneFile : public testing::Test {
 protected:
  OneFile() : world_(ports::Dialect::sqlite, {"--orders", "60"}) { world_.prepare(); }

  void expect_refused(const std::vector<std::string>& words, const Process& holder) {
    const Ended second = world_.tallyman(words);
    EXPECT_EQ(second.code, 5) << words.front() << second.out << second.error;
    EXPECT_NE(second.error.find("process " + std::to_string(holder.pid())), std::string::npos)
        << second.error;
    EXPECT_NE(second.error.find(world_.book().file()), std::string::npos) << second.error;
    EXPECT_EQ(second.out, "");
  }

  World world_;
};

TEST_F(OneFile, ASecondProgramRefusesWhileARunIsUnderWay) {
  world_.sandbox().fault("slow", {{"amount", 30}});
  const auto before = world_.sandbox().requests();
  Process first = world_.start({"sync", "run", "--quiet"});
  while (world_.sandbox().requests() == before && !first.ends_within(Milliseconds{10})) {
  }
  expect_refused({"sync", "run", "--json"}, first);
  expect_refused({"orders", "list"}, first);
  expect_refused({"serve"}, first);
  expect_refused({"migrate", "up"}, first);
  EXPECT_EQ(first.kill().code, -SIGKILL);
}

TEST_F(OneFile, AServerThatHangsIsNamedAndNotWaitedForWithoutEnd) {
  Process server = world_.start({"serve"});
  server.wait_for_error("on http://");
  server.signal(SIGSTOP);
  expect_refused({"orders", "list"}, server);
  server.signal(SIGCONT);
  const Ended asked = world_.tallyman({"orders", "list"});
  EXPECT_EQ(asked.code, 0) << asked.error;
}

TEST_F(OneFile, TheNextRunGoesOnAtOnceAfterAServerWasKilled) {
  Process server = world_.start({"serve"});
  server.wait_for_error("on http://");
  server.kill();
  EXPECT_EQ(world_.sync().at("outcome"), "ok");
  EXPECT_EQ(differences(world_), Findings{});
}

}  // namespace
}  // namespace tallyman::tests
