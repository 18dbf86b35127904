// What only a server can do wrong: cut connections, restart, refuse, time out, become read-only.
#include "adapters/database/postgres.h"

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <thread>

#include "adapters/database/open.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_errors.h"
#include "tests/adapters/database/samples.h"

namespace tallyman::database {
namespace {

using ports::DbError;
using ports::Tx;
using ports::TxMode;
using samples::AddSample;
using samples::AddToNumber;
using tests::PostgresServer;

class Postgres : public ::testing::Test {
 protected:
  Postgres() { make_sample_tables(database); }

  static PostgresServer& server() { return PostgresServer::of_this_program(); }
  void cut_connections() { server().terminate_backends(tests::database_name(database.url())); }
  PostgresOptions options() {
    return {.url = database.url(), .clock = database.clock(), .random = random};
  }
  std::size_t count() {
    return ports::transact(*database, TxMode::read, [](Tx& tx) {
      return ports::select<samples::ListSamples>(tx, {}).size();
    });
  }

  tests::FreshDatabase database{ports::Dialect::postgres};
  tests::SteadyRandom random;
};

TEST_F(Postgres, ACutConnectionRunsTheWorkAgain) {
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    if (++attempts == 1) cut_connections();
    ports::execute<AddSample>(tx, {.id = 2, .words = "x"});
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(count(), 2U);
}

TEST_F(Postgres, AConnectionCutDuringBulkRunsTheWorkAgain) {
  std::vector<AddSample::Params> all;
  for (std::int64_t id = 1; id <= 1'500; ++id) all.push_back({.id = id, .words = "x"});
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    ++attempts;
    ports::select_each<AddSample>(tx, std::span(all), [&](std::size_t index, const auto&) {
      if (attempts == 1 && index == 700) cut_connections();
    });
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(count(), 1'500U);
}

TEST_F(Postgres, IdleConnectionsThatWereCutAreReplaced) {
  // Several connections of the pool are open and idle.
  std::latch all_in(3);
  std::vector<std::future<void>> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.push_back(std::async(std::launch::async, [&] {
      database->transact(TxMode::read, [&](Tx&) { all_in.arrive_and_wait(); });
    }));
  }
  for (auto& reader : readers) reader.get();
  cut_connections();
  EXPECT_EQ(count(), 0U);
  EXPECT_EQ(database.clock().waits(), 1) << "one lost connection empties the pool";
}

TEST_F(Postgres, ARestartOfTheServerHeals) {
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    if (++attempts == 1) server().restart();
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(count(), 1U);
}

TEST_F(Postgres, AServerThatStaysAwayIsToldAfterTheAttempts) {
  int attempts = 0;
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::write, [&](Tx& tx) {
                ++attempts;
                server().stop();
                ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
              });
            }),
            DbError::unreachable);
  EXPECT_EQ(attempts, 1);
  EXPECT_EQ(database.clock().waits(), 4);
  server().start();
  EXPECT_EQ(count(), 0U);
}

TEST_F(Postgres, AConnectionCutBeforeCommitIsSentIsTriedAgain) {
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    if (++attempts == 1) cut_connections();
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(count(), 1U);
}

// COMMIT runs a deferred trigger that waits for a lock we hold; meanwhile the connection is cut.
TEST_F(Postgres, AConnectionCutDuringCommitIsUnknownAndNotRunAgain) {
  database.script(
      "CREATE FUNCTION wait_for_us() RETURNS trigger LANGUAGE plpgsql AS"
      " $$BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END$$;"
      "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON samples DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION wait_for_us();");
  const auto other = database.open_again();
  std::atomic<int> attempts = 0;
  std::promise<void> inserted;
  std::future<DbError> outcome;
  other->transact(TxMode::write, [&](Tx& tx) {
    tx.script("SELECT pg_advisory_xact_lock(42)");
    outcome = std::async(std::launch::async, [&] {
      return kind_of_failure([&] {
        database->transact(TxMode::write, [&](Tx& writer) {
          ++attempts;
          ports::execute<AddSample>(writer, {.id = 1, .words = "x"});
          inserted.set_value();
        });
      });
    });
    inserted.get_future().wait();
    const std::string name = tests::database_name(database.url());
    while (server().command("SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                            " WHERE datname = '" +
                            name +
                            "' AND query = 'COMMIT'"
                            " AND wait_event = 'advisory'") == "0") {
      std::this_thread::yield();
    }
    EXPECT_EQ(outcome.get(), DbError::commit_unknown);
  });
  EXPECT_EQ(attempts, 1);
  EXPECT_EQ(count(), 0U);
}

