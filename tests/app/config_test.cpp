#include "app/config.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tallyman::app {
namespace {

namespace fs = std::filesystem;

// A folder of its own and an environment of its own; nothing of this machine's is seen.
class ConfigTest : public testing::Test {
 protected:
  ConfigTest() {
    auto name = (fs::temp_directory_path() / "config-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    sources_.places = {folder_ / "tallyman.toml"};
    sources_.environment["HOME"] = "/home/someone";
  }
  ~ConfigTest() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  void file(std::string_view text) const { write("tallyman.toml", text); }
  void set(const std::string& name, const std::string& value) {
    sources_.environment[name] = value;
  }

  Config loaded() const {
    auto config = load_config(sources_);
    if (config) return *config;
    for (const auto& one : config.error()) ADD_FAILURE() << one.what;
    return {};
  }

  // What is wrong, with this test's folder cut out.
  std::vector<std::string> problems() const {
    std::vector<std::string> texts;
    const auto config = load_config(sources_);
    if (config) return texts;
    const auto prefix = folder_.string() + "/";
    for (auto [what] : config.error()) {
      for (auto at = what.find(prefix); at != std::string::npos; at = what.find(prefix)) {
        what.erase(at, prefix.size());
      }
      texts.push_back(what);
    }
    return texts;
  }

  static ShownSetting setting(const Config& config, std::string_view key) {
    const auto rows = shown(config);
    const auto row = std::ranges::find(rows, key, &ShownSetting::key);
    return row == rows.end() ? ShownSetting{} : *row;
  }

  fs::path folder_;
  ConfigSources sources_;
};

using Texts = std::vector<std::string>;

TEST_F(ConfigTest, WithoutFileAndVariablesHasTheDocumentedDefaults) {
  const auto config = loaded();
  EXPECT_EQ(config.database.dialect, ports::Dialect::sqlite);
  EXPECT_EQ(config.database.file, "/home/someone/.local/state/tallyman/tallyman.db");
  EXPECT_EQ(config.timezone, "America/Chicago");
  EXPECT_EQ(config.shipstation.url, "https://ssapi.shipstation.com");
  EXPECT_EQ(config.shipstation.timezone, "America/Los_Angeles");
  EXPECT_EQ(config.shipstation.requests_per_minute, 38);
  EXPECT_EQ(config.shipstation.page_size, 500);
  EXPECT_FALSE(config.shipstation.key.is_set());
  EXPECT_EQ(config.sync.interval, std::chrono::minutes{5});
  EXPECT_EQ(config.sync.overlap, std::chrono::minutes{10});
  EXPECT_EQ(config.sync.seed, std::chrono::days{30});
  EXPECT_EQ(config.sync.lease, std::chrono::seconds{40});
  EXPECT_EQ(config.orders.manual_prefix, "10");
  EXPECT_EQ(config.orders.key_skus,
            (std::vector<Sku>{{"17612"}, {"17904"}, {"17914"}, {"18675"}, {"18795"}}));
  EXPECT_EQ(config.listen.host, "127.0.0.1");
  EXPECT_EQ(config.listen.port, 8080);
  for (const auto& row : shown(config)) EXPECT_EQ(row.origin, "default") << row.key;
}

TEST_F(ConfigTest, KeepsTheDatabaseWhereTheSystemKeepsState) {
  set("XDG_STATE_HOME", "/state");
  EXPECT_EQ(loaded().database.file, "/state/tallyman/tallyman.db");
  set("STATE_DIRECTORY", "/var/lib/private/tallyman:/other");
  EXPECT_EQ(loaded().database.file, "/var/lib/private/tallyman/tallyman.db");
  sources_.environment.clear();
  EXPECT_EQ(loaded().database.file, "/var/lib/tallyman/tallyman.db");
}

TEST_F(ConfigTest, ReadsEverySettingFromTheFile) {
  file(R"(timezone = "America/Denver"
[database]
url = "sqlite:/data/book.db"
[shipstation]
url = "https://ship.example/api/"
timezone = "UTC"
requests_per_minute = 100
page_size = 50
[sync]
interval_minutes = 7
overlap_minutes = 20
seed_days = 14
[orders]
manual_prefix = "20"
key_skus = ["17612", 17904]
[server]
listen = "[::1]:9000"
hosts = ["Tally.Example", "10.0.0.2", "[fd00::2]"]
trusted_proxies = ["10.0.0.1"]
idle_minutes = 45
session_hours = 8
[log]
level = "debug"
format = "json"
)");
  const auto config = loaded();
  const std::vector<std::pair<std::string, std::string>> expected{
      {"timezone", "America/Denver"},
      {"database.url", "sqlite:/data/book.db"},
      {"shipstation.url", "https://ship.example/api"},
      {"shipstation.timezone", "UTC"},
      {"shipstation.requests_per_minute", "100"},
      {"shipstation.page_size", "50"},
      {"sync.interval_minutes", "7"},
      {"sync.overlap_minutes", "20"},
      {"sync.seed_days", "14"},
      {"sync.lease_seconds", "40"},
      {"orders.manual_prefix", "20"},
      {"orders.key_skus", "17612,17904"},
      {"server.listen", "[::1]:9000"},
      {"server.hosts", "tally.example,10.0.0.2,[fd00::2]"},
      {"server.trusted_proxies", "10.0.0.1"},
      {"server.idle_minutes", "45"},
      {"server.session_hours", "8"},
      {"log.level", "debug"},
      {"log.format", "json"}};
  for (const auto& [key, value] : expected) EXPECT_EQ(setting(config, key).value, value) << key;
  EXPECT_EQ(setting(config, "timezone").origin, (folder_ / "tallyman.toml:1").string());
  EXPECT_EQ(setting(config, "sync.seed_days").origin, (folder_ / "tallyman.toml:12").string());
  EXPECT_EQ(config.listen.host, "::1");
}

TEST_F(ConfigTest, LetsTheEnvironmentWinOverTheFile) {
  file("[sync]\noverlap_minutes = 20\ninterval_minutes = 7\n");
  set("TALLYMAN_SYNC_OVERLAP_MINUTES", "30");
  set("TALLYMAN_ORDERS_KEY_SKUS", "17612, 18795");
  const auto config = loaded();
  EXPECT_EQ(config.sync.overlap, std::chrono::minutes{30});
  EXPECT_EQ(config.sync.interval, std::chrono::minutes{7});
  EXPECT_EQ(setting(config, "sync.overlap_minutes").origin, "TALLYMAN_SYNC_OVERLAP_MINUTES");
  EXPECT_EQ(config.orders.key_skus, (std::vector<Sku>{{"17612"}, {"18795"}}));
}

TEST_F(ConfigTest, LooksForItsFileInOrder) {
  const auto other = write("other.toml", "[log]\nlevel = \"error\"\n");
  file("[log]\nlevel = \"debug\"\n");
  EXPECT_EQ(loaded().log.level, LogLevel::debug);
  set("TALLYMAN_CONFIG", other.string());
  EXPECT_EQ(loaded().log.level, LogLevel::error);
  sources_.named = folder_ / "tallyman.toml";
  EXPECT_EQ(loaded().log.level, LogLevel::debug);
  sources_.named = folder_ / "absent.toml";
  EXPECT_EQ(problems(), Texts{"absent.toml: cannot be read"});
}

TEST_F(ConfigTest, RefusesAFileThatIsNotToml) {
  file("[log]\nlevel = \n");
  const auto found = problems();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].starts_with("tallyman.toml:2: not TOML at column ")) << found[0];
}

