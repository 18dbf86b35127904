// Every way to fail has its exit code and a sentence that says what to do; no secret is in any.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>

#include "tests/e2e/agreement.h"
#include "tests/support/postgres.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

#define EXPECT_SAYS(ended, words)                                         \
  EXPECT_NE(((ended).out + (ended).error).find(words), std::string::npos) \
      << (ended).code << "\n"                                             \
      << (ended).out << (ended).error

const std::vector<std::string> kSync{"sync", "run", "--quiet"};

class Refusals : public testing::Test {
 protected:
  Refusals() : world_(ports::Dialect::sqlite, {"--orders", "60"}) {}
  void set(const std::string& name, const std::string& value) {
    world_.environment()["TALLYMAN_" + name] = value;
  }
  World world_;
};

TEST_F(Refusals, WrongCredentialsEndWithFour) {
  set("SHIPSTATION_SECRET", "not-the-secret");
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 4) << ended.out << ended.error;
  EXPECT_SAYS(ended, "credentials refused");
  EXPECT_EQ((ended.out + ended.error).find("not-the-secret"), std::string::npos);
}

TEST_F(Refusals, WrongCredentialsSwitchOffOnlyWhereNoOtherNodeHasTheRightOnes) {
  const auto is_on = [&] {
    return world_.book().one(
        "SELECT CAST(enabled AS TEXT) FROM workflow_controls "
        "WHERE workflow_name = 'shipstation-sync'");
  };
  ASSERT_EQ(world_.tallyman(kSync).code, 0);
  set("SHIPSTATION_SECRET", "not-the-secret");
  EXPECT_EQ(world_.tallyman(kSync).code, 4);
  EXPECT_EQ(is_on(), "1") << "somebody was let in a moment ago";
  // That was long ago, but a node that has the right ones is there (in the year 2200 still).
  world_.book().script("UPDATE runs SET started_us = started_us - 7200000000");
  world_.book().script(
      "INSERT INTO nodes (node_id, holder, version, started_us, heartbeat_us) "
      "VALUES ('n', 'web9, process 1 #x', '1', 1, 7258118400000000)");
  world_.book().script(
      "INSERT INTO node_partners (node_id, partner, credentials, fingerprint) "
      "SELECT 'n', 'shipstation', 'complete', credential FROM runs WHERE outcome = 'ok'");
  EXPECT_EQ(world_.tallyman(kSync).code, 4);
  EXPECT_EQ(is_on(), "1");
  world_.book().script("UPDATE nodes SET stopped_us = 1 WHERE node_id = 'n'");
  EXPECT_EQ(world_.tallyman(kSync).code, 4);
  EXPECT_EQ(is_on(), "0") << "nobody has them any more";
}

TEST_F(Refusals, TheOnlyCredentialsThereAreSwitchOffWhenTheyAreRefused) {
  set("SHIPSTATION_SECRET", "not-the-secret");
  EXPECT_EQ(world_.tallyman(kSync).code, 4);
  EXPECT_EQ(world_.book().one("SELECT CAST(enabled AS TEXT) FROM workflow_controls "
                              "WHERE workflow_name = 'shipstation-sync'"),
            "0");
}

TEST_F(Refusals, MissingCredentialsEndWithFourAndSayWhatToSet) {
  world_.environment().erase("TALLYMAN_SHIPSTATION_SECRET");
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 4) << ended.out << ended.error;
  EXPECT_SAYS(ended, "TALLYMAN_SHIPSTATION_SECRET");
}

TEST_F(Refusals, AnUnreachableShipStationEndsWithSix) {
  world_.prepare();
  world_.sandbox().fault("connection_reset");
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 6) << ended.out << ended.error;
  EXPECT_SAYS(ended, "The watermark has not moved");
}

TEST_F(Refusals, AnUnreachablePostgresEndsWithOneAndShowsNoPassword) {
  set("DATABASE", "postgresql://tallyman:se-cret@127.0.0.1:1/tallyman?connect_timeout=2");
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_SAYS(ended, "127.0.0.1");
  EXPECT_EQ((ended.out + ended.error).find("se-cret"), std::string::npos) << ended.error;
}

TEST_F(Refusals, AMissingPostgresDatabaseIsNamed) {
  set("DATABASE", PostgresServer::of_this_program().url("no_such_book"));
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_SAYS(ended, "no_such_book");
}

TEST_F(Refusals, LookingMakesNoOrderBook) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"orders", "list"}, {"status"}, {"sync", "status"}, {"jobs", "list"}}) {
    const Ended ended = world_.tallyman(words);
    EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
    EXPECT_SAYS(ended, "there is no order book at " + world_.book().file());
    EXPECT_FALSE(std::filesystem::exists(world_.book().file())) << words.front();
  }
}

TEST_F(Refusals, AWrongValueIsWrongUsage) {
  world_.prepare();
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"orders", "list", "--cursor", "nonsense"},
                                             {"config", "set", "warehouse.cutoff", "noon"},
                                             {"config", "set", "timezone", "UTC"}}) {
    const Ended ended = world_.tallyman(words);
    EXPECT_EQ(ended.code, 2) << ended.out << ended.error;
    EXPECT_EQ(ended.error.find("tallyman: "), 0U) << ended.error;
  }
}

