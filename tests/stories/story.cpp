#include "stories/story.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/zones.h"
#include "domain/orders/sku_text.h"
#include "domain/orders/trim.h"

namespace tallyman::tests {

namespace {

const std::set<Sku> kKeySkus = {Sku{"17612"}, Sku{"17904"}, Sku{"17914"}, Sku{"18675"},
                                Sku{"18795"}};

struct CloseSqlite {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

class NoThread final : public ports::Thread {
 public:
  void request_stop() override {}
};

std::unique_ptr<sqlite3, CloseSqlite> open_raw(const std::string& path) {
  sqlite3* raw = nullptr;
  if (sqlite3_open(path.c_str(), &raw) != SQLITE_OK) throw std::runtime_error(path);
  sqlite3_busy_timeout(raw, 10'000);
  return std::unique_ptr<sqlite3, CloseSqlite>(raw);
}

bool is_physical(const sandbox::Line& line) {
  return !line.adjustment && line.quantity > 0 && line.sku && !line.sku->empty();
}

bool is_manual_of_ours(const sandbox::Order& order) {
  if (!order.number.starts_with("10")) return false;
  return std::ranges::any_of(order.lines, [](const auto& line) {
    return line.sku && kKeySkus.contains(orders::parse_sku_text(*line.sku, kKeySkus).base);
  });
}

using Units = std::map<std::string, std::int64_t>;  // by base SKU

std::string text_of(const Units& units) {
  std::string text;
  for (const auto& [sku, count] : units) text += fmt::format("{}x{} ", count, sku);
  return text;
}

// Units that really left: live labels' lines, else (marked as shipped) the order's own.
Units shipped_units(const sandbox::OrderTruth& truth) {
  Units units;
  std::set<std::int64_t> covered;
  for (const auto& shipment : truth.shipments) {
    if (shipment.voided || shipment.return_label) continue;
    for (const auto& line : shipment.lines) {
      if (!is_physical(line)) continue;
      covered.insert(line.id);
      units[orders::parse_sku_text(*line.sku, kKeySkus).base.value] += line.quantity;
    }
  }
  for (const auto& line : truth.order.lines) {
    if (!is_physical(line) || covered.contains(line.id)) continue;
    units[orders::parse_sku_text(*line.sku, kKeySkus).base.value] += line.quantity;
  }
  return units;
}

// Tracking numbers of everything live, as the book writes them: labels first, oldest first.
std::string tracking_of(const sandbox::OrderTruth& truth) {
  std::string text;
  const auto add = [&](const sandbox::Text& number) {
    if (number && !number->empty()) text += (text.empty() ? "" : ", ") + *number;
  };
  for (const auto& shipment : truth.shipments) {
    if (!shipment.voided && !shipment.return_label) add(shipment.tracking);
  }
  for (const auto& fulfilment : truth.fulfilments) {
    if (!fulfilment.voided) add(fulfilment.tracking);
  }
  return text;
}

// total <= received, and every row received ended in exactly one way; else the run is not green.
void expect_proof(const workflows::SyncResult& result) {
  if (result.end != workflows::SyncEnd::ran || result.outcome == book::Outcome::failed) return;
  if (result.outcome ==
      book::Outcome::skipped) {  // stopped before its end, and for no other reason
    EXPECT_EQ(result.failure, ports::CallError::stopped) << result.message;
    return;
  }
  const auto& numbers = result.numbers;
  std::int64_t skipped = 0;
  for (const auto& [reason, count] : numbers.skipped) skipped += count;
  EXPECT_EQ(numbers.received,
            numbers.applied + numbers.unchanged + skipped + numbers.quarantined + numbers.deferred)
      << result.message;
  EXPECT_LE(numbers.source_total, numbers.received) << result.message;
  EXPECT_GE(numbers.deferred, 0);
}

}  // namespace

Zone pacific() {
  static const Zone zone = timing::load_zone("America/Los_Angeles").value();
  return zone;
}

sandbox::OrderSpec goods(std::string sku, std::int64_t quantity, std::string number) {
  sandbox::OrderSpec spec;
  spec.number = std::move(number);
  spec.items.push_back({.sku = std::move(sku), .quantity = quantity});
  return spec;
}

std::unique_ptr<ports::Thread> NoThreads::start(std::string, std::function<void(std::stop_token)>) {
  return std::make_unique<NoThread>();
}

ports::HttpResult AlteredHttp::send(const ports::HttpRequest& request, std::stop_token stop) {
  auto answer = inner_.send(request, std::move(stop));
  if (answer && how_) how_(request, *answer);
  return answer;
}

Story::Story(const StoryOptions& options)
    : clock_(instant_from_text(options.start).value()), random_(options.seed) {
  sandbox::WorldSetup setup;
  setup.zone = pacific();
  setup.seed = options.seed;
  setup.behaviour = options.behaviour;
  setup.rate_limit = sandbox::RateLimit::off;
  world_ = std::make_unique<sandbox::World>(clock_, std::move(setup));
  http_ = std::make_unique<sandbox::SandboxHttp>(*world_, clock_, options.latency);
  altered_ = std::make_unique<AlteredHttp>(*http_);
  shipstation::Settings access;
  access.base_url = "https://shipstation.example";
  access.key = Secret(std::string(options.key));
  access.secret = Secret(std::string(sandbox::kDemoSecret));
  access.zone = pacific();
  path_ = (folder_.path() / "book.db").string();
  database_ =
      database::open_database("sqlite:" + path_, {.clock = clock_, .random = random_}).value();
  database::migrate(*database_, book::migrations(ports::Dialect::sqlite)).value();
  breaker_ = std::make_unique<engine::BreakerHttp>(*altered_, *database_, random_, "shipstation");
  shipstation_ = shipstation::make_shipstation(*breaker_, std::move(access));
  settings_.shipstation_zone = pacific();
  settings_.routing.key_skus = kKeySkus;
  settings_.routing.known_skus = kKeySkus;
  settings_.holder = "story";
}

Story::~Story() = default;

void Story::seed(const sandbox::SeedPlan& plan) {
  world_->seed(plan);
  script(world_->known_orders_sql());
}

workflows::ShipStationSync Story::workflow() {
  return {{.database = *database_,
           .shipstation = *shipstation_,
           .clock = clock_,
           .random = random_,
           .threads = threads_},
          settings_};
}

workflows::SyncPreview Story::preview() {
  return workflow().preview(RunId{ports::random_hex128(random_)}, {});
}

workflows::SyncResult Story::sync(Micros wait, std::stop_token stop) {
  clock_.advance(wait);
  auto result = workflow().run(RunId{ports::random_hex128(random_)},
                               {.why = "story", .asked_by = "story"}, std::move(stop));
  expect_proof(result);
  return result;
}

void Story::heal() {
  using std::chrono::minutes;
  world_->clear_faults();
  for (const auto wait : {minutes{2}, minutes{5}, minutes{65}}) {
    const auto result = sync(wait);
    EXPECT_NE(result.outcome, book::Outcome::failed) << result.message;
  }
}

void Story::script(std::string_view sql) {
  const auto handle = open_raw(path_);
  char* message = nullptr;
  if (sqlite3_exec(handle.get(), std::string(sql).c_str(), nullptr, nullptr, &message) !=
      SQLITE_OK) {
    const std::string what = message != nullptr ? message : "?";
    sqlite3_free(message);
    throw std::runtime_error(what);
  }
}

std::vector<std::vector<std::string>> Story::rows(const std::string& sql) {
  const auto handle = open_raw(path_);
  std::vector<std::vector<std::string>> all;
  const auto collect = [](void* into, int count, char** values, char**) {
    std::vector<std::string> row;
    for (int i = 0; i < count; ++i) row.emplace_back(values[i] != nullptr ? values[i] : "NULL");
    static_cast<decltype(all)*>(into)->push_back(std::move(row));
    return 0;
  };
  char* message = nullptr;
  if (sqlite3_exec(handle.get(), sql.c_str(), collect, &all, &message) != SQLITE_OK) {
    const std::string what = message != nullptr ? message : "?";
    sqlite3_free(message);
    throw std::runtime_error(what);
  }
  return all;
}

std::string Story::one(const std::string& sql) {
  const auto all = rows(sql);
  if (all.size() != 1 || all.front().size() != 1) return fmt::format("({} rows)", all.size());
  return all.front().front();
}

std::string Story::book() {
  std::string text;
  for (const std::string table :
       {"orders_inbox", "order_items_inbox", "order_links", "shipped_orders", "shipped_items",
        "shipments", "shipment_items", "fulfilments", "order_events", "remote_orders", "payloads",
        "cases", "quarantine", "manual_order_conflicts"}) {
    for (const auto& row : rows("SELECT * FROM " + table + " ORDER BY 1, 2")) {
      text += table;
      for (const auto& value : row) text += "|" + value;
      text += "\n";
    }
  }
  return text;
}

std::string Story::watermarks() {
  std::string text;
  for (const auto& row : rows("SELECT workflow_name, last_sync_timestamp, watermark_us, "
                              "read_until_us FROM sync_watermark ORDER BY workflow_name")) {
    for (const auto& value : row) text += value + "|";
    text += "\n";
  }
  return text;
}

std::vector<std::string> Story::differences() {
  std::map<std::string, std::vector<std::string>> local;  // number -> id, status, tracking
  for (auto& row : rows("SELECT order_number, id, status, COALESCE(tracking_number, '') "
                        "FROM orders_inbox")) {
    const std::string number = row[0];
    local[number] = std::move(row);
  }
  std::map<std::string, std::map<std::string, std::int64_t>> lines;  // order id -> line -> quantity
  for (const auto& row : rows("SELECT order_inbox_id, COALESCE(shipstation_line_id, 'none'), "
                              "quantity FROM order_items_inbox")) {
    lines[row[0]][row[1]] += std::stoll(row[2]);
  }
  std::map<std::string, Units> shipped;
  for (const auto& row : rows("SELECT order_number, base_sku, quantity_shipped "
                              "FROM shipped_items")) {
    shipped[row[0]][row[1]] += std::stoll(row[2]);
  }
  std::vector<std::string> found;
  for (const auto& truth : world_->snapshot()) {
    const auto& order = truth.order;
    const std::string number(orders::trimmed(order.number));
    const auto row = local.find(number);
    if (row == local.end()) {
      if (is_manual_of_ours(order)) found.push_back(order.number + " is missing");
      continue;
    }
    if (row->second[2] != order.status) {
      found.push_back(
          fmt::format("{}: {} here, {} there", order.number, row->second[2], order.status));
    }
    if (row->second[3] != tracking_of(truth)) {
      found.push_back(fmt::format("{}: tracking {} here, {} there", order.number, row->second[3],
                                  tracking_of(truth)));
    }
    std::map<std::string, std::int64_t> wanted;
    for (const auto& line : order.lines) {
      if (is_physical(line)) wanted[std::to_string(line.id)] += line.quantity;
    }
    if (!wanted.empty() && lines[row->second[1]] != wanted) {
      found.push_back(order.number + ": items differ");
    }
    const Units units = order.status == "shipped" ? shipped_units(truth) : Units{};
    if (shipped[number] != units) {
      found.push_back(fmt::format("{}: shipped {}here, {}there", order.number,
                                  text_of(shipped[number]), text_of(units)));
    }
    shipped.erase(number);
    local.erase(row);
  }
  for (const auto& [number, row] : local) found.push_back(number + " is nowhere at ShipStation");
  for (const auto& [number, units] : shipped) {
    if (!units.empty()) found.push_back(number + " never shipped: " + text_of(units));
  }
  return found;
}

}  // namespace tallyman::tests