TEST_F(ConfigTest, ReportsEveryProblemWithPlaceKeyAndWhatIsAllowed) {
  file(
      "timezone = \"Mars/Olympus\"\n[sync]\nseed_days = 31\nintervall_minutes = 5\n"
      "[orders]\nkey_skus = [\"a b\"]\n[log]\nlevel = 3\n");
  set("TALLYMAN_SHIPSTATION_PAGE_SIZE", "501");
  set("TALLYMAN_LISTEN", "8080");
  EXPECT_EQ(problems(),
            (Texts{
                "tallyman.toml:1: timezone: this machine knows no zone 'Mars/Olympus'; expected a "
                "zone name such as America/Chicago",
                "tallyman.toml:3: sync.seed_days: expected a whole number from 14 to 30",
                "tallyman.toml:4: there is no setting 'sync.intervall_minutes'; did you mean "
                "'sync.interval_minutes'?",
                "tallyman.toml:6: orders.key_skus: expected a list of SKUs (in the environment "
                "separated by commas)",
                "tallyman.toml:8: log.level: expected error, warning, info or debug",
                "TALLYMAN_SHIPSTATION_PAGE_SIZE: shipstation.page_size: expected a whole number "
                "from 1 to 500",
                "TALLYMAN_LISTEN: server.listen: expected ADDRESS:PORT, for example "
                "127.0.0.1:8080",
            }));
}

