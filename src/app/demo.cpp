// tallyman demo: a pretend ShipStation with people in it, an empty order book, the sync and the
// pages, all in this process and on loopback. Nothing outlives it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "adapters/time/zones.h"
#include "api/body.h"
#include "api/pages.h"
#include "api/routes.h"
#include "app/serve.h"
#include "domain/imports/limits.h"
#include "http_server/server.h"
#include "ports/statements.h"
#include "sandbox/scaled_clock.h"
#include "sandbox/world.h"

namespace tallyman::app {

namespace {

using namespace std::chrono_literals;

constexpr Micros kBetweenActs = 20s;  // of the people in the sandbox
constexpr auto kInterval = std::chrono::minutes{1};
constexpr int kPages = 12;  // of the first sync, at most: it can be watched and cancelled
constexpr int kSmallestPage = 25;
constexpr int kLargestPage = 500;

// Gone with its owner, however the demo ends, short of kill -9.
class Folder {
 public:
  explicit Folder(ports::Random& random)
      : path_(std::filesystem::temp_directory_path() /
              ("tallyman-demo-" + ports::random_hex128(random))) {
    std::filesystem::create_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~Folder() {
    std::error_code ignored;  // a leftover folder under /tmp harms nobody
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Config demo_config(const Config& base, const std::filesystem::path& folder,
                   const std::string& partner, int page_size) {
  Config config = base;
  config.audit = {};  // beside its own book
  config.database = {.dialect = ports::Dialect::sqlite, .file = folder / "demo.db", .url = {}};
  config.mail = {};  // invented alerts go to nobody
  config.door = {};
  config.shipstation.url = partner;
  config.shipstation.key = Secret(std::string(sandbox::kDemoKey));
  config.shipstation.secret = Secret(std::string(sandbox::kDemoSecret));
  config.shipstation.page_size = page_size;
  config.sync.interval = kInterval;
  config.origins["sync.interval_minutes"] = "demo";
  config.listen.drain = std::chrono::seconds{1};
  return config;
}

// Answers take their time, as a partner's do, and one order has a status that nobody knows: there
// is something to see on Alerts.
void make_lifelike(sandbox::World& world, int speed) {
  world.set_fault({.fault = sandbox::Fault::slow, .amount = speed});
  const auto found = world.find_number("100001");
  if (found) world.set_fault({.fault = sandbox::Fault::unknown_status, .order = found->order.id});
}

}  // namespace

cli::Exit demo(const cli::Demo& command, const Config& config, const Outside& real, Log& log,
               cli::Terminal& terminal, const std::stop_token& stop) {
  sandbox::ScaledClock clock(real.clock, command.speed);
  const Outside outside{.clock = clock, .random = real.random, .threads = real.threads};
  const Folder folder(real.random);
  sandbox::WorldSetup setup;
  setup.zone = timing::load_zone("America/Los_Angeles").value();
  setup.seed = command.seed;
  sandbox::World world(clock, std::move(setup));
  world.seed(sandbox::SeedPlan::of(command.orders));
  make_lifelike(world, command.speed);
  http_server::Server partner(
      {}, [&world](const http_server::Request& request) { return world.handle(request); });
  const Config own =
      demo_config(config, folder.path(), fmt::format("http://127.0.0.1:{}", partner.port()),
                  std::clamp(command.orders / kPages, kSmallestPage, kLargestPage));
  {
    const auto book = open_book(own, outside);
    const std::string known = world.known_orders_sql();
    book->transact(ports::TxMode::write, [&](ports::Tx& tx) { tx.script(known); });
  }
  auto started = Program::build(own, outside, log, Pace::scheduled);
  auto& program = *std::get<std::unique_ptr<Program>>(started);
  program.context().demo = true;
  http_server::Options options;
  options.listen.port = static_cast<std::uint16_t>(command.port);
  options.headers = api::security_headers();
  options.limits.body_bytes = api::kLargestBody;
  options.large = {.path = std::string(api::kFilePath), .bytes = imports::kFileBytes};
  http_server::Server pages(std::move(options), api::make_handler(program.context()));
  program.go();
  terminal.error(
      fmt::format("tallyman {} demo: everything here is invented and gone when it ends.\n"
                  "  pages    http://127.0.0.1:{}\n"
                  "  sandbox  http://127.0.0.1:{}  (what was asked: /_sandbox/stats)\n"
                  "Ctrl C ends it.\n",
                  kVersion, pages.port(), partner.port()));
  while (clock.wait(kBetweenActs, stop, nullptr) != ports::WaitEnd::stopped) world.act(1);
  pages.stop();
  if (program.drain({}).stuck > 0) {
    std::error_code ignored;  // the process ends here, with or without the folder
    std::filesystem::remove_all(folder.path(), ignored);
    std::quick_exit(static_cast<int>(cli::Exit::failed));
  }
  partner.stop();
  return cli::Exit::done;
}

}  // namespace tallyman::app
