// tallyman doctor on real order books: what it sees without a server, and that it changes nothing.
#include "app/doctor.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/book/alerts.h"
#include "adapters/book/controls.h"
#include "adapters/book/migrations.h"
#include "adapters/book/nodes.h"
#include "adapters/book/runs.h"
#include "adapters/database/migrations.h"
#include "adapters/time/process_identity.h"
#include "adapters/time/system_threads.h"
#include "ports/statements.h"
#include "support/databases.h"

namespace tallyman::app {
namespace {

using namespace std::chrono_literals;

class DoctorTest : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  DoctorTest() : database(GetParam()) {
    if (GetParam() == ports::Dialect::sqlite) {
      config.database = {ports::Dialect::sqlite, database.url().substr(7), {}};
    } else {
      config.database = {ports::Dialect::postgres, {}, Secret{database.url()}};
    }
    config.shipstation.key = Secret{"key"};
    config.shipstation.secret = Secret{"secret"};
  }

  void migrated() { database::migrate(*database, book::migrations(GetParam())).value(); }
  template <class Work>
  auto write(const Work& work) {
    return ports::transact(*database, ports::TxMode::write,
                           [&work](ports::Tx& tx) { return work(tx); });
  }
  // A server at work, whose last sync ended now.
  void serving() {
    migrated();
    write([](ports::Tx& tx) {
      book::beat_node(tx, {.id = "n1", .holder = "web1, process 7 #x", .version = "1"});
      book::start_run(tx, kDefaultAccount, RunId{"r1"}, "shipstation-sync",
                      {.why = "every 5 minutes", .asked_by = "schedule"});
      book::finish_run(tx, RunId{"r1"},
                       {.outcome = book::Outcome::ok, .message = "Fine.", .failure = std::nullopt},
                       {});
    });
  }
  void minutes_pass(int minutes) {
    const auto us = std::to_string(std::int64_t{minutes} * 60'000'000);
    database.script("UPDATE nodes SET started_us = started_us - " + us +
                    ", heartbeat_us = heartbeat_us - " + us);
    database.script("UPDATE runs SET started_us = started_us - " + us +
                    ", finished_us = finished_us - " + us);
  }

  std::vector<DoctorLine> look() {
    const Outside outside{.clock = database.clock(), .random = random_, .threads = threads_};
    return examine(config, outside);
  }
  // "bad nodes, warn mail": everything but the fine ones.
  std::string complaints() {
    std::string text;
    for (const auto& line : look()) {
      if (line.health == Health::ok) continue;
      text += std::string(text.empty() ? "" : ", ") +
              (line.health == Health::bad ? "bad " : "warn ") + line.area;
      EXPECT_FALSE(line.todo.empty()) << line.what << ": says nothing about what to do";
    }
    return text;
  }

  Config config;
  tests::FreshDatabase database;