TEST_F(Postgres, ADeadlockIsResolvedByRunningOneAgain) {
  database->transact(TxMode::write, [&](Tx& tx) {
    for (std::int64_t id = 1; id <= 2; ++id) {
      ports::execute<AddSample>(tx, {.id = id, .words = "x"});
    }
  });
  std::latch both(2);
  std::atomic<int> attempts = 0;
  const auto work = [&](std::int64_t first, std::int64_t second) {
    bool met = false;
    database->transact(TxMode::write, [&, first, second](Tx& tx) {
      ++attempts;
      ports::execute<AddToNumber>(tx, {.id = first, .amount = 1});
      if (!met) {
        met = true;
        both.arrive_and_wait();
      }
      ports::execute<AddToNumber>(tx, {.id = second, .amount = 1});
    });
  };
  auto one = std::async(std::launch::async, [&] { work(1, 2); });
  auto two = std::async(std::launch::async, [&] { work(2, 1); });
  one.get();
  two.get();
  EXPECT_GE(attempts, 3);
  database->transact(TxMode::read, [](Tx& tx) {
    EXPECT_EQ(ports::select_one<samples::CountSamples>(tx, {})->total, 4);
  });
}

TEST_F(Postgres, ARowLockedForTooLongIsLocked) {
  database->transact(TxMode::write,
                     [&](Tx& tx) { ports::execute<AddSample>(tx, {.id = 1, .words = "x"}); });
  auto impatient = options();
  impatient.lock_timeout = Micros{10'000};
  const auto other = open_postgres(impatient);
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddToNumber>(tx, {.id = 1, .amount = 1});
    EXPECT_EQ(kind_of_failure([&] {
                std::async(std::launch::async, [&] {
                  other->transact(TxMode::write, [](Tx& blocked) {
                    ports::execute<AddToNumber>(blocked, {.id = 1, .amount = 1});
                  });
                }).get();
              }),
              DbError::locked);
  });
}

TEST_F(Postgres, AStatementThatTakesTooLongIsATimeout) {
  auto hurried = options();
  hurried.statement_timeout = Micros{20'000};
  const auto other = open_postgres(hurried);
  static constexpr std::array kInteger = {ports::ValueType::integer};
  const ports::Statement endless{.name = "endless",
                                 .sqlite = "",
                                 .postgres = "SELECT COUNT(*) FROM (SELECT pg_sleep(60)) AS asleep",
                                 .params = {},
                                 .columns = kInteger};
  EXPECT_EQ(kind_of_failure([&] {
              other->transact(TxMode::write,
                              [&](Tx& tx) { tx.run(endless, {}, [](const ports::RowView&) {}); });
            }),
            DbError::timeout);
}

TEST_F(Postgres, AServerThatBecameReadOnlyIsAskedAgainOnANewConnection) {
  const std::string name = tests::database_name(database.url());
  server().command("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
  cut_connections();
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    if (++attempts == 2) {
      server().command("ALTER DATABASE " + name + " RESET default_transaction_read_only");
    }
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
  });
  EXPECT_EQ(attempts, 3) << "read only, again (the connection is older than the change), done";
}