TEST_F(ConfigTest, SuggestsTheRightTableForAKeyInTheWrongOne) {
  file("overlap_minutes = 5\n[sinc]\nsomething = 1\n");
  EXPECT_EQ(problems(), (Texts{"tallyman.toml:1: there is no setting 'overlap_minutes'; did you "
                               "mean 'sync.overlap_minutes'?",
                               "tallyman.toml:3: there is no setting 'sinc.something'"}));
}

struct Rejected {
  std::string variable;
  std::string value;
};

TEST_F(ConfigTest, RefusesValuesOutsideWhatIsAllowed) {
  const std::vector<Rejected> cases{
      {"TALLYMAN_DATABASE", "mysql://x"},
      {"TALLYMAN_DATABASE", "sqlite:"},
      {"TALLYMAN_TIMEZONE", "../../etc/passwd"},
      {"TALLYMAN_TIMEZONE", "America"},
      {"TALLYMAN_SHIPSTATION_URL", "http://ship.example"},
      {"TALLYMAN_SHIPSTATION_URL", "http://127.0.0.1.example"},
      {"TALLYMAN_SHIPSTATION_URL", "ftp://ship.example"},
      {"TALLYMAN_SHIPSTATION_URL", "https://"},
      {"TALLYMAN_SHIPSTATION_URL", "https://user:word@ship.example"},
      {"TALLYMAN_SHIPSTATION_URL", "https://ship.example/?a=1"},
      {"TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE", "0"},
      {"TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE", "38.5"},
      {"TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE", "99999999999999999999"},
      {"TALLYMAN_SYNC_SEED_DAYS", "13"},
      {"TALLYMAN_SYNC_OVERLAP_MINUTES", "0"},
      {"TALLYMAN_ORDERS_MANUAL_PREFIX", "M-"},
      {"TALLYMAN_ORDERS_KEY_SKUS", "17612,,17904"},
      {"TALLYMAN_ORDERS_KEY_SKUS", "17612,17612"},
      {"TALLYMAN_LISTEN", "127.0.0.1:65536"},
      {"TALLYMAN_LISTEN", "::1:8080"},
      {"TALLYMAN_SERVER_URL", "tally.example.com"},
      {"TALLYMAN_SERVER_URL", "ftp://tally.example.com"},
      {"TALLYMAN_SERVER_URL", "https://tally.example.com/?a=1"},
      {"TALLYMAN_MAIL_SERVER", "smtp.example.com/x"},
      {"TALLYMAN_MAIL_SERVER", "user@smtp.example.com"},
      {"TALLYMAN_MAIL_PORT", "0"},
      {"TALLYMAN_MAIL_SECURITY", "ssl"},
      {"TALLYMAN_MAIL_FROM", "tally"},
      {"TALLYMAN_MAIL_FROM", "a@b.c\r\nBcc: x@y.z"},
      {"TALLYMAN_MAIL_ALERTS_TO", "ana@example.com,"},
      {"TALLYMAN_MAIL_ALERTS_TO", "ana@example.com,ana@example.com"},
      {"TALLYMAN_SERVER_HOSTS", "*"},
      {"TALLYMAN_SERVER_HOSTS", "tally.example:8080"},
      {"TALLYMAN_SERVER_HOSTS", "https://tally.example"},
      {"TALLYMAN_SERVER_TRUSTED_PROXIES", "proxy.example"},
      {"TALLYMAN_SERVER_TRUSTED_PROXIES", "10.0.0.0/8"},
      {"TALLYMAN_SERVER_IDLE_MINUTES", "0"},
      {"TALLYMAN_SERVER_SESSION_HOURS", "169"},
      {"TALLYMAN_LOG_LEVEL", "INFO"},
      {"TALLYMAN_SHIPSTATION_SECRET", "two\nlines"},
  };
  for (const auto& one : cases) {
    sources_.environment = {{one.variable, one.value}};
    const auto found = problems();
    ASSERT_EQ(found.size(), 1U) << one.variable << "=" << one.value;
    EXPECT_TRUE(found[0].starts_with(one.variable + ": ")) << found[0];
    EXPECT_NE(found[0].find("expected "), std::string::npos) << found[0];
  }
}

