// The whole program on a real order book: which work it takes, what a switch stops, what a demo
// leaves alone.
#include "app/program.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <mutex>
#include <stdexcept>

#include "adapters/book/controls.h"
#include "adapters/book/hints.h"
#include "adapters/book/jobs.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_connection.h"
#include "adapters/http/client.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_random.h"
#include "adapters/time/system_threads.h"
#include "app/serve.h"
#include "ports/statements.h"
#include "support/databases.h"
#include "workflows/kpi_snapshot.h"
#include "workflows/schedules.h"

namespace tallyman::app {
namespace {

using namespace std::chrono_literals;
using work::JobState;

class Outsiders : public ::testing::Test {
 protected:
  timing::SystemClock clock_;
  timing::SystemRandom random_;
  timing::SystemThreads threads_;
  const Outside outside_{.clock = clock_, .random = random_, .threads = threads_};
  Log log_{LogConfig{}, clock_, [](LogLevel, std::string_view) {}};
};

class ProgramTest : public Outsiders {
 protected:
  ProgramTest() : database(ports::Dialect::postgres) {
    config.database = {ports::Dialect::postgres, {}, Secret{database.url()}};
    open_book(config, outside_)->transact(ports::TxMode::write, workflows::add_switches);
  }

  std::unique_ptr<Program> started() {
    auto program =
        std::get<std::unique_ptr<Program>>(Program::build(config, outside_, log_, Pace::scheduled));
    program->go();
    return program;
  }
  JobId add(const std::string& kind, work::Priority priority = work::Priority::sync) {
    return ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
      return book::enqueue(tx, {.kind = kind, .priority = priority}).job;
    });
  }
  book::Job find(JobId id) {
    return ports::transact(*database, ports::TxMode::read,
                           [&](ports::Tx& tx) { return book::find_job(tx, id).value(); });
  }
  book::Job when_over(JobId id) {
    for (const Micros until = clock_.steady() + 2min;;) {
      auto job = find(id);
      if (job.state == JobState::done) return job;
      if (clock_.steady() > until) {
        ADD_FAILURE() << "job " << id.value << " stays " << word(job.state) << ": " << job.message;
        return job;
      }
      clock_.wait(5ms, {}, nullptr);
    }
  }

  tests::FreshDatabase database;
  Config config;
};

TEST_F(ProgramTest, LeavesWorkThatIsNotSetUpHereToOtherNodes) {
  std::vector<JobId> of_others;
  for (const auto* kind : {"shipstation-sync", "sync-preview", "test-credentials", "send-mail"}) {
    of_others.push_back(add(kind, work::Priority::person));
  }
  const auto ours = add(std::string(workflows::kKpiSnapshot), work::Priority::backfill);
  const auto program = started();
  when_over(ours);  // what goes before it was passed over
  for (const auto id : of_others) {
    const auto job = find(id);
    EXPECT_EQ(job.state, JobState::available) << job.kind << ": " << job.message;
    EXPECT_EQ(job.attempt, 0) << job.kind;
  }
}

TEST_F(ProgramTest, NoNumbersAreKeptWhileTheirSnapshotIsSwitchedOff) {
  ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
    EXPECT_TRUE(book::turn(tx, workflows::kKpiSnapshot, book::Turn::off, "user:ana", "moving"));
  });
  const auto asked = add(std::string(workflows::kKpiSnapshot));
  const auto program = started();
  const auto job = when_over(asked);
  EXPECT_EQ(job.outcome, "skipped");
  EXPECT_NE(job.message.find("switched off"), std::string::npos) << job.message;
  EXPECT_EQ(database.rows("SELECT CAST(COUNT(*) AS TEXT) FROM system_kpis").at(0).at(0), "0");
}

// Takes requests and answers none.
class DeafServer {
 public:
  DeafServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (socket_ < 0 || ::bind(socket_, raw, size) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, raw, &size) != 0) {
      throw std::runtime_error("no server could be started");
    }
    port_ = ntohs(address.sin_port);
  }
  ~DeafServer() { ::close(socket_); }
  DeafServer(const DeafServer&) = delete;
  DeafServer& operator=(const DeafServer&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
};

// Time as it is, except that who waits to be woken waits an hour, as does who looks once a minute:
// nothing is found by looking.
class NeverLooking final : public ports::Clock {
 public:
  Instant now() override { return real_.now(); }
  Micros steady() override { return real_.steady(); }
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override {
    const bool is_look = event != nullptr || length >= Micros{1min};
    return real_.wait(is_look ? Micros{1h} : length, std::move(stop), event);
  }

 private:
  timing::SystemClock real_;
};

class ToldProgram : public ProgramTest {
 protected:
  // A node that only does what it is woken for.
  std::unique_ptr<Program> node() {
    auto program = std::get<std::unique_ptr<Program>>(
        Program::build(config, never_looking_, log_, Pace::scheduled));
    program->go();
    return program;
  }
  std::unique_ptr<Program> command() {
    return std::get<std::unique_ptr<Program>>(
        Program::build(config, outside_, log_, Pace::when_asked));
  }
  static std::string listeners() {
    return "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity WHERE datname = "
           "current_database() AND state = 'idle' AND query = 'LISTEN " +
           std::string(book::kWorkChannel) + "'";
  }
  void when_listening(const std::string& count) {
    for (const Micros until = clock_.steady() + 2min;
         database.rows(listeners()).at(0).at(0) != count;) {
      ASSERT_LT(clock_.steady(), until) << "not " << count << " connections that listen";
      clock_.wait(5ms, {}, nullptr);
    }
  }
  JobId add_snapshot() { return add(std::string(workflows::kKpiSnapshot)); }

