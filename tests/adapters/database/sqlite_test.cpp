// What only SQLite can do wrong: the file, its locks, a full disk, damage.
#include "adapters/database/sqlite.h"

#include <csignal>
#include <fstream>
#include <future>
#include <string>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/database/file_system.h"
#include "adapters/database/process_lock.h"
#include "adapters/database/sqlite_errors.h"
#include "tests/adapters/database/samples.h"

namespace tallyman::database {
namespace {

using ports::DbError;
using ports::Tx;
using ports::TxMode;
using samples::AddSample;

class Sqlite : public ::testing::Test {
 protected:
  std::string path() const { return (folder.path() / "book.db").string(); }
  SqliteOptions options() { return {.path = path(), .clock = clock, .random = random}; }

  static void make_table(ports::Database& database) {
    database.transact(TxMode::write, [](Tx& tx) {
      tx.script("CREATE TABLE samples (id INTEGER PRIMARY KEY, words TEXT) STRICT");
    });
  }
  static void add(ports::Database& database, std::int64_t id, std::string_view words) {
    database.transact(TxMode::write,
                      [&](Tx& tx) { ports::execute<AddSample>(tx, {.id = id, .words = words}); });
  }
  static std::size_t count(ports::Database& database) {
    return ports::transact(database, TxMode::read, [](Tx& tx) {
      return ports::select<samples::ListSamples>(tx, {}).size();
    });
  }