TEST_F(ConfigTest, SpeaksPlainHttpToThisMachineOnly) {
  for (const auto* url : {"http://localhost:9", "http://127.0.0.2:80/x", "http://[::1]:80"}) {
    set("TALLYMAN_SHIPSTATION_URL", url);
    EXPECT_EQ(loaded().shipstation.url, url);
  }
}

TEST_F(ConfigTest, TakesSecretsFromEnvironmentFileAndCredential) {
  set("TALLYMAN_SHIPSTATION_KEY", "key-one");
  set("TALLYMAN_SHIPSTATION_SECRET_FILE", write("secret", "word-two\n").string());
  auto config = loaded();
  EXPECT_EQ(config.shipstation.key.reveal(), "key-one");
  EXPECT_EQ(config.shipstation.secret.reveal(), "word-two");
  EXPECT_EQ(setting(config, "shipstation.secret").origin, "TALLYMAN_SHIPSTATION_SECRET_FILE");

  sources_.environment = {{"CREDENTIALS_DIRECTORY", folder_.string()}};
  write("shipstation_key", "key-three");
  file("[shipstation]\nsecret_file = \"" + (folder_ / "secret").string() + "\"\n");
  config = loaded();
  EXPECT_EQ(config.shipstation.key.reveal(), "key-three");
  EXPECT_EQ(setting(config, "shipstation.key").origin, "credential shipstation_key");
  EXPECT_EQ(config.shipstation.secret.reveal(), "word-two");
}

TEST_F(ConfigTest, RefusesASecretInTheFileItself) {
  file("[shipstation]\nsecret = \"word\"\nsecrt_file = \"/x\"\n");
  EXPECT_EQ(problems(),
            (Texts{"tallyman.toml:2: shipstation.secret: a secret does not stand in this file; set "
                   "TALLYMAN_SHIPSTATION_SECRET, or shipstation.secret_file = PATH here",
                   "tallyman.toml:3: there is no setting 'shipstation.secrt_file'; did you mean "
                   "'shipstation.secret_file'?"}));
}

TEST_F(ConfigTest, RefusesASecretGivenTwiceOrByAFileThatIsNotThere) {
  set("TALLYMAN_SHIPSTATION_KEY", "a");
  set("TALLYMAN_SHIPSTATION_KEY_FILE", "/b");
  set("TALLYMAN_SHIPSTATION_SECRET_FILE", "/absent/secret");
  EXPECT_EQ(problems(),
            (Texts{"TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_KEY_FILE are both set",
                   "TALLYMAN_SHIPSTATION_SECRET_FILE: shipstation.secret: /absent/secret cannot be "
                   "read"}));
}

TEST_F(ConfigTest, NeverShowsASecretOrAPassword) {
  set("TALLYMAN_SHIPSTATION_KEY", "hidden-key");
  set("TALLYMAN_DATABASE", "postgresql://book:hidden@db.example:5432/tallyman?password=hidden");
  const auto config = loaded();
  EXPECT_EQ(setting(config, "shipstation.key").value, "set");
  EXPECT_EQ(setting(config, "shipstation.secret").value, "not set");
  EXPECT_EQ(setting(config, "database.url").value, "postgresql://book@db.example:5432/tallyman");
  for (const auto& row : shown(config)) EXPECT_EQ(row.value.find("hidden"), std::string::npos);
}