TEST_F(Refusals, AFileThatIsNoDatabaseIsLeftAlone) {
  const std::string text(8'192, 'x');
  std::ofstream(world_.book().file()) << text;
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_SAYS(ended, world_.book().file());
  EXPECT_SAYS(ended, "not a database");
  std::ifstream file(world_.book().file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST_F(Refusals, ABookOfANewerProgramIsNotTouched) {
  world_.prepare();
  world_.book().script(
      "INSERT INTO schema_migrations (version, name, sha256, applied_at) "
      "VALUES (9999, 'from_the_future', 'x', '2026-01-01T00:00:00.000000Z')");
  const Ended ended = world_.tallyman(kSync);
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_SAYS(ended, "newer");
  EXPECT_EQ(world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM runs"), "0");
}

TEST_F(Refusals, AnUnknownSettingIsRefusedWithFileAndLine) {
  const TempFolder folder;
  const std::string file = (folder.path() / "mine.toml").string();
  std::ofstream(file) << "[sync]\noverlap_minutes = 10\nintervall_minutes = 5\n";
  const Ended ended = world_.tallyman({"--config", file, "sync", "status"});
  EXPECT_EQ(ended.code, 2) << ended.out << ended.error;
  EXPECT_SAYS(ended, file + ":3");
  EXPECT_SAYS(ended, "did you mean 'sync.interval_minutes'");
}

TEST_F(Refusals, AMisspeltCommandIsRefusedWithAHint) {
  const Ended verb = world_.tallyman({"orders", "lst"});
  EXPECT_EQ(verb.code, 2) << verb.out << verb.error;
  EXPECT_SAYS(verb, "did you mean 'list'");
  const Ended noun = world_.tallyman({"snyc", "run"});
  EXPECT_EQ(noun.code, 2);
  EXPECT_SAYS(noun, "did you mean 'sync'");
  EXPECT_EQ(world_.tallyman({}).code, 2);
  EXPECT_EQ(world_.tallyman({"orders", "list", "--limit", "0"}).code, 2);
}

TEST_F(Refusals, AnOrderThatCannotBeReadEndsWithSevenAndTheOthersAreThere) {
  world_.prepare();
  const auto orders = world_.sandbox().get("/_sandbox/orders").at("orders").as_array();
  world_.sandbox().fault("broken_order",
                         {{"order", orders.front().as_object().at("id").to_number<int>()}});
  const Ended ended = world_.tallyman({"sync", "run", "--json", "--quiet"});
  EXPECT_EQ(ended.code, 7) << ended.out << ended.error;
  const json::object run = json::parse(ended.out).as_object();
  EXPECT_EQ(run.at("outcome"), "partial");
  EXPECT_GT(run.at("quarantined").to_number<int>(), 0);
  EXPECT_GT(run.at("applied").to_number<int>(), 0);
}

TEST_F(Refusals, AnotherWriterOnTheFileIsNamedAsTheReason) {
  world_.prepare();
  const TempFolder folder;
  Process other({"sqlite3", world_.book().file(),
                 "BEGIN IMMEDIATE; SELECT 'holding'; SELECT count(*) FROM "
                 "(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n "
                 "WHERE x < 100000000000) SELECT x FROM n);"},
                world_.environment());
  // The shell's output is buffered: the lock itself tells that it is held.
  bool held = false;
  while (!held) {
    Process probe({"sqlite3", world_.book().file(), "BEGIN IMMEDIATE; ROLLBACK;"},
                  world_.environment());
    held = probe.wait().code != 0;
    ASSERT_FALSE(other.ends_within(Milliseconds{5}));
  }
  const Ended ended = world_.tallyman(kSync);
  other.kill();
  EXPECT_EQ(ended.code, 1) << ended.out << ended.error;
  EXPECT_SAYS(ended, "locked");
  EXPECT_EQ(world_.sync().at("outcome"), "ok");
}

// A file system of a few mebibytes: root only, else the test is skipped.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& megabytes)
      : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0,
                         ("size=" + megabytes + "m").c_str()) == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_there() const { return mounted_; }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TempFolder folder_;
  bool mounted_;
};

TEST_F(Refusals, AFullDiskLosesNothingAndTheRunCompletesOnceThereIsRoom) {
  const SmallDisk disk("6");
  if (!disk.is_there()) GTEST_SKIP() << "only root can make a small disk";
  world_.prepare();
  const auto file = disk.path() / "book.db";
  std::filesystem::copy_file(world_.book().file(), file);
  set("DATABASE", "sqlite:" + file.string());
  const auto ballast = disk.path() / "ballast";
  const auto room = std::filesystem::space(disk.path()).available;
  {
    std::ofstream filler(ballast, std::ios::binary);
    filler << std::string(room - 192UL * 1024UL, 'x');
  }
  const Ended full = world_.tallyman(kSync);
  EXPECT_EQ(full.code, 1) << full.out << full.error;
  EXPECT_SAYS(full, "disk is full");
  std::filesystem::remove(ballast);
  const json::object run = world_.sync();
  EXPECT_EQ(run.at("outcome"), "ok");
  // Looked at where the other tests look.
  std::filesystem::copy_file(file, world_.book().file(),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(differences(world_), Findings{});
  EXPECT_EQ(duplicates(world_.book()), Findings{});
}

TEST_F(Refusals, ALimitOnFileSizesEndsInASentenceNotInASignal) {
  world_.prepare();
  std::vector<std::string> words{"prlimit", "--fsize=200000", kProgram};
  words.insert(words.end(), kSync.begin(), kSync.end());
  const Ended limited = Process(words, world_.environment()).wait();
  EXPECT_EQ(limited.code, 1) << limited.out << limited.error;
  EXPECT_SAYS(limited, "tallyman: ");
  EXPECT_EQ(world_.sync().at("outcome"), "ok");
  EXPECT_EQ(differences(world_), Findings{});
}

}  // namespace
}  // namespace tallyman::tests
