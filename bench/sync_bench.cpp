// How fast a first sync of everything is, next to the database alone writing the same rows, and how
// much memory it takes. Aims: at least half of the raw speed; 20,000 orders take at most 1.3 times
// the memory of 5,000.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/shipstation/api.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "adapters/time/zones.h"
#include "bench/recording.h"
#include "sandbox/sandbox_http.h"
#include "sandbox/world.h"
#include "tests/e2e/world.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::bench {
namespace {

using std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double kRawAim = 0.5;
constexpr double kMemoryAim = 1.3;

int repeats() {
  const char* text = std::getenv("TALLYMAN_BENCH_REPEATS");
  return text == nullptr ? 3 : std::max(1, std::atoi(text));
}

std::string_view name(ports::Dialect dialect) {
  return dialect == ports::Dialect::sqlite ? "SQLite" : "PostgreSQL";
}

Zone pacific() { return timing::load_zone("America/Los_Angeles").value(); }

// The pretend ShipStation answers in this process: its own work is not ours and is taken off.
class TimedHttp final : public ports::Http {
 public:
  explicit TimedHttp(ports::Http& inner) : inner_(inner) {}
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override {
    const auto start = steady_clock::now();
    auto answer = inner_.send(request, std::move(stop));
    spent_ += steady_clock::now() - start;
    return answer;
  }
  Seconds spent() const { return spent_; }

 private:
  ports::Http& inner_;
  Seconds spent_{};
};

std::unique_ptr<tests::FreshDatabase> new_book(ports::Dialect dialect, const std::string& known) {
  auto book = std::make_unique<tests::FreshDatabase>(dialect);
  database::migrate(**book, book::migrations(dialect)).value();
  book->script(known);
  return book;
}

class Account {
 public:
  explicit Account(int orders) : world_(clock_, setup()) {
    world_.seed(sandbox::SeedPlan::of(orders));
    known_ = world_.known_orders_sql();
  }
  const std::string& known() const { return known_; }

  // One sync of everything into `book`; without the time ShipStation took.
  Seconds sync(ports::Database& book) {
    sandbox::SandboxHttp http(world_, clock_);
    TimedHttp timed(http);
    shipstation::Settings access;
    access.base_url = "https://shipstation.example";
    access.key = Secret(std::string(sandbox::kDemoKey));
    access.secret = Secret(std::string(sandbox::kDemoSecret));
    access.zone = pacific();
    const auto shipstation = shipstation::make_shipstation(timed, std::move(access));
    timing::SeededRandom random(1);
    timing::SystemThreads threads;
    workflows::SyncSettings settings;
    settings.shipstation_zone = pacific();
    for (const char* sku : {"17612", "17904", "17914", "18675", "18795"}) {
      settings.routing.key_skus.insert(Sku{sku});
    }
    settings.routing.known_skus = settings.routing.key_skus;
    settings.holder = "bench";
    workflows::ShipStationSync workflow({.database = book,
                                         .shipstation = *shipstation,
                                         .clock = clock_,
                                         .random = random,
                                         .threads = threads},
                                        settings);
    const auto start = steady_clock::now();
    const auto result = workflow.run(RunId{ports::random_hex128(random)},
                                     {.why = "bench", .asked_by = "bench"}, {});
    const Seconds took = steady_clock::now() - start - timed.spent();
    if (result.outcome != book::Outcome::ok) throw std::runtime_error(result.message);
    return took;
  }

 private:
  static sandbox::WorldSetup setup() {
    sandbox::WorldSetup setup;
    setup.zone = pacific();
    setup.rate_limit = sandbox::RateLimit::off;
    return setup;
  }

