#include "app/program.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "adapters/book/hints.h"
#include "adapters/book/migrations.h"
#include "adapters/book/settings.h"
#include "adapters/book/sql/all.h"
#include "adapters/database/hint_line.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/files/drop_folder.h"
#include "adapters/http/client.h"
#include "adapters/secrets/passwords.h"
#include "adapters/time/process_identity.h"
#include "adapters/time/zones.h"
#include "api/workflows.h"
#include "app/alerting.h"
#include "app/audit_key.h"
#include "app/kinds.h"
#include "domain/base/check.h"
#include "domain/base/whole_number.h"
#include "domain/imports/limits.h"
#include "domain/settings/values.h"
#include "views/proof.h"
#include "workflows/asking.h"
#include "workflows/jobs.h"
#include "workflows/kpi_snapshot.h"
#include "workflows/orders_cleanup.h"
#include "workflows/schedules.h"
#include "workflows/send_mail.h"

namespace tallyman::app {

namespace {

// Settings as they are in force at the moment of asking.
using ValuesNow = std::function<settings::Values(ports::Tx&)>;
ValuesNow values_now(const Config& config) {
  return [configured = settings::Configured(file_settings(config))](ports::Tx& tx) {
    return settings::Values(workflows::settings_table(), configured, book::stored_settings(tx));
  };
}

std::function<orders::KnownSkus(ports::Tx&)> key_skus_now(const Config& config) {
  return [values = values_now(config)](ports::Tx& tx) {
    orders::KnownSkus skus;
    for (const auto& sku : values(tx).list("orders.key_skus")) skus.insert(Sku{sku});
    return skus;
  };
}

std::function<std::int64_t(ports::Tx&)> archive_days_now(const Config& config) {
  return [values = values_now(config)](ports::Tx& tx) {
    const auto days = whole_number(values(tx).text("orders.archive_after_days"));
    check(days.has_value(), "the settings table allows whole numbers only");
    return *days;
  };
}

workflows::SyncSettings sync_settings(const Config& config) {
  workflows::SyncSettings settings;
  settings.shipstation_zone = zone_named(config.shipstation.timezone);
  settings.routing.manual_prefix = config.orders.manual_prefix;
  for (const auto& sku : config.orders.key_skus) settings.routing.key_skus.insert(sku);
  settings.routing.known_skus = settings.routing.key_skus;
  settings.key_skus_now = key_skus_now(config);
  settings.reading.overlap = config.sync.overlap;
  settings.reading.page_size = config.shipstation.page_size;
  settings.seed_days = static_cast<int>(config.sync.seed.count());
  settings.lease.length = config.sync.lease;
  settings.lease.margin = std::min<Micros>(settings.lease.margin, config.sync.lease / 4);
  settings.lease.is_gone = timing::is_gone;
  settings.credential = shipstation_fingerprint(config);
  settings.holder = timing::process_identity();
  return settings;
}

workflows::SyncParts sync_parts(ports::Database& database, ShipStationDoor& door,
                                const Outside& outside) {
  return {.database = database,
          .shipstation = door.shipstation(),
          .clock = outside.clock,
          .random = outside.random,
          .threads = outside.threads};
}

constexpr std::string_view kShopFile = "orders.xml";

// The last two characters, of a key that is long enough to hide the rest.
std::string ends_of(const std::string& key) {
  constexpr std::size_t kLongEnough = 8;
  return key.size() < kLongEnough ? std::string() : key.substr(key.size() - 2);
}

// What the pages say of the same numbers.
workflows::KpiProof kpi_proof(const api::Context& context, ports::Tx& tx, AccountId account) {
  auto rules = api::reading_rules(context, tx);
  rules.account = account;
  auto said = views::provenance(tx, rules);
  return {.as_of = said.as_of, .proven = said.proven, .proof = std::move(said.proof)};
}

LogLevel level_of(engine::LogLevel level) {
  switch (level) {
    case engine::LogLevel::info: return LogLevel::info;
    case engine::LogLevel::warning: return LogLevel::warning;
    case engine::LogLevel::error: return LogLevel::error;
  }
  return LogLevel::error;
}

}  // namespace

Zone zone_named(const std::string& name) {
  auto zone = timing::load_zone(name);
  if (!zone) throw std::runtime_error(zone.error().what);
  return std::move(*zone);
}

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

std::variant<std::unique_ptr<Program>, Locked> Program::build(const Config& config,
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
  return program;
}

void Program::go() {
  if (pace_ == Pace::when_asked) return;
  wake();
  ticker_->start();
  live_->start();
  if (hints_) hints_->hear(make_hint_line_());
  housekeeping_ = make_housekeeping_();
  if (drop_folder_) folder_watch_ = make_folder_watch_();
}

Program::Program(const Config& config, const Outside& outside, Log& log, Pace pace)
    : calls_(log),
      pace_(pace),
      warehouse_(zone_named(config.timezone)),
      database_(open_book(config, outside)) {
  if (pace == Pace::scheduled) {
    // A statement that does not fit the schema is found now and not at night.
    for (const auto* statement : book::sql::all_statements()) database_->prepare(*statement);
  }
  audit_key_ = seal_audit_log(config, *database_, outside.random, log);
  database_->transact(ports::TxMode::write, workflows::add_switches);
  http_ = http::make_client({.user_agent = fmt::format("tallyman/{}", kVersion),
                             .ca_file = std::nullopt,
                             .observer = &calls_,
                             .clock = outside.clock});
  for_people_ =
      std::make_unique<ShipStationDoor>(config, outside, *database_, *http_, work::Urgency::person);
  for_schedule_ = std::make_unique<ShipStationDoor>(config, outside, *database_, *http_,
                                                    work::Urgency::background);
  sync_for_people_ = std::make_unique<workflows::ShipStationSync>(
      sync_parts(*database_, *for_people_, outside), sync_settings(config));
  sync_for_schedule_ = std::make_unique<workflows::ShipStationSync>(
      sync_parts(*database_, *for_schedule_, outside), sync_settings(config));
  mail_ = make_mail(config);
  passwords_ = secrets::make_passwords();
  make_imports(config);
  context_ = std::make_unique<api::Context>(make_context(config, outside));
  make_worker(config, outside, log, pace);
  context_->node_id = worker_->node_id();
  make_hints(config, outside, log);
  if (pace == Pace::when_asked) return;
  make_ticker(config, outside, log);
  make_housekeeping_ = [this, &outside, &log] {
    return std::make_unique<Housekeeping>(*database_, outside.clock, outside.threads, log,
                                          [this] { wake_all(); });
  };
  make_folder_watch_ = [this, &outside, &log] {
    return std::make_unique<FolderWatch>(*drop_folder_, *database_, outside.clock, outside.threads,
                                         log, [this] { wake_all(); });
  };
  live_ = std::make_unique<api::LiveFeed>(*database_, outside.clock, outside.threads,
                                          std::string(kVersion));
  context_->live = live_.get();
  meters_ = std::make_unique<api::Meters>(registry_, *database_, outside.clock, context_->status,
                                          kVersion);
  context_->meters = meters_.get();
  context_->is_scheduled = true;
  context_->up_since = outside.clock.now();
}

Program::~Program() {
  if (hints_) hints_->finish();  // what they wake goes before them
}

api::Context Program::make_context(const Config& config, const Outside& outside) {
  const auto& settings = sync_for_people_->settings();
  const bool has_shipstation =
      config.shipstation.key.is_set() && config.shipstation.secret.is_set();
  return {.database = *database_,
          .clock = outside.clock,
          .warehouse = warehouse_,
          .known_skus = settings.routing.known_skus,
          .key_skus_now = settings.key_skus_now,
          .status = {.credential = shipstation_credential(config),
                     .requests_per_minute = config.shipstation.requests_per_minute,
                     .configured = has_shipstation,
                     .is_gone = settings.lease.is_gone},
          .version = std::string(kVersion),
          .wake_jobs = [this] { wake_all(); },
          .key_ends_in = ends_of(config.shipstation.key.reveal()),
          .is_scheduled = false,
          .cutoff =
              [configured = settings::Configured(file_settings(config))](ports::Tx& tx) {
                const settings::Values values(workflows::settings_table(), configured,
                                              book::stored_settings(tx));
                const auto& cutoff = values.text("warehouse.cutoff");
                return cutoff.empty() ? std::nullopt : std::optional(cutoff);
              },
          .door = config.door,
          .passwords = passwords_.get(),
          .random = &outside.random,
          .file_settings = file_settings(config),
          .is_set_up =
              [has_shipstation, has_folder = drop_folder_ != nullptr](std::string_view partner) {
                return partner == "shop" ? has_folder : has_shipstation;
              },
          .mail = mail_door(config),
          .imports = {.folder = config.import.folder,
                      .file_name = std::string(kShopFile),
                      .preview = [this](std::string_view name, std::string_view bytes) {
                        return workflows::preview_import(
                            {.database = *database_, .reader = shop_file_}, import_settings_, name,
                            bytes);
                      }}};
}

engine::Worker::Kinds Program::kinds(const Config& config, const Outside& outside, Pace pace,
                                     Log& log) {
  engine::Worker::Kinds kinds;
  const auto add = [&](std::string_view kind, engine::JobHandler handler) {
    kinds.emplace(kind, logged(std::string(kind), std::move(handler), log));
  };
  // Only what this program can do: another node has the credentials or the mail server that are
  // missing here, and must not lose its jobs to one that can only refuse them.
  const bool has_shipstation = context_->status.configured;
  if (has_shipstation) {
    add(workflows::kShipStationSync,
        workflows::shipstation_sync_job({.person = *sync_for_people_,
                                         .background = *sync_for_schedule_,
                                         .haste = for_schedule_->haste()},
                                        outside.clock));
    add(workflows::kSyncPreview, workflows::sync_preview_job(*sync_for_people_));
  }
  const workflows::ImportParts import_parts{.database = *database_, .reader = shop_file_};
  add(workflows::kImportFile,
      workflows::only_while_on(std::string(workflows::kXmlImport), *database_,
                               workflows::import_file_job(import_parts, import_settings_)));
  if (pace == Pace::when_asked) return kinds;
  if (drop_folder_) {
    add(workflows::kXmlImport,
        workflows::only_while_on(
            std::string(workflows::kXmlImport), *database_,
            workflows::xml_import_job(import_parts, import_settings_, *drop_folder_)));
  }
  add(workflows::kOrdersCleanup,
      workflows::only_while_on(
          std::string(workflows::kOrdersCleanup), *database_,
          workflows::orders_cleanup({.account = kDefaultAccount,
                                     .warehouse = warehouse_,
                                     .archive_days = import_settings_.archive_days})));
  if (has_shipstation) {
    add("test-credentials",
        workflows::test_shipstation_job(for_people_->shipstation(), outside.clock));
  }
  if (mail_) {
    add("send-mail", workflows::send_mail_job(
                         {.database = *database_, .clock = outside.clock, .mail = mail_.get()}));
  }
  // Any node may judge: it looks at what all living ones have set up.
  add(workflows::kAlertCheck,
      workflows::alert_check_job(*database_, alert_settings(config, warehouse_)));
  add(workflows::kKpiSnapshot,
      workflows::only_while_on(
          std::string(workflows::kKpiSnapshot), *database_,
          workflows::kpi_snapshot(
              {.warehouse = warehouse_, .proof = [this](ports::Tx& tx, AccountId account) {
                 return kpi_proof(*context_, tx, account);
               }})));
  return kinds;
}

void Program::make_imports(const Config& config) {
  import_settings_.account = kDefaultAccount;
  import_settings_.warehouse = warehouse_;
  import_settings_.key_skus = key_skus_now(config);
  import_settings_.archive_days = archive_days_now(config);
  if (config.import.folder.empty()) return;
  drop_folder_ =
      files::make_drop_folder(config.import.folder, std::string(kShopFile), imports::kFileBytes);
}

void Program::make_worker(const Config& config, const Outside& outside, Log& log, Pace pace) {
  engine::WorkerSettings settings;
  settings.holder = timing::process_identity();
  settings.version = kVersion;
  settings.setup = node_setup(config);
  settings.lease = config.sync.lease;
  settings.margin = std::min<Micros>(settings.margin, config.sync.lease / 4);
  settings.drain = config.listen.drain;
  settings.retention.routine_kind = workflows::kAlertCheck;
  settings.is_gone = timing::is_gone;
  settings.log = [&log](engine::LogLevel level, const std::string& text) {
    log.write(level_of(level), text, {});
  };
  worker_ =
      std::make_unique<engine::Worker>(engine::WorkerParts{.database = *database_,
                                                           .clock = outside.clock,
                                                           .threads = outside.threads,
                                                           .random = outside.random},
                                       std::move(settings), kinds(config, outside, pace, log));
}

void Program::make_ticker(const Config& config, const Outside& outside, Log& log) {
  ticker_ = std::make_unique<engine::Ticker>(
      *database_, outside.clock, outside.threads, workflows::ticked_workflows(context_->is_set_up),
      engine::TickerRules{.warehouse = warehouse_,
                          .table = workflows::settings_table(),
                          .configured = settings::Configured(file_settings(config))},
      engine::TickerHooks{.on_tick =
                              [this](const engine::Tick&) {
                                worker_->wake();
                                tell_others();
                              },
                          .on_trouble =
                              [&log](const std::string& what) {
                                if (what.empty()) return log.info("the schedule runs again", {});
                                log.error("nothing is scheduled", {{"reason", what}});
                              }});
}

void Program::make_hints(const Config& config, const Outside& outside, Log& log) {
  if (database_->dialect() == ports::Dialect::sqlite) return;
  hints_ = std::make_unique<engine::Hints>(
      engine::WorkerParts{.database = *database_,
                          .clock = outside.clock,
                          .threads = outside.threads,
                          .random = outside.random},
      engine::HintSettings{
          .node_id = worker_->node_id(),
          .on_hint = [this] { wake(); },
          .log = [&log](engine::LogLevel level,
                        const std::string& text) { log.write(level_of(level), text, {}); }});
  make_hint_line_ = [url = database_url(config), &outside, id = worker_->node_id()] {
    return database::make_hint_line(url, {.clock = outside.clock, .random = outside.random},
                                    {.channel = book::kWorkChannel, .own_id = id});
  };
}

void Program::leave_work_to_nodes() {
  context_->wake_jobs = [this] { tell_others(); };
}

void Program::tell_others() {
  if (hints_) hints_->tell();
}

void Program::wake_all() {
  wake();
  tell_others();
}

void Program::wake() {
  {
    const std::lock_guard lock(starting_);
    if (!started_) worker_->start();
    started_ = true;
    if (ticker_) ticker_->wake();
  }
  worker_->wake();
}

engine::Drained Program::drain(const std::stop_token& hard) {
  folder_watch_.reset();
  housekeeping_.reset();
  if (hints_) hints_->hear_no_more();
  std::unique_ptr<engine::Ticker> ticker;
  {
    const std::lock_guard lock(starting_);  // requests are still answered
    ticker = std::move(ticker_);
  }
  ticker.reset();
  const auto drained = worker_->drain(hard);
  if (hints_) {
    if (drained.handed_back > 0) hints_->tell();
    hints_->finish();
  }
  return drained;
}

}  // namespace tallyman::app
