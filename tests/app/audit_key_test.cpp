// The file with the key of the audit log: made once, kept from others, and never replaced quietly.
#include "app/audit_key.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "adapters/book/audit.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/time/system_threads.h"
#include "app/doctor.h"
#include "ports/statements.h"
#include "support/databases.h"

namespace tallyman::app {
namespace {

namespace fs = std::filesystem;

class AuditKeyFile : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  AuditKeyFile() : database(GetParam()) {
    database::migrate(*database, book::migrations(GetParam())).value();
    if (GetParam() == ports::Dialect::sqlite) {
      config.database = {ports::Dialect::sqlite, database.url().substr(7), {}};
      file = config.database.file.string() + ".audit-key";
    } else {
      config.database = {ports::Dialect::postgres, {}, Secret{database.url()}};
      file = fs::temp_directory_path() / ("tallyman-key-" + std::to_string(::getpid()));
      config.audit.key_path = file.string();
    }
    fs::remove(file);
  }
  ~AuditKeyFile() override { fs::remove(file); }

  std::unique_ptr<book::AuditKeyInUse> start() {
    Log log(config.log, database.clock(),
            [this](LogLevel, std::string_view line) { told += std::string(line) + "\n"; });
    return seal_audit_log(config, *database, random_, log);
  }
  void add(const std::string& subject) {
    ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
      book::audit(tx, {.who = "user:ana", .action = "user.add", .subject = subject});
    });
  }
  std::optional<std::int64_t> broken_at() {
    return ports::transact(*database, ports::TxMode::read,
                           [](ports::Tx& tx) { return book::verify_audit(tx).broken_at; });
  }

  Config config;
  tests::FreshDatabase database;
  fs::path file;
  std::string told;  // to the log

 private:
  tests::SteadyRandom random_;
};
INSTANTIATE_TEST_SUITE_P(Both, AuditKeyFile,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(AuditKeyFile, IsMadeOnceAndOthersCannotReadIt) {
  add("before there was a key");
  start();
  struct stat facts{};
  ASSERT_EQ(::stat(file.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  const auto made = read_audit_key(file).value();
  EXPECT_EQ(made.since, 2);
  EXPECT_EQ(made.key.reveal().size(), 64U);
  {
    const auto again = start();
    EXPECT_EQ(read_audit_key(file)->key.reveal(), made.key.reveal());
    add("ben");
    EXPECT_FALSE(broken_at());
  }
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THROW(start(), std::runtime_error);
}

TEST_P(AuditKeyFile, ThatIsDamagedStopsTheStart) {
  start();
  std::ofstream(file) << "something else\n";
  EXPECT_THROW(start(), std::runtime_error);
}

TEST_P(AuditKeyFile, AnotherOneDoesNotPassForTheFirst) {
  {
    const auto first = start();
    add("ben");
  }
  fs::remove(file);
  if (GetParam() == ports::Dialect::postgres) {
    EXPECT_THROW(start(), std::runtime_error) << "another node has the key";
    return;
  }
  const auto second = start();
  EXPECT_NE(told.find("the audit log is not sealed with its key"), std::string::npos);
  add("cid");
  EXPECT_EQ(broken_at(), 1) << "what the lost key sealed is proven by nobody";
}

TEST_P(AuditKeyFile, ABookOnAServerHasNoKeyThatNobodyNamed) {
  if (GetParam() == ports::Dialect::sqlite) GTEST_SKIP() << "of PostgreSQL";
  config.audit = {};
  EXPECT_EQ(start(), nullptr);
  add("ben");
  EXPECT_FALSE(broken_at());
  config.audit.key_path = file.string();
  start();
  config.audit = {};
  EXPECT_THROW(start(), std::runtime_error) << "a node that was forgotten";
}

TEST_P(AuditKeyFile, TheLogHearsWhereTheAuditLogEnds) {
  const auto in_use = start();
  add("ben");
  Log log(config.log, database.clock(),
          [this](LogLevel, std::string_view line) { told += std::string(line) + "\n"; });
  tell_audit_head(*database, log);
  const auto head = database.rows("SELECT hash FROM audit_head").at(0).at(0);
  EXPECT_NE(told.find(R"("rows":"2","head":")" + head), std::string::npos) << told;
}

TEST_P(AuditKeyFile, TheDoctorVerifiesUnderItAndTellsTheHead) {
  {
    const auto in_use = start();
    add("ben");
  }
  timing::SystemThreads threads;
  tests::SteadyRandom random;
  const auto line = [&] {
    const Outside outside{.clock = database.clock(), .random = random, .threads = threads};
    for (const auto& one : examine(config, outside)) {
      if (one.area == "audit log") return one;
    }
    return DoctorLine{};
  };
  EXPECT_EQ(line().health, Health::ok);
  const auto head = database.rows("SELECT hash FROM audit_head").at(0).at(0);
  EXPECT_NE(line().what.find("sealed, head " + head), std::string::npos) << line().what;
  database.script("UPDATE audit_head SET last_id = 1");
  EXPECT_EQ(line().health, Health::bad);
}

}  // namespace
}  // namespace tallyman::app
