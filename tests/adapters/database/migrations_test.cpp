#include "adapters/database/migrations.h"

#include <cstdint>
#include <future>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "adapters/database/open.h"
#include "domain/base/digest.h"
#include "tests/adapters/database/samples.h"

namespace tallyman::samples {
// NOLINTNEXTLINE(misc-use-internal-linkage): the build makes it, from the samples' folder
std::span<const ports::Migration> migrations(ports::Dialect dialect);
}  // namespace tallyman::samples

namespace tallyman::database {
namespace {

using ports::Migration;

const std::vector<Migration> kSteps = {
    {1, "one", "CREATE TABLE one (words TEXT); INSERT INTO one VALUES ('kept');"},
    {2, "two", "CREATE TABLE two (words TEXT);"},
    {3, "three", "CREATE TABLE three (words TEXT);"}};

std::vector<int> applied_versions(ports::Database& database, std::span<const Migration> known) {
  std::vector<int> versions;
  for (const auto& row : migration_status(database, known).applied) versions.push_back(row.version);
  return versions;
}

class Migrations : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  tests::FreshDatabase database{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Port, Migrations,
                         ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         dialect_name);

TEST_P(Migrations, AnEmptyDatabaseHasEverythingPending) {
  const auto status = migration_status(*database, kSteps);
  EXPECT_TRUE(status.applied.empty());
  EXPECT_EQ(status.pending.size(), 3U);
}

TEST_P(Migrations, StepsAreAppliedOnceAndRemembered) {
  EXPECT_EQ(migrate(*database, std::span(kSteps).first(2)).value(), (std::vector<int>{1, 2}));
  EXPECT_EQ(migrate(*database, kSteps).value(), (std::vector<int>{3}));
  EXPECT_EQ(migrate(*database, kSteps).value(), std::vector<int>{});
  const auto status = migration_status(*database, kSteps);
  ASSERT_EQ(status.applied.size(), 3U);
  EXPECT_EQ(status.applied[1].name, "two");
  EXPECT_EQ(status.applied[1].sha256, sha256_hex(kSteps[1].sql));
  EXPECT_LE(status.applied[0].applied_at, status.applied[2].applied_at);
  EXPECT_EQ(database.rows("SELECT words FROM one"),
            (std::vector<std::vector<std::string>>{{"kept"}}));
}

TEST_P(Migrations, AFailingStepLeavesTheStepBefore) {
  const std::vector<Migration> broken = {
      kSteps[0], {2, "broken", "CREATE TABLE half (words TEXT); INSERT INTO missing VALUES (1);"}};
  EXPECT_EQ(kind_of_failure([&] { (void)migrate(*database, broken); }), ports::DbError::schema);
  EXPECT_EQ(applied_versions(*database, kSteps), (std::vector<int>{1}));
  EXPECT_EQ(kind_of_failure([&] { database.rows("SELECT words FROM half"); }),
            ports::DbError::schema);
  EXPECT_EQ(migrate(*database, kSteps).value(), (std::vector<int>{2, 3}));
}

TEST_P(Migrations, AStepThatEndsItsTransactionIsNotRecorded) {
  const std::vector<Migration> bad = {{1, "bad", "CREATE TABLE x (words TEXT); COMMIT; BEGIN;"}};
  EXPECT_THROW((void)migrate(*database, bad), ports::DbFailure);
  EXPECT_TRUE(migration_status(*database, bad).applied.empty());
}

TEST_P(Migrations, AnEditedStepIsRefused) {
  ASSERT_TRUE(migrate(*database, kSteps));
  std::vector<Migration> edited = kSteps;
  edited[1].sql = "CREATE TABLE two (other TEXT);";
  const auto result = migrate(*database, edited);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().what.find("2 (two)"), std::string::npos) << result.error().what;
  EXPECT_EQ(migration_status(*database, edited).changed.size(), 1U);
}

TEST_P(Migrations, ANewerSchemaIsRefused) {
  ASSERT_TRUE(migrate(*database, kSteps));
  const auto result = migrate(*database, std::span(kSteps).first(1));
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().what.find("newer tallyman"), std::string::npos);
  EXPECT_NE(result.error().what.find("3 (three)"), std::string::npos);
  EXPECT_EQ(migration_status(*database, std::span(kSteps).first(1)).newer.size(), 2U);
}

TEST_P(Migrations, TwoProgramsAtOnceApplyEachStepOnce) {
  const auto other = database.open_again();
  auto first = std::async(std::launch::async, [&] { return migrate(*database, kSteps).value(); });
  auto second = std::async(std::launch::async, [&] { return migrate(*other, kSteps).value(); });
  const auto one = first.get();
  const auto two = second.get();
  EXPECT_EQ(one.size() + two.size(), 3U);
  EXPECT_EQ(applied_versions(*database, kSteps), (std::vector<int>{1, 2, 3}));
}

// The second step never ends; the program that runs it is killed.
TEST_P(Migrations, AKilledProgramLeavesTheStepBefore) {
  const std::vector<Migration> endless = {
      kSteps[0],
      {2, "endless",
       "CREATE TABLE half (words TEXT);"
       "INSERT INTO half WITH RECURSIVE n (v) AS (SELECT 'x' UNION ALL SELECT v FROM n) "
       "SELECT v FROM n;"}};
  ASSERT_TRUE(migrate(*database, std::span(endless).first(1)));
  const std::string url = database.url();
  int ready[2] = {};
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    tests::QuickClock clock;
    tests::SteadyRandom random;
    auto mine = open_database(url, {.clock = clock, .random = random}).value();
    mine->transact(ports::TxMode::write, [&](ports::Tx& tx) {
      tx.script("CREATE TABLE half (words TEXT);");
      (void)!::write(ready[1], "x", 1);
      tx.script(endless[1].sql.substr(endless[1].sql.find("INSERT")));
    });
    ::_exit(1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  if (GetParam() == ports::Dialect::postgres) {
    // Its backend notices the dead client only when it writes to it; end it as the server would.
    tests::PostgresServer::of_this_program().terminate_backends(
        tests::database_name(database.url()));
  }
  EXPECT_EQ(migrate(*database, kSteps).value(), (std::vector<int>{2, 3}));
  EXPECT_EQ(kind_of_failure([&] { database.rows("SELECT words FROM half"); }),
            ports::DbError::schema);
}

TEST_P(Migrations, FilesAreEmbeddedAsTheyAre) {
  const auto embedded = samples::migrations(GetParam());
  ASSERT_EQ(embedded.size(), 2U);
  EXPECT_EQ(embedded[0].name, "first_table");
  EXPECT_EQ(embedded[1].version, 2);
  EXPECT_TRUE(embedded[1].sql.ends_with("Grüße');\n"));
  EXPECT_EQ(migrate(*database, embedded).value(), (std::vector<int>{1, 2}));
  EXPECT_EQ(database.rows("SELECT words FROM first"),
            (std::vector<std::vector<std::string>>{{"a:b; Grüße"}}));
}

}  // namespace
}  // namespace tallyman::database