  NeverLooking never_looks_;
  const Outside never_looking_{.clock = never_looks_, .random = random_, .threads = threads_};
};

TEST_F(ToldProgram, DoesWhatACommandAskedForWithoutLooking) {
  const auto idle = node();
  when_listening("1");
  // One by one: what woke it for one cannot have shown it the next.
  for (int i = 0; i < 3; ++i) {
    const auto asking = command();
    asking->leave_work_to_nodes();
    const auto id = add_snapshot();
    asking->context().wake_jobs();
    when_over(id);
    if (HasFailure()) return;
  }
}

TEST_F(ToldProgram, ACommandThatEndsAtOnceHasToldTheNodes) {
  const auto idle = node();
  when_listening("1");
  for (int i = 0; i < 3; ++i) {
    const auto id = add_snapshot();
    {
      const auto asking = command();
      asking->leave_work_to_nodes();
      asking->context().wake_jobs();
    }
    when_over(id);
    if (HasFailure()) return;
  }
}

TEST_F(ToldProgram, ANodeTellsWhatItsPeopleAskFor) {
  const auto address = database::postgres_address(database.url());
  ASSERT_TRUE(address) << address.error().what;
  const auto busy = started();
  when_listening("1");
  database::PostgresConnection listener(
      *address, {.url = database.url(), .clock = clock_, .random = random_});
  listener.listen(std::string(book::kWorkChannel));
  busy->context().wake_jobs();
  EXPECT_EQ(listener.wait_for_notifications(-1).front(), busy->context().node_id);
}

TEST_F(ToldProgram, ADrainEndsTheListening) {
  const auto ending = node();
  when_listening("1");
  EXPECT_EQ(ending->drain({}).stuck, 0U);
  when_listening("0");
}

TEST_F(ToldProgram, WhatADrainHandsBackAnotherNodeBeginsWithoutLooking) {
  const DeafServer shipstation;
  config.shipstation.url = shipstation.url();
  config.shipstation.key = Secret{"some-key"};
  config.shipstation.secret = Secret{"some-secret"};
  const auto id = add("sync-preview");
  const auto when_with = [&](Program& program) {
    const std::string node = program.context().node_id;
    for (const Micros until = clock_.steady() + 2min; find(id).node_id != node;) {
      ASSERT_LT(clock_.steady(), until) << "the job is not begun: " << find(id).message;
      clock_.wait(5ms, {}, nullptr);
    }
  };
  const auto ending = node();
  when_with(*ending);
  const auto other = node();
  when_listening("2");
  std::stop_source at_once;
  at_once.request_stop();
  EXPECT_GE(ending->drain(at_once.get_token()).handed_back, 1U);
  when_with(*other);
}

// `demo` in a thread of its own, until this object goes.
class RunningDemo {
 public:
  RunningDemo(const Config& config, const Outside& outside, Log& log) {
    end_ = std::async(std::launch::async, [this, &config, &outside, &log] {
      return demo({.port = 0, .orders = 20}, config, outside, log, terminal_, stop_.get_token());
    });
  }
  ~RunningDemo() {
    stop_.request_stop();
    end_.wait();
  }
  RunningDemo(const RunningDemo&) = delete;
  RunningDemo& operator=(const RunningDemo&) = delete;

  // Where its pages are, once it says so.
  std::string url() {
    const std::string text = said_.get_future().get();
    const auto begin = text.find("http://");
    return text.substr(begin, text.find('\n', begin) - begin);
  }

 private:
  std::promise<std::string> said_;
  cli::Terminal terminal_{.out = [](std::string_view) {},
                          .error =
                              [this](std::string_view text) {
                                if (text.find("pages") != std::string_view::npos) {
                                  said_.set_value(std::string(text));
                                }
                              }};
  std::stop_source stop_;
  std::future<cli::Exit> end_;
};

class DemoTest : public Outsiders {};

TEST_F(DemoTest, SendsNoMailWhateverTheConfigurationSays) {
  Config config;
  config.mail.server = "mail.example.com";
  config.mail.from = "tally@example.com";
  config.mail.alerts_to = {"ana@example.com"};
  RunningDemo running(config, outside_, log_);
  const auto http = http::make_client(
      {.user_agent = "test", .ca_file = std::nullopt, .observer = nullptr, .clock = clock_});
  ports::HttpRequest request;
  request.url = running.url() + "/api/v1/mail";
  const auto answer = http->send(request, {});
  ASSERT_TRUE(answer) << answer.error().what;
  ASSERT_EQ(answer->status, 200) << answer->body;
  EXPECT_NE(answer->body.find("\"configured\":false"), std::string::npos) << answer->body;
  EXPECT_EQ(answer->body.find("example.com"), std::string::npos) << answer->body;
}

}  // namespace
}  // namespace tallyman::app