TEST_F(Postgres, AValueThatDoesNotFitIsTheRowsFault) {
  database.script("ALTER TABLE samples ALTER COLUMN number TYPE INTEGER");
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    const auto fault =
        tx.savepoint([&] { ports::execute<AddToNumber>(tx, {.id = 1, .amount = 3'000'000'000}); });
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->kind(), DbError::bad_value);
  });
}

TEST_F(Postgres, TheSessionIsSetUp) {
  const auto setting = [&](const std::string& name) {
    return database.rows("SELECT current_setting('" + name + "')").at(0).at(0);
  };
  EXPECT_EQ(setting("TimeZone"), "UTC");
  EXPECT_EQ(setting("statement_timeout"), "30s");
  EXPECT_EQ(setting("lock_timeout"), "10s");
  EXPECT_EQ(setting("idle_in_transaction_session_timeout"), "30s");
  EXPECT_EQ(setting("transaction_isolation"), "repeatable read");
  EXPECT_EQ(setting("application_name"), "tallyman");
}

TEST_F(Postgres, TwentyThreadsShareFourConnections) {
  std::vector<std::future<void>> all;
  for (std::int64_t id = 1; id <= 20; ++id) {
    all.push_back(std::async(std::launch::async, [&, id] {
      database->transact(TxMode::write,
                         [&](Tx& tx) { ports::execute<AddSample>(tx, {.id = id, .words = "x"}); });
    }));
  }
  for (auto& one : all) one.get();
  EXPECT_EQ(count(), 20U);
  EXPECT_EQ(server().command("SELECT COUNT(*) <= 4 FROM pg_stat_activity WHERE datname = '" +
                             tests::database_name(database.url()) + "'"),
            "t");
}

class PostgresOpening : public ::testing::Test {
 protected:
  std::string problem_of(const std::string& url) {
    auto opened = open_database(url, {.clock = clock, .random = random});
    if (opened) return "opened";
    return opened.error().what;
  }
  static PostgresServer& server() { return PostgresServer::of_this_program(); }
  std::string at_server(const std::string& user, const std::string& name) const {
    return "postgresql://" + user + "@/" + name + "?host=" + server().socket_folder();
  }
  tests::QuickClock clock;
  tests::SteadyRandom random;
};

TEST_F(PostgresOpening, AWrongPasswordIsToldWithoutThePassword) {
  server().command(
      "DO $$BEGIN CREATE ROLE guarded LOGIN PASSWORD 'right'; EXCEPTION WHEN"
      " duplicate_object THEN NULL; END$$");
  const std::string said = problem_of(at_server("guarded:wr0ng-one", "postgres"));
  EXPECT_NE(said.find("password authentication failed for user \"guarded\" (28P01)"),
            std::string::npos)
      << said;
  EXPECT_EQ(said.find("wr0ng-one"), std::string::npos) << said;
  EXPECT_EQ(problem_of(at_server("guarded:right", "postgres")), "opened");
}

TEST_F(PostgresOpening, AnUnknownDatabaseIsToldByName) {
  const std::string said = problem_of(at_server("tallyman", "no_such_book"));
  EXPECT_NE(said.find("database \"no_such_book\" does not exist (3D000)"), std::string::npos)
      << said;
}

TEST_F(PostgresOpening, AnAbsentServerIsToldByAddress) {
  const std::string said = problem_of("postgresql://someone:hidden@127.0.0.1:1/book");
  EXPECT_NE(said.find("cannot connect to postgresql://someone@127.0.0.1:1/book"), std::string::npos)
      << said;
  EXPECT_NE(said.find("Connection refused"), std::string::npos) << said;
  EXPECT_EQ(said.find("hidden"), std::string::npos) << said;
}

TEST_F(PostgresOpening, ADatabaseOfAnotherEncodingIsRefused) {
  server().command("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  EXPECT_NE(problem_of(at_server("tallyman", "latin")).find("ENCODING 'UTF8'"), std::string::npos);
  server().command("DROP DATABASE latin");
}

TEST_F(PostgresOpening, ABadUrlIsRefusedWithoutRepeatingIt) {
  for (const auto* url :
       {"", "sqlite:", "mysql://root:hidden@host/x", "postgresql://someone:hidden@host:port:5/x",
        "postgresql://someone:hid@den@host/book", "postgresql://someone:12/hidden@host/x",
        "postgresql://someone:hid:den@host/x@y", "postgresql://someone:hidden@[::1/x",
        "postgresql://someone:%zzhidden@host/x", "postgresql://h/x?password=hidden&nonsense=1"}) {
    const std::string said = problem_of(url);
    EXPECT_NE(said.find("database URL"), std::string::npos) << url << ": " << said;
    EXPECT_EQ(said.find("hid"), std::string::npos) << said;
    EXPECT_EQ(said.find("den"), std::string::npos) << said;
  }
}

TEST_F(PostgresOpening, TheDescriptionHidesThePassword) {
  EXPECT_EQ(
      describe(
          postgres_address("postgresql://u:secret@db.example:6000/book?sslmode=require").value()),
      "postgresql://u@db.example:6000/book");
  EXPECT_EQ(without_password("it says secret twice: secret",
                             postgres_address("postgresql://u:secret@h/b").value()),
            "it says *** twice: ***");
}

TEST(PostgresErrors, EachSqlstateHasItsKind) {
  const std::pair<const char*, DbError> cases[] = {{"23505", DbError::constraint},
                                                   {"23503", DbError::constraint},
                                                   {"22003", DbError::bad_value},
                                                   {"22021", DbError::bad_value},
                                                   {"40001", DbError::serialization},
                                                   {"40P01", DbError::serialization},
                                                   {"55P03", DbError::locked},
                                                   {"57014", DbError::timeout},
                                                   {"25006", DbError::read_only},
                                                   {"57P01", DbError::connection_lost},
                                                   {"57P03", DbError::connection_lost},
                                                   {"08006", DbError::connection_lost},
                                                   {"53100", DbError::disk_full},
                                                   {"53300", DbError::unreachable},
                                                   {"28P01", DbError::refused},
                                                   {"3D000", DbError::refused},
                                                   {"42P01", DbError::schema},
                                                   {"42703", DbError::schema},
                                                   {"XX001", DbError::corrupt},
                                                   {"42601", DbError::other},
                                                   {"", DbError::other}};
  for (const auto& [state, kind] : cases) EXPECT_EQ(postgres_error_kind(state), kind) << state;
}

}  // namespace
}  // namespace tallyman::database