TEST_F(ConfigTest, APasswordHidesInNoPlaceOfADatabaseUrl) {
  for (const auto* url :
       {"postgresql://book:hidden@db.example/tallyman", "postgres://:hidden@db.example/tallyman",
        "postgresql://book:hid%64en@db.example/tallyman",
        "postgresql://book:a%40hidden@db.example/tallyman",
        "postgresql://book:hidden@[::1]:5432/tallyman",
        "postgresql://book@db.example/tallyman?password=hidden",
        "postgresql:///tallyman?host=/run/pg&user=book&password=hidden",
        "postgresql://db.example/tallyman?sslmode=require&sslpassword=hidden",
        "postgresql://book:hidden", "postgresql://book:a@hidden@db.example/tallyman",
        "postgresql://book:a/hidden@db.example/tallyman",
        "postgresql://book:hidden@db.example:port/x", "postgresql:/book:hidden@db.example/tallyman",
        "postgresql//book:hidden@db.example/x", "host=db.example user=book password=hidden",
        "mysql://book:hidden@db.example/x"}) {
    set("TALLYMAN_DATABASE", url);
    const auto config = load_config(sources_);
    if (!config) {
      for (const auto& one : config.error()) {
        EXPECT_EQ(one.what.find("hid"), std::string::npos) << one.what;
      }
      continue;
    }
    for (const auto& row : shown(*config)) {
      EXPECT_EQ(row.value.find("hid"), std::string::npos) << url << " shows " << row.value;
    }
  }
}

TEST_F(ConfigTest, MentionsAVariableThatIsNearlyASetting) {
  set("TALLYMAN_SHIPSTATION_SECERT", "x");
  set("TALLYMAN_TEST_RMS", "x");
  EXPECT_EQ(loaded().notes, Texts{"TALLYMAN_SHIPSTATION_SECERT is set but is no setting; did you "
                                  "mean TALLYMAN_SHIPSTATION_SECRET?"});
}

TEST_F(ConfigTest, IsDocumentedSettingForSetting) {
  std::ifstream page(fs::path(TALLYMAN_SOURCE_DIR) / "docs/configure.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  for (const auto& row : shown(Config{})) {
    if (row.key == "database.url") continue;  // its built-in value depends on the machine
    const auto line = "| `" + row.key + "` | `" + row.variable + "` | `" + row.value + "` |";
    EXPECT_NE(text.find(line), std::string::npos) << "missing in docs/configure.md: " << line;
  }
}

TEST_F(ConfigTest, MailIsCompleteAndNeverInClearToAnotherMachine) {
  file("[mail]\nserver = \"smtp.example.com\"\nsecurity = \"none\"\n");
  EXPECT_EQ(problems(),
            (Texts{"tallyman.toml:2: mail.server is set, but mail.from is not: mail needs an "
                   "address to send from",
                   "tallyman.toml:2: mail.security: none would send mail in clear to "
                   "smtp.example.com; expected starttls or tls"}));
  file(
      "[mail]\nserver = \"localhost\"\nsecurity = \"none\"\nport = 25\n"
      "from = \"tally@example.com\"\nalerts_to = [\"ana@example.com\", \"bo@example.com\"]\n");
  set("TALLYMAN_MAIL_PASSWORD", "hidden");
  const auto config = loaded();
  EXPECT_EQ(config.mail.port, 25);
  EXPECT_EQ(setting(config, "mail.alerts_to").value, "ana@example.com, bo@example.com");
  EXPECT_EQ(setting(config, "mail.password").value, "set");
}

TEST_F(ConfigTest, LinksBeginWithTheUrlOrWithTheAddressListenedOn) {
  EXPECT_EQ(page_url(loaded()), "http://127.0.0.1:8080");
  set("TALLYMAN_LISTEN", "[::1]:9000");
  EXPECT_EQ(page_url(loaded()), "http://[::1]:9000");
  set("TALLYMAN_SERVER_URL", "https://tally.example.com/");
  EXPECT_EQ(page_url(loaded()), "https://tally.example.com");
}

static_assert(!std::is_convertible_v<Secret, std::string>);

}  // namespace
}  // namespace tallyman::app