 private:
  tests::SteadyRandom random_;
  timing::SystemThreads threads_;
};
INSTANTIATE_TEST_SUITE_P(App, DoctorTest,
                         ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& one) {
                           return one.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

TEST_P(DoctorTest, AServerAtWorkIsWell) {
  serving();
  EXPECT_EQ(complaints(), "warn mail");
}

TEST_P(DoctorTest, AStoppedDaemonIsNoticed) {
  serving();
  minutes_pass(20);
  EXPECT_EQ(complaints(), "bad nodes, bad workflows, warn nodes, warn mail");
}

TEST_P(DoctorTest, AServerKilledOnThisMachineIsNoticedAtOnce) {
  serving();
  const auto beat = [this](const std::string& id, const std::string& holder) {
    write([&](ports::Tx& tx) {
      book::stop_node(tx, "n1");
      book::beat_node(tx, {.id = id, .holder = holder, .version = "1"});
    });
  };
  beat("killed", timing::process_identity() + "0");  // its number is ours: began at another time
  EXPECT_EQ(complaints(), "bad nodes, bad nodes, warn mail");
  beat("another", timing::process_identity());
  EXPECT_EQ(complaints(), "warn nodes, warn mail");
}

TEST_P(DoctorTest, AFailedLastRunIsBadAtOnce) {
  serving();
  write([](ports::Tx& tx) {
    book::start_run(tx, kDefaultAccount, RunId{"r2"}, "shipstation-sync", {});
    book::finish_run(tx, RunId{"r2"},
                     {.outcome = book::Outcome::failed,
                      .message = "Reading orders: timeout (timeout: curl 28). It stays.",
                      .failure = "timeout"},
                     {});
  });
  EXPECT_EQ(complaints(), "bad workflows, warn mail");
  for (const auto& line : look()) {
    if (line.area != "workflows") continue;
    EXPECT_EQ(line.what, "the last run of shipstation-sync failed");
    EXPECT_EQ(line.todo,
              "ShipStation did not answer in time. Nothing is lost; it is tried again by itself.");
  }
}

TEST_P(DoctorTest, BeforeTheFirstSyncItIsNotWell) {
  migrated();
  write([](ports::Tx& tx) {
    book::beat_node(tx, {.id = "n1", .holder = "web1, process 7 #x", .version = "1"});
  });
  EXPECT_EQ(complaints(), "warn sync, warn mail");
}

TEST_P(DoctorTest, ASyncThatIsSwitchedOffIsToldWithItsReason) {
  serving();
  write([](ports::Tx& tx) {
    book::turn(tx, "shipstation-sync", book::Turn::off, "user:ana", "stocktaking");
  });
  EXPECT_EQ(complaints(), "warn sync, warn mail");
}

TEST_P(DoctorTest, AServerThatNeverStartedIsNoAlarmYet) {
  migrated();
  config.shipstation = {};
  EXPECT_EQ(complaints(), "warn nodes, warn credentials, warn mail");
}

TEST_P(DoctorTest, AMissingStepOfTheSchemaIsBadAndNotApplied) {
  EXPECT_EQ(complaints(), "bad database");
  EXPECT_EQ(database::migration_status(*database, book::migrations(GetParam())).applied.size(), 0U);
}

TEST_P(DoctorTest, ANewerSchemaIsBad) {
  migrated();
  database.script("UPDATE schema_migrations SET version = 999 WHERE version = 1");
  EXPECT_EQ(complaints(), "bad database");
}

TEST_P(DoctorTest, HalfTheCredentialsAreBad) {
  serving();
  config.shipstation.secret = {};
  EXPECT_EQ(complaints(), "bad credentials, warn mail");
}

TEST_P(DoctorTest, OpenAlertsAreTold) {
  serving();
  const auto open = [&](alerts::Severity severity) {
    write([&](ports::Tx& tx) {
      book::open_alert(tx, {.rule = "r",
                            .subject = std::string(alerts::word(severity)),
                            .severity = severity,
                            .title = "t",
                            .detail = "d",
                            .evidence = "/"});
    });
  };
  open(alerts::Severity::warning);
  EXPECT_EQ(complaints(), "warn alerts, warn mail");
  open(alerts::Severity::critical);
  EXPECT_EQ(complaints(), "bad alerts, warn mail");
}

TEST_P(DoctorTest, MailWithoutRecipientsTellsNobody) {
  serving();
  config.mail.server = "smtp.example.com";
  config.mail.from = "tally@example.com";
  EXPECT_EQ(complaints(), "warn mail");
  database.script(
      "INSERT INTO configuration_params (category, parameter_name, value) VALUES "
      "('mail', 'alerts_to', 'ana@example.com')");
  EXPECT_EQ(complaints(), "");
  database.script(
      "INSERT INTO mail_log (message_id, recipient, subject, at_us, outcome, message) VALUES "
      "('<a@b>', 'ana@example.com', 's', 5, 'refused', '550 nobody')");
  EXPECT_EQ(complaints(), "warn mail");
}

TEST_P(DoctorTest, ADatabaseThatIsNotThereIsTold) {
  if (GetParam() == ports::Dialect::sqlite) {
    config.database.file = "/nonexistent/book.db";
  } else {
    config.database.url = Secret{"postgresql://nobody:hidden@127.0.0.1:1/none?connect_timeout=1"};
  }
  EXPECT_EQ(complaints(), "bad database");
  for (const auto& line : look()) EXPECT_EQ(line.what.find("hidden"), std::string::npos);
}

TEST(Doctor, MakesNoOrderBookWhereThereIsNone) {
  const tests::TempFolder folder;
  Config config;
  config.database.file = folder.path() / "book.db";
  tests::QuickClock clock;
  tests::SteadyRandom random;
  timing::SystemThreads threads;
  examine(config, {.clock = clock, .random = random, .threads = threads});
  EXPECT_FALSE(std::filesystem::exists(config.database.file));
}

struct Told {
  cli::Exit exit = cli::Exit::done;
  std::string out;
};
Told tell(const std::vector<DoctorLine>& lines, bool as_json = false) {
  Told told;
  cli::Terminal terminal{.out = [&](std::string_view text) { told.out += text; },
                         .error = [](std::string_view) {},
                         .progress = cli::Progress::none};
  told.exit = tell_health(lines, {.json = as_json}, terminal);
  return told;
}

TEST(Doctor, FailsOnlyWhenSomethingIsBad) {
  const std::vector<DoctorLine> lines = {{Health::ok, "clock", "right"},
                                         {Health::warn, "mail", "not set up", "Set it up."}};
  EXPECT_EQ(tell(lines).exit, cli::Exit::done);
  EXPECT_EQ(tell(lines).out,
            "ok    clock          right\n"
            "warn  mail           not set up\n"
            "      hint: Set it up.\n"
            "1 ok, 1 warning, 0 bad\n");
  EXPECT_EQ(tell({{Health::bad, "clock", "wrong", "Set it."}}).exit, cli::Exit::failed);
}

TEST(Doctor, JsonIsOneDocument) {
  EXPECT_EQ(tell({{Health::bad, "clock", "wrong", "Set it."}}, true).out,
            R"({"items":[{"health":"bad","area":"clock","what":"wrong","todo":"Set it."}],)"
            R"("ok":0,"warn":0,"bad":1})"
            "\n");
}

TEST(Doctor, AWrongConfigurationIsBad) {
  std::string out;
  cli::Terminal terminal{.out = [&](std::string_view text) { out += text; },
                         .error = [](std::string_view) {},
                         .progress = cli::Progress::none};
  const std::vector<Problem> problems = {{"tallyman.toml:2: there is no setting 'x'"}};
  EXPECT_EQ(tell_unreadable_config(problems, {}, terminal), cli::Exit::failed);
  EXPECT_NE(out.find("tallyman.toml:2"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::app