  tests::TempFolder folder;
  tests::QuickClock clock;
  tests::SteadyRandom random;
};

std::string pragma(Tx& tx, std::string_view sql, ports::ValueType type) {
  const std::array types = {type};
  const ports::Statement statement{
      .name = "pragma", .sqlite = sql, .postgres = "", .params = {}, .columns = types};
  std::string answer;
  tx.run(statement, {}, [&](const ports::RowView& row) {
    answer =
        type == ports::ValueType::text ? std::string(row.text(0)) : std::to_string(row.integer(0));
  });
  return answer;
}

TEST_F(Sqlite, TheFileIsPrivateDurableAndCheckedForForeignKeys) {
  const auto database = open_sqlite(options());
  make_table(*database);
  struct stat file = {};
  ASSERT_EQ(::stat(path().c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat((path() + "-wal").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  for (const TxMode mode : {TxMode::write, TxMode::read}) {
    database->transact(mode, [](Tx& tx) {
      EXPECT_EQ(pragma(tx, "PRAGMA journal_mode", ports::ValueType::text), "wal");
      EXPECT_EQ(pragma(tx, "PRAGMA synchronous", ports::ValueType::integer), "2");
      EXPECT_EQ(pragma(tx, "PRAGMA foreign_keys", ports::ValueType::integer), "1");
    });
  }
  EXPECT_EQ(database->description(), "sqlite:" + path());
}

TEST_F(Sqlite, ReadersGoOnWhileAWriterIsAtWork) {
  const auto database = open_sqlite(options());
  make_table(*database);
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    EXPECT_EQ(std::async(std::launch::async, [&] { return count(*database); }).get(), 0U);
  });
  EXPECT_EQ(count(*database), 1U);
}

TEST_F(Sqlite, ALockHeldByAnotherProgramIsLockedAndTriedAgain) {
  auto impatient = options();
  impatient.busy_timeout = Micros{1'000};
  const auto mine = open_sqlite(options());
  const auto other = open_sqlite(impatient);
  make_table(*mine);
  mine->transact(TxMode::write, [&](Tx&) {
    EXPECT_EQ(kind_of_failure(
                  [&] { std::async(std::launch::async, [&] { add(*other, 1, "x"); }).get(); }),
              DbError::locked);
  });
  EXPECT_EQ(clock.waits(), 4) << "five attempts, four pauses";
  add(*other, 1, "x");
  EXPECT_EQ(count(*mine), 1U);
}

TEST_F(Sqlite, AFullFileIsDiskFullAndLosesNothing) {
  auto small = options();
  small.max_pages = 20;
  const auto database = open_sqlite(small);
  make_table(*database);
  add(*database, 1, "fits");
  const std::string large(200'000, 'x');
  EXPECT_EQ(kind_of_failure([&] { add(*database, 2, large); }), DbError::disk_full);
  EXPECT_EQ(count(*database), 1U);
  add(*database, 3, "fits too");
  EXPECT_EQ(count(*database), 2U);
}

// The limit is the process's: a child has it.
TEST_F(Sqlite, AWriteRefusedByTheOperatingSystemIsDiskFull) {
  {
    make_table(*open_sqlite(options()));
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{65'536, 65'536};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      const auto database = open_sqlite(options());
      try {
        add(*database, 1, std::string(300'000, 'x'));
      } catch (const ports::DbFailure& failure) {
        code = failure.kind() == DbError::disk_full && count(*database) == 0 ? 0 : 2;
      }
    } catch (const std::exception&) {
      code = 3;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(Sqlite, AFileThatIsNoDatabaseIsCorrupt) {
  std::ofstream(path()) << std::string(5'000, 'x');
  EXPECT_EQ(kind_of_failure([&] { (void)open_sqlite(options()); }), DbError::corrupt);
}

TEST_F(Sqlite, AFolderThatDoesNotExistIsTold) {
  auto nowhere = options();
  nowhere.path = (folder.path() / "missing" / "book.db").string();
  try {
    (void)open_sqlite(nowhere);
    FAIL();
  } catch (const ports::DbFailure& failure) {
    EXPECT_EQ(failure.kind(), DbError::unreachable);
    EXPECT_EQ(std::string(failure.what()),
              "cannot make " + nowhere.path + ": No such file or directory");
  }
}

TEST_F(Sqlite, AStatementThatTakesTooLongIsATimeout) {
  auto hurried = options();
  hurried.statement_timeout = Micros{20'000};
  const auto database = open_sqlite(hurried);
  make_table(*database);
  static constexpr std::array kInteger = {ports::ValueType::integer};
  const ports::Statement endless{
      .name = "endless",
      .sqlite =
          "WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n)"
          " SELECT COUNT(*) FROM n",
      .postgres = "",
      .params = {},
      .columns = kInteger};
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::write, [&](Tx& tx) {
                tx.run(endless, {}, [](const ports::RowView&) {});
              });
            }),
            DbError::timeout);
  add(*database, 1, "usable again");
}

TEST_F(Sqlite, WhatAScriptStoredUnreadablyIsABadValueNotATime) {
  const auto database = open_sqlite(options());
  database->transact(TxMode::write, [](Tx& tx) {
    tx.script(
        "CREATE TABLE samples (id INTEGER PRIMARY KEY, number INTEGER, words TEXT, seen_at TEXT,"
        " on_day TEXT, due_us INTEGER, is_open INTEGER, payload BLOB) STRICT;"
        "INSERT INTO samples (id, seen_at) VALUES (1, 'yesterday');");
  });
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::read, [](Tx& tx) {
                (void)ports::select_one<samples::FindSample>(tx, {.id = 1});
              });
            }),
            DbError::bad_value);
}

TEST_F(Sqlite, TheSecondProgramLearnsThePidOfTheFirst) {
  auto mine = ProcessLock::acquire(path());
  ASSERT_TRUE(std::holds_alternative<ProcessLock>(mine));
  const auto refused = ProcessLock::acquire(path());
  ASSERT_TRUE(std::holds_alternative<LockHeld>(refused));
  EXPECT_EQ(std::get<LockHeld>(refused).pid, ::getpid());
  {
    const ProcessLock ended = std::move(std::get<ProcessLock>(mine));
  }
  EXPECT_TRUE(std::holds_alternative<ProcessLock>(ProcessLock::acquire(path())));
}

TEST_F(Sqlite, AKilledHolderFreesTheLock) {
  int ready[2] = {};
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = ProcessLock::acquire(path());
    (void)!::write(ready[1], "x", 1);
    ::pause();
    ::_exit(std::holds_alternative<ProcessLock>(lock) ? 0 : 1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto refused = ProcessLock::acquire(path());
  ASSERT_TRUE(std::holds_alternative<LockHeld>(refused));
  EXPECT_EQ(std::get<LockHeld>(refused).pid, child);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(std::holds_alternative<ProcessLock>(ProcessLock::acquire(path())));
}

// Everything that was committed before the kill is there; nothing of what was not.
TEST_F(Sqlite, AKilledWriterLosesOnlyWhatItHadNotCommitted) {
  {
    make_table(*open_sqlite(options()));
  }
  int ready[2] = {};
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto database = open_sqlite(options());
    add(*database, 1, "committed");
    database->transact(TxMode::write, [&](Tx& tx) {
      ports::execute<AddSample>(tx, {.id = 2, .words = "open"});
      (void)!::write(ready[1], "x", 1);
      ::pause();
    });
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const auto database = open_sqlite(options());
  EXPECT_EQ(count(*database), 1U);
  add(*database, 2, "free for others");
}

TEST_F(Sqlite, MisuseStopsTheProgram) {
  const auto database = open_sqlite(options());
  make_table(*database);
  EXPECT_DEATH(
      database->transact(TxMode::read, [&](Tx&) { database->transact(TxMode::read, [](Tx&) {}); }),
      "a transaction inside a transaction");
  EXPECT_DEATH(database->transact(
                   TxMode::write,
                   [&](Tx& tx) {
                     tx.run(samples::ListSamples::statement(), {}, [&](const ports::RowView&) {});
                     tx.run(AddSample::statement(), {}, [](const ports::RowView&) {});
                   }),
               "add_sample")
      << "parameters are missing";
}

TEST(FileSystem, KnowsNetworkFileSystems) {
  EXPECT_EQ(network_file_system(0x6969), "NFS");
  EXPECT_EQ(network_file_system(0xFF534D42), "CIFS");
  EXPECT_EQ(network_file_system(0xFE534D42), "SMB");
  EXPECT_EQ(network_file_system(0x01021997), "9p");
  EXPECT_EQ(network_file_system(0xEF53), std::nullopt) << "ext4";
  EXPECT_TRUE(is_network_fuse("fuse.sshfs"));
  EXPECT_FALSE(is_network_fuse("fuseblk"));
  EXPECT_EQ(network_file_system_of("/tmp"), std::nullopt);
}

TEST(SqliteErrors, EachCodeHasItsKind) {
  EXPECT_EQ(sqlite_error_kind(5, 0, ""), DbError::locked);
  EXPECT_EQ(sqlite_error_kind(13, 0, ""), DbError::disk_full);
  EXPECT_EQ(sqlite_error_kind(11, 0, ""), DbError::corrupt);
  EXPECT_EQ(sqlite_error_kind(26, 0, ""), DbError::corrupt);
  EXPECT_EQ(sqlite_error_kind(8, 0, ""), DbError::read_only);
  EXPECT_EQ(sqlite_error_kind(2067, 0, ""), DbError::constraint);
  EXPECT_EQ(sqlite_error_kind(3091, 0, ""), DbError::bad_value) << "a type a STRICT column refuses";
  EXPECT_EQ(sqlite_error_kind(20, 0, ""), DbError::bad_value);
  EXPECT_EQ(sqlite_error_kind(778, ENOSPC, ""), DbError::disk_full);
  EXPECT_EQ(sqlite_error_kind(778, EIO, ""), DbError::other);
  EXPECT_EQ(sqlite_error_kind(14, 0, ""), DbError::unreachable);
  EXPECT_EQ(sqlite_error_kind(9, 0, ""), DbError::timeout);
  EXPECT_EQ(sqlite_error_kind(1, 0, "no such table: x"), DbError::schema);
  EXPECT_EQ(sqlite_error_kind(1, 0, "near \"x\": syntax error"), DbError::other);
}

}  // namespace
}  // namespace tallyman::database