  timing::SystemClock clock_;
  sandbox::World world_;
  std::string known_;
};

void tell_statements(const Recording& recording, Seconds took) {
  Seconds all{};
  for (const auto& [name, spent] : recording.spent()) {
    all += spent.time;
    fmt::print("  {:<40}{:>9} rows{:>9.3f} s\n", name, spent.rows, spent.time.count());
  }
  fmt::print("  {:<40}{:>23.3f} s of {:.3f}\n", "all statements", all.count(), took.count());
}

bool speed(ports::Dialect dialect, int orders) {
  Account account(orders);
  Seconds synced{1e9};
  Seconds raw{1e9};
  std::size_t rows = 0;
  std::vector<WrittenTransaction> written;
  {
    const auto book = new_book(dialect, account.known());
    Recording recording(**book);
    const Seconds took = account.sync(recording);
    written = recording.written();
    if (std::getenv("TALLYMAN_BENCH_STATEMENTS") != nullptr) tell_statements(recording, took);
  }
  for (int i = 0; i < repeats(); ++i) {
    synced = std::min(synced, account.sync(**new_book(dialect, account.known())));
    const auto book = new_book(dialect, account.known());
    const auto start = steady_clock::now();
    rows = replay(**book, written);
    raw = std::min<Seconds>(raw, steady_clock::now() - start);
  }
  const double ratio = raw / synced;
  fmt::print("{:<11}{:>7}{:>11.0f}{:>10.2f}{:>10.2f}{:>9}{:>8.2f}  {}\n", name(dialect), orders,
             orders / synced.count(), synced.count(), raw.count(), rows, ratio,
             ratio >= kRawAim ? "ok" : "below the aim");
  std::fflush(stdout);
  return ratio >= kRawAim;
}

// Of the real program, against a sandbox in another process. In KiB.
long peak_memory(ports::Dialect dialect, int orders) {
  tests::World world(dialect, {"--orders", std::to_string(orders)});
  world.prepare();
  const tests::Ended ended = world.tallyman({"sync", "run", "--quiet"});
  if (ended.code != 0) throw std::runtime_error(ended.out + ended.error);
  return ended.peak_kib;
}

bool memory(ports::Dialect dialect) {
  const long small = peak_memory(dialect, 5'000);
  const long large = peak_memory(dialect, 20'000);
  const double ratio = static_cast<double>(large) / static_cast<double>(small);
  fmt::print("{:<11}{:>12.1f}{:>14.1f}{:>8.2f}  {}\n", name(dialect),
             static_cast<double>(small) / 1024, static_cast<double>(large) / 1024, ratio,
             ratio <= kMemoryAim ? "ok" : "above the aim");
  std::fflush(stdout);
  return ratio <= kMemoryAim;
}

int run() {
  bool reached = true;
  // Memory first: a child begins with the peak of who started it.
  fmt::print(
      "peak memory of `tallyman sync run`, MiB (aim: ratio at most {})\n"
      "{:<11}{:>12}{:>14}{:>8}\n",
      kMemoryAim, "", "5000 orders", "20000 orders", "ratio");
  for (const auto dialect : {ports::Dialect::sqlite, ports::Dialect::postgres}) {
    reached = memory(dialect) && reached;
  }
  fmt::print(
      "\nfirst sync of everything, best of {} (aim: at least {} of the raw speed)\n"
      "{:<11}{:>7}{:>11}{:>10}{:>10}{:>9}{:>8}\n",
      repeats(), kRawAim, "", "orders", "orders/s", "sync s", "raw s", "rows", "ratio");
  for (const auto dialect : {ports::Dialect::sqlite, ports::Dialect::postgres}) {
    for (const int orders : {2'000, 20'000}) reached = speed(dialect, orders) && reached;
  }
  return reached ? 0 : 1;
}

}  // namespace
}  // namespace tallyman::bench

// Without arguments everything; `bench_sync sqlite 20000` or `bench_sync postgres 2000` one line.
int main(int count, char** words) {
  using namespace tallyman;
  try {
    if (count == 3) {
      const auto dialect = std::string_view(words[1]) == "sqlite" ? ports::Dialect::sqlite
                                                                  : ports::Dialect::postgres;
      return bench::speed(dialect, std::atoi(words[2])) ? 0 : 1;
    }
    return bench::run();
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench: {}\n", failure.what());
    return 1;
  }
}
