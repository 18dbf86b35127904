// What one program tells is heard by the others, on a connection that can be lost and made anew.
#include "adapters/database/hint_line.h"

#include <gtest/gtest.h>

#include <future>
#include <string>

#include "adapters/time/system_random.h"
#include "support/databases.h"
#include "support/postgres.h"

namespace tallyman::database {
namespace {

using namespace std::chrono_literals;
using ports::HintEnd;

class HintLineTest : public ::testing::Test {
 protected:
  HintLineTest() : database_(ports::Dialect::postgres) {}

  std::unique_ptr<ports::HintLine> line(std::string_view own_id = "me") {
    return make_hint_line(database_.url(), {.clock = database_.clock(), .random = random_},
                          {.channel = "test_channel", .own_id = own_id});
  }
  void tell(const std::string& who, const std::string& channel = "test_channel") {
    database_.script("NOTIFY " + channel + ", '" + who + "'");
  }

  tests::FreshDatabase database_;
  timing::SystemRandom random_;
};

TEST_F(HintLineTest, HearsWhatAnotherProgramTells) {
  const auto heard = line();
  heard->open();
  tell("other");
  EXPECT_EQ(heard->wait({}), HintEnd::heard);
}

TEST_F(HintLineTest, HearsNeitherItselfNorOtherChannelsNorOtherDatabases) {
  const auto heard = line();
  heard->open();
  const auto somebody = line("somebody");
  somebody->open();
  tests::FreshDatabase elsewhere(ports::Dialect::postgres);
  elsewhere.script("NOTIFY test_channel, 'other'");
  tell("other", "other_channel");
  tell("me");
  std::stop_source stop;
  auto end = std::async(std::launch::async, [&] { return heard->wait(stop.get_token()); });
  EXPECT_EQ(somebody->wait({}), HintEnd::heard) << "it was told";
  stop.request_stop();
  EXPECT_EQ(end.get(), HintEnd::stopped);
}

TEST_F(HintLineTest, StopsAtOnceWhenAsked) {
  const auto heard = line();
  heard->open();
  std::stop_source stop;
  stop.request_stop();
  tell("other");
  EXPECT_EQ(heard->wait(stop.get_token()), HintEnd::stopped);
}

TEST_F(HintLineTest, ALostConnectionIsToldAndCanBeMadeAnew) {
  const auto heard = line();
  EXPECT_THROW(heard->wait({}), ports::DbFailure) << "never opened";
  heard->open();
  auto end = std::async(std::launch::async, [&] { return heard->wait({}); });
  tests::PostgresServer::of_this_program().terminate_backends(
      tests::database_name(database_.url()));
  try {
    end.get();
    ADD_FAILURE() << "the end of the connection was not noticed";
  } catch (const ports::DbFailure& failure) {
    EXPECT_EQ(failure.kind(), ports::DbError::connection_lost) << failure.what();
  }
  heard->open();
  tell("other");
  EXPECT_EQ(heard->wait({}), HintEnd::heard);
}

TEST_F(HintLineTest, AServerThatIsNotThereIsToldWithoutThePassword) {
  const auto nowhere = make_hint_line("postgresql://ana:secret-word@127.0.0.1:1/book",
                                      {.clock = database_.clock(), .random = random_},
                                      {.channel = "test_channel", .own_id = "me"});
  try {
    nowhere->open();
    ADD_FAILURE() << "nobody is there";
  } catch (const ports::DbFailure& failure) {
    EXPECT_EQ(failure.kind(), ports::DbError::unreachable) << failure.what();
    EXPECT_EQ(std::string(failure.what()).find("secret-word"), std::string::npos);
  }
}

TEST_F(HintLineTest, ThereIsNoneForAFileThatOneProgramUsesAlone) {
  EXPECT_EQ(make_hint_line("sqlite:book.db", {.clock = database_.clock(), .random = random_},
                           {.channel = "test_channel", .own_id = "me"}),
            nullptr);
}

}  // namespace
}  // namespace tallyman::database
