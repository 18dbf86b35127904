// A command line, understood. Made by parse(); executed by app (daemons) or run_api_command().
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace tallyman::cli {

struct Serve {
  std::optional<std::string> dev_assets;
};
struct Demo {
  int port = 8080;
  std::uint64_t seed = 42;
  int orders = 400;
  int speed = 1;
};
struct Sandbox {
  std::vector<std::string> arguments;  // understood by the sandbox itself
};
struct MigrateStatus {};
struct MigrateUp {};
struct ConfigShow {
  bool origin = false;
};
struct ConfigCheck {};
struct Version {};
enum class Shell { bash, zsh, fish };
struct CompletionScript {
  Shell shell = Shell::bash;
};
struct Complete {
  std::vector<std::string> words;  // of the line so far, behind "tallyman"; the last is unfinished
};
struct OpenApi {};  // the API's description
struct Doctor {};

struct SyncRun {
  bool wait = true;
  std::optional<std::chrono::seconds> timeout{};  // of the waiting, not of the run
  bool dry = false;                               // what it would do; nothing is changed
};
struct SyncStatus {};
struct SyncWatermark {};
struct Status {
  bool watch = false;  // again and again until Ctrl C
};
struct OrdersList {
  std::string status{};
  std::string source{};
  std::string sku{};
  std::string search{};
  bool attention = false;
  int limit = 50;
  std::string cursor{};
};
struct OrdersShow {
  std::string number;
  bool payload = false;
};
struct OrdersWhy {
  std::string number;
};
struct JobsList {
  std::string state{};
  std::string kind{};
  int limit = 50;
  std::string cursor{};
};
struct JobsShow {
  std::int64_t id = 0;
  bool follow = false;
  std::optional<std::chrono::seconds> timeout{};  // of the following
};
struct JobsCancel {
  std::int64_t id = 0;
};
struct JobsRetry {
  std::int64_t id = 0;
};
struct UserAdd {
  std::string name{};
  std::string role = "viewer";
};
struct UserList {};
struct UserRole {
  std::string name{};
  std::string role{};
};
struct UserPassword {
  std::string name{};
};
struct UserDisable {
  std::string name{};
};
struct UserEnable {
  std::string name{};
};
struct TokenAdd {
  std::string name{};
  std::string role = "viewer";
  std::string expires{};  // RFC 3339; empty: never
};
struct TokenList {};
struct TokenRevoke {
  std::string id{};
};
struct AuditList {
  std::string who{};
  std::string action{};
  std::string subject{};
  int limit = 50;
  std::string cursor{};
};
struct AuditVerify {};
struct AlertsList {
  bool all = false;  // resolved ones too
  int limit = 100;
  std::string cursor{};
};
struct AlertsShow {
  std::int64_t id = 0;
};
struct AlertsAck {
  std::int64_t id = 0;
  std::string owner{};  // empty: whoever asks
};
struct AlertsSnooze {
  std::int64_t id = 0;
  int hours = 0;
};
struct AlertsResolve {
  std::int64_t id = 0;
  std::string reason{};
};

struct WorkflowsList {};
struct WorkflowsEnable {
  std::string name;
  std::string reason;
};
struct WorkflowsDisable {
  std::string name;
  std::string reason;
};
struct ConfigList {};
struct ConfigSet {
  std::string key;
  std::string value;
  std::string reason;
};
struct ConfigReset {
  std::string key;
};
struct ConfigHistory {
  std::string key;
};

struct ImportRun {
  std::string file{};
  bool dry_run = false;
  bool wait = true;
};
struct ImportStatus {
  int limit = 20;
};
struct BundlesList {};
struct BundlesSet {
  std::string sku{};
  std::vector<std::string> components{};  // "15x17612"
  std::string description{};
  bool off = false;
};

using ApiCommand =
    std::variant<SyncRun, SyncStatus, SyncWatermark, OrdersList, OrdersShow, OrdersWhy, JobsList,
                 JobsShow, JobsCancel, JobsRetry, Status, WorkflowsList, WorkflowsEnable,
                 WorkflowsDisable, ConfigList, ConfigSet, ConfigReset, ConfigHistory, UserAdd,
                 UserList, UserRole, UserPassword, UserDisable, UserEnable, TokenAdd, TokenList,
                 TokenRevoke, AuditList, AuditVerify, AlertsList, AlertsShow, AlertsAck,
                 AlertsSnooze, AlertsResolve, ImportRun, ImportStatus, BundlesList, BundlesSet>;
using Command =
    std::variant<Serve, Demo, Sandbox, MigrateStatus, MigrateUp, ConfigShow, ConfigCheck, Version,
                 CompletionScript, Complete, OpenApi, Doctor, ApiCommand>;

enum class ColourWish { as_fits, never };  // as_fits: when a person looks (see run.h)

struct Global {
  bool json = false;
  bool quiet = false;
  ColourWish colour = ColourWish::as_fits;
  std::optional<std::filesystem::path> config{};
};

struct Parsed {
  Command command;
  Global global;
};

// Nothing to execute: help was asked for, or the line is wrong.
struct NotACommand {
  int exit = 0;
  std::string out;    // for standard output
  std::string error;  // for standard error
};

tl::expected<Parsed, NotACommand> parse(const std::vector<std::string>& arguments);

// Where the API knows the words that fit: the member of each item of an answer.
struct WordsOfServer {
  std::string target;
  std::string member;
};
struct Completion {
  std::vector<std::string> words;
  std::optional<WordsOfServer> more{};
};
// What may stand in place of the last of `words`. Asks nobody; a line that makes no sense has no
// completions.
Completion complete(const std::vector<std::string>& words);

// What a shell reads to complete this program's words: it asks `tallyman complete`.
std::string completion_script(Shell shell);

}  // namespace tallyman::cli
