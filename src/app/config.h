// What an installation can set, and where each value came from: built-in values, one TOML file, and
// the environment, the later winning. Settings kept in the database are not here.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/mail/smtp.h"
#include "api/origin.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/base/secret.h"
#include "ports/database.h"

namespace tallyman::app {

struct DatabaseConfig {
  ports::Dialect dialect = ports::Dialect::sqlite;
  std::filesystem::path file;  // SQLite only
  Secret url;                  // PostgreSQL only; may hold a password
};

struct ShipStationConfig {
  std::string url = "https://ssapi.shipstation.com";  // no slash at its end
  Secret key;
  Secret secret;
  std::string timezone = "America/Los_Angeles";  // of the times it sends without zone
  int requests_per_minute = 38;
  int page_size = 500;
};

struct SyncConfig {
  std::chrono::minutes interval{5};
  std::chrono::minutes overlap{10};
  std::chrono::days seed{30};
  std::chrono::seconds lease{40};
};

struct OrdersConfig {
  std::string manual_prefix = "10";
  std::vector<Sku> key_skus{{"17612"}, {"17904"}, {"17914"}, {"18675"}, {"18795"}};
};

struct ImportConfig {
  std::string folder{};  // into which the shop drops its file; empty: none is watched
};

struct ListenConfig {
  std::string host = "127.0.0.1";  // an IPv6 address without its brackets
  std::uint16_t port = 8080;
  std::chrono::seconds drain{25};  // at the end: for jobs to finish by themselves
  std::string url{};  // how people reach the pages, no slash at its end; empty: by host and port
};

struct MailConfig {
  std::string server{};  // empty: mail is not set up
  std::uint16_t port = 587;
  mail::Security security = mail::Security::starttls;
  std::string user{};
  Secret password{};
  std::string from{};
  std::vector<std::string> alerts_to{};
};

struct AuditConfig {
  std::string key_path{};  // empty: beside an SQLite book; none for PostgreSQL
};

enum class LogLevel { error, warning, info, debug };
enum class LogFormat { automatic, json, text };  // automatic: text on a terminal

struct LogConfig {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::automatic;
};

struct Config {
  DatabaseConfig database;
  std::string timezone = "America/Chicago";  // of the warehouse
  ShipStationConfig shipstation;
  SyncConfig sync;
  OrdersConfig orders;
  ImportConfig import{};
  ListenConfig listen;
  MailConfig mail;
  AuditConfig audit{};
  api::DoorRules door{};  // by which names, through which proxies, for how long
  LogConfig log;

  // Where a value came from, by key: "/etc/tallyman/tallyman.toml:12", "TALLYMAN_DATABASE".
  // A key that is not here has its built-in value.
  std::map<std::string, std::string, std::less<>> origins;
  // For a person, not errors: a variable that looks like one of ours and is none.
  std::vector<std::string> notes;
};

using Environment = std::map<std::string, std::string, std::less<>>;

// The environment of this process.
Environment process_environment();

struct ConfigSources {
  std::optional<std::filesystem::path> named;  // --config; must exist
  Environment environment;                     // TALLYMAN_CONFIG names a file that must exist
  // Else the first of these that exists.
  std::vector<std::filesystem::path> places{"tallyman.toml", "/etc/tallyman/tallyman.toml"};
};

// Every problem found, not only the first; each names its file and line or its variable, the key,
// and what is allowed. Reads files and nothing else.
tl::expected<Config, std::vector<Problem>> load_config(const ConfigSources& sources);

struct ShownSetting {
  std::string key;       // "sync.overlap_minutes"
  std::string value;     // a secret is "set" or "not set"
  std::string origin;    // "default", else as in Config::origins
  std::string variable;  // "TALLYMAN_SYNC_OVERLAP_MINUTES"
  std::string allowed;   // "a whole number from 1 to 1440"
};

// How people reach the pages, without a slash at its end: server.url, else where it listens.
std::string page_url(const Config& config);

// Every setting, in the order of the documentation: `tallyman config show --origin`.
std::vector<ShownSetting> shown(const Config& config);

}  // namespace tallyman::app
