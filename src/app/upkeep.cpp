#include "app/upkeep.h"

#include <fmt/format.h>
#include <boost/json.hpp>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "app/door.h"
#include "app/serve.h"
#include "cli/table.h"
#include "cli/when.h"

namespace tallyman::app {

namespace {

namespace json = boost::json;

// A person has pressed Tab and waits.
constexpr std::chrono::milliseconds kTabPatience{300};

}  // namespace

cli::Exit migrate_status(const Config& config, const Outside& outside, const cli::Global& global,
                         cli::Terminal& terminal) {
  auto opened = database::open_database(database_url(config),
                                        {.clock = outside.clock, .random = outside.random});
  if (!opened) throw std::runtime_error(opened.error().what);
  const auto status = database::migration_status(**opened, book::migrations((*opened)->dialect()));
  json::array applied;
  std::vector<std::vector<std::string>> rows;
  for (const auto& step : status.applied) {
    applied.push_back(
        {{"version", step.version}, {"name", step.name}, {"applied_at", to_text(step.applied_at)}});
    rows.push_back({std::to_string(step.version), step.name,
                    cli::when(step.applied_at, zone_named(config.timezone), cli::Fine::seconds)});
  }
  json::array pending;
  for (const auto& step : status.pending) {
    pending.push_back({{"version", step.version}, {"name", step.name}});
    rows.push_back({std::to_string(step.version), std::string(step.name), "pending"});
  }
  for (const auto& step : status.newer) {
    rows.push_back({std::to_string(step.version), step.name, "newer than this program"});
  }
  if (global.json) {
    terminal.out(json::serialize(json::object{{"applied", std::move(applied)},
                                              {"pending", std::move(pending)},
                                              {"newer", status.newer.size()}}) +
                 "\n");
  } else {
    terminal.out(cli::table({{"VERSION", cli::Align::right}, {"NAME"}, {"APPLIED"}}, rows));
  }
  return status.newer.empty() && status.changed.empty() ? cli::Exit::done : cli::Exit::failed;
}

cli::Exit migrate_up(const Config& config, const Outside& outside, const cli::Global& global,
                     cli::Terminal& terminal) {
  std::optional<database::ProcessLock> lock;
  if (config.database.dialect == ports::Dialect::sqlite) {
    make_folder_of(config.database.file);
    auto taken = database::ProcessLock::acquire(config.database.file.string());
    if (const auto* held = std::get_if<database::LockHeld>(&taken)) {
      terminal.error("tallyman: " + locked_text(config, Locked{held->pid}) + "\n");
      return cli::Exit::conflict;
    }
    lock.emplace(std::get<database::ProcessLock>(std::move(taken)));
  }
  const auto book = open_book(config, outside);
  if (global.json) return migrate_status(config, outside, global, terminal);
  terminal.out(fmt::format("{}: the schema is up to date\n", book->description()));
  return cli::Exit::done;
}

cli::Exit config_show(const cli::ConfigShow& command, const Config& config,
                      const cli::Global& global, cli::Terminal& terminal) {
  json::array all;
  std::vector<std::vector<std::string>> rows;
  for (const auto& setting : shown(config)) {
    all.push_back({{"key", setting.key},
                   {"value", setting.value},
                   {"origin", setting.origin},
                   {"variable", setting.variable}});
    rows.push_back({setting.key, setting.value, command.origin ? setting.origin : ""});
  }
  if (global.json) {
    terminal.out(
        json::serialize(json::object{{"items", std::move(all)}, {"next_cursor", nullptr}}) + "\n");
  } else {
    terminal.out(cli::table({{"SETTING"}, {"VALUE"}, {command.origin ? "ORIGIN" : ""}}, rows));
  }
  return cli::Exit::done;
}

cli::Exit complete(const cli::Complete& command, const Config& config, const Outside& outside,
                   cli::Terminal& terminal) {
  const auto fits = cli::complete(command.words);
  for (const auto& word : fits.words) terminal.out(word + "\n");
  if (!fits.more) return cli::Exit::done;
  const std::string socket = socket_path(config);
  std::error_code ignored;  // what cannot be looked at is no server
  if (!std::filesystem::exists(socket, ignored)) return cli::Exit::done;
  const auto answer = socket_api(socket, outside.clock, kTabPatience)("GET", fits.more->target, {});
  json::error_code error;
  const auto page = json::parse(answer.body, error);
  if (answer.status != 200 || error) return cli::Exit::done;
  const std::string begun = command.words.empty() ? std::string{} : command.words.back();
  for (const auto& item : page.at("items").as_array()) {
    const auto& value = item.at(fits.more->member);
    const std::string word =
        value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    if (word.starts_with(begun)) terminal.out(word + "\n");
  }
  return cli::Exit::done;
}

cli::Exit version(const cli::Global& global, cli::Terminal& terminal) {
  terminal.out(global.json ? json::serialize(json::object{{"version", kVersion}}) + "\n"
                           : fmt::format("tallyman {}\n", kVersion));
  return cli::Exit::done;
}

}  // namespace tallyman::app
