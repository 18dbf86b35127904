#include "app/program.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "adapters/book/migrations.h"
#include "adapters/book/sql/all.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/http/client.h"
#include "adapters/shipstation/api.h"
#include "adapters/time/process_identity.h"
#include "adapters/time/zones.h"
#include "domain/base/digest.h"

namespace tallyman::app {

namespace {

constexpr std::size_t kFingerprint = 16;  // hex digits of the key's hash: enough to tell keys apart

Zone zone_named(const std::string& name) {
  auto zone = timing::load_zone(name);
  if (!zone) throw std::runtime_error(zone.error().what);
  return std::move(*zone);
}

std::string credential_of(const Config& config) {
  const std::string key = config.shipstation.url + "\n" + config.shipstation.key.reveal();
  return "shipstation:" + sha256_hex(key).substr(0, kFingerprint);
}

workflows::SyncSettings sync_settings(const Config& config) {
  workflows::SyncSettings settings;
  settings.shipstation_zone = zone_named(config.shipstation.timezone);
  settings.routing.manual_prefix = config.orders.manual_prefix;
  for (const auto& sku : config.orders.key_skus) settings.routing.key_skus.insert(sku);
  settings.routing.known_skus = settings.routing.key_skus;
  settings.reading.overlap = config.sync.overlap;
  settings.reading.page_size = config.shipstation.page_size;
  settings.seed_days = static_cast<int>(config.sync.seed.count());
  settings.lease.length = config.sync.lease;
  settings.lease.margin = std::min<Micros>(settings.lease.margin, config.sync.lease / 4);
  settings.lease.is_gone = timing::is_gone;
  settings.holder = timing::process_identity();
  return settings;
}

}  // namespace

void make_folder_of(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  if (folder.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw std::runtime_error(
        fmt::format("the folder {} cannot be made: {}", folder.string(), error.message()));
  }
}

std::string database_url(const Config& config) {
  return config.database.dialect == ports::Dialect::sqlite
             ? "sqlite:" + config.database.file.string()
             : config.database.url.reveal();
}

std::unique_ptr<ports::Database> open_book(const Config& config, const Outside& outside) {
  if (config.database.dialect == ports::Dialect::sqlite) make_folder_of(config.database.file);
  auto opened = database::open_database(database_url(config),
                                        {.clock = outside.clock, .random = outside.random});
  if (!opened) throw std::runtime_error(opened.error().what);
  auto migrated = database::migrate(**opened, book::migrations((*opened)->dialect()));
  if (!migrated) throw std::runtime_error(migrated.error().what);
  return std::move(*opened);
}

std::variant<std::unique_ptr<Program>, Locked> Program::start(const Config& config,
                                                              const Outside& outside, Log& log,
                                                              Pace pace) {
  std::optional<database::ProcessLock> lock;
  if (config.database.dialect == ports::Dialect::sqlite) {
    make_folder_of(config.database.file);
    auto taken = database::ProcessLock::acquire(config.database.file.string());
    if (const auto* held = std::get_if<database::LockHeld>(&taken)) return Locked{held->pid};
    lock.emplace(std::get<database::ProcessLock>(std::move(taken)));
  }
  std::unique_ptr<Program> program(new Program(config, outside, log, pace));
  if (lock) program->lock_.emplace(std::move(*lock));
  if (program->context_->status.configured || pace == Pace::when_asked) {
    program->schedule_->start();
  }
  return program;
}

Program::Program(const Config& config, const Outside& outside, Log& log, Pace pace)
    : calls_(log), database_(open_book(config, outside)) {
  if (pace == Pace::scheduled) {
    // A statement that does not fit the schema is found now and not at night.
    for (const auto* statement : book::sql::all_statements()) database_->prepare(*statement);
  }
  http_ = http::make_client({.user_agent = fmt::format("tallyman/{}", kVersion),
                             .ca_file = std::nullopt,
                             .observer = &calls_,
                             .clock = outside.clock});
  const std::string credential = credential_of(config);
  budgeted_ = std::make_unique<engine::BudgetedHttp>(
      *http_, *database_, outside.clock, outside.random,
      engine::Budget{.credential = credential,
                     .requests_per_minute = config.shipstation.requests_per_minute});
  shipstation::Settings access;
  access.base_url = config.shipstation.url;
  access.key = config.shipstation.key;
  access.secret = config.shipstation.secret;
  access.zone = zone_named(config.shipstation.timezone);
  shipstation_ = shipstation::make_shipstation(*budgeted_, std::move(access));
  sync_ = std::make_unique<workflows::ShipStationSync>(
      workflows::SyncParts{.database = *database_,
                           .shipstation = *shipstation_,
                           .clock = outside.clock,
                           .random = outside.random,
                           .threads = outside.threads},
      sync_settings(config));
  desk_ = std::make_unique<Desk>(*sync_, log);
  const auto interval =
      pace == Pace::scheduled ? std::optional<Micros>(config.sync.interval) : std::nullopt;
  schedule_ = std::make_unique<engine::Schedule>(
      outside.clock, outside.threads, outside.random, interval,
      [this](const RunId& run, const std::string& why, std::stop_token stop) {
        return desk_->run(run, why, std::move(stop));
      });
  context_ = std::make_unique<api::Context>(api::Context{
      .database = *database_,
      .clock = outside.clock,
      .sync = *schedule_,
      .warehouse = zone_named(config.timezone),
      .known_skus = sync_->settings().routing.known_skus,
      .status = {.credential = credential,
                 .requests_per_minute = config.shipstation.requests_per_minute,
                 .interval = config.sync.interval,
                 .configured =
                     config.shipstation.key.is_set() && config.shipstation.secret.is_set(),
                 .is_gone = sync_->settings().lease.is_gone},
      .version = std::string(kVersion),
      .demo = false,
      .dev_assets = std::nullopt,
      .lost_run = [this](const RunId& run) { return desk_->lost(run); }});
}

Program::~Program() = default;

}  // namespace tallyman::app
