#include "sandbox/seeding.h"

#include <algorithm>
#include <map>
#include <set>

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

class Seeded : public SandboxTest {};

TEST_F(Seeded, TheDefaultPlanIsTheOneOfTheIssue) {
  world.seed({});
  const auto all = world.snapshot();
  ASSERT_EQ(all.size(), 2000);
  std::map<std::string, int> kinds;
  std::set<LocalTime> seconds;
  std::size_t labels = 0;
  int single = 0;
  for (const auto& truth : all) {
    const Order& order = truth.order;
    const bool is_manual = order.number.size() == 6 && order.number.starts_with("10");
    kinds[is_manual ? "manual" : order.number.starts_with("S-") ? "foreign" : "known"]++;
    if (is_manual) {
      EXPECT_TRUE(order.lines[0].sku->starts_with("1")) << *order.lines[0].sku;
    }
    if (order.number.starts_with("6")) {
      EXPECT_TRUE(order.number.ends_with("5"));
    }
    labels += truth.shipments.size();
    single += order.lines.size() == 1 ? 1 : 0;
    EXPECT_LE(order.modified_at, clock.now());
    EXPECT_GE(order.created_at, clock.now() - std::chrono::days{29});
    EXPECT_EQ(order.status == "shipped", !truth.shipments.empty() || !truth.fulfilments.empty());
    seconds.insert(std::chrono::floor<std::chrono::seconds>(order.modified));
  }
  EXPECT_EQ(kinds,
            (std::map<std::string, int>{{"known", 1700}, {"manual", 200}, {"foreign", 100}}));
  EXPECT_LE(labels, 500);
  EXPECT_GT(labels, 400);
  EXPECT_NEAR(single, 1820, 60);
  EXPECT_GT(seconds.size(), 1800) << "mostly distinct";
  EXPECT_LT(seconds.size(), 2000) << "with some ties";
}

TEST_F(Seeded, OtherSizesKeepTheShares) {
  const SeedPlan big = SeedPlan::of(20'000);
  EXPECT_EQ(big.known, 17'000);
  EXPECT_EQ(big.manual_new, 2'000);
  EXPECT_EQ(big.foreign, 1'000);
  world.seed(big);
  EXPECT_EQ(read("/orders?pageSize=1").at("total"), 20'000);
}

TEST_F(Seeded, KnownOrdersArePrintedAsSqlForTheOrderBook) {
  world.seed(SeedPlan::of(20));
  const std::string sql = get("/_sandbox/known.sql").body;
  EXPECT_EQ(sql, world.known_orders_sql());
  EXPECT_EQ(std::ranges::count(sql, ';'), 17);
  EXPECT_NE(sql.find("INSERT INTO orders_inbox (order_number, order_date, status, "
                     "shipstation_order_id, source_system) VALUES ('600005', '2026-"),
            std::string::npos)
      << sql;
  for (const auto& truth : world.snapshot()) {
    const bool is_known = sql.find("'" + std::to_string(truth.order.id) + "'") != std::string::npos;
    EXPECT_EQ(is_known, truth.order.number.starts_with("6")) << truth.order.number;
  }
}

// What a client could see of a world that was seeded and lived a day.
std::string story(std::uint64_t seed) {
  VirtualClock clock{at("2026-11-20T14:30:00Z")};
  World world(clock, {.zone = pacific(), .seed = seed, .rate_limit = RateLimit::off});
  world.seed(SeedPlan::of(300));
  world.set_fault({.fault = Fault::page_shift, .amount = 3});
  world.set_fault({.fault = Fault::server_error, .probability = 0.1});
  world.set_fault({.fault = Fault::late_visibility, .probability = 0.2});
  SandboxHttp http(world, clock, 150ms);
  std::string seen;
  for (int hour = 0; hour < 24; ++hour) {
    clock.advance(3600s);
    world.act(10);
    for (const char* path : {"/orders?pageSize=500&sortBy=ModifyDate", "/shipments",
                             "/fulfillments", "/_sandbox/orders"}) {
      ports::HttpRequest request;
      request.url = std::string("http://127.0.0.1") + path;
      request.auth =
          ports::BasicAuth{Secret{std::string(kDemoKey)}, Secret{std::string(kDemoSecret)}};
      const auto response = http.send(request, {}).value();
      seen += std::to_string(response.status);
      for (const auto& [name, value] : response.headers) seen += name + value;
      seen += response.body;
    }
  }
  return seen;
}

TEST(Determinism, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const std::string first = story(11);
  EXPECT_TRUE(first == story(11));
  EXPECT_FALSE(first == story(12));
}

TEST(People, DoAllTheThingsTheyAreSaidToDo) {
  VirtualClock clock{at("2026-11-20T14:30:00Z")};
  World world(clock, {.zone = pacific(), .seed = 3});
  world.seed(SeedPlan::of(200));
  std::map<std::int64_t, Order> before;
  for (const auto& truth : world.snapshot()) before[truth.order.id] = truth.order;
  for (int i = 0; i < 400; ++i) {
    clock.advance(60s);
    world.act(1);
  }
  std::map<std::string, int> seen;
  for (const auto& truth : world.snapshot()) {
    const Order& now = truth.order;
    const auto old = before.find(now.id);
    if (old == before.end()) {
      seen["written"]++;
      if (now.created_at != now.modified_at && now.status == "awaiting_shipment") seen["bumped"]++;
      continue;
    }
    if (old->second.status != now.status) seen[now.status]++;
    if (old->second.status == "on_hold" && now.status != "on_hold") seen["restored"]++;
    if (!(old->second.ship_to == now.ship_to)) seen["moved"]++;
    if (old->second.lines[0].quantity != now.lines[0].quantity) seen["requantified"]++;
    if (old->second.lines[0].sku != now.lines[0].sku) seen["new lot"]++;
    if (truth.shipments.size() > 1) seen["two packages"]++;
    seen["voided"] +=
        static_cast<int>(std::ranges::count(truth.shipments, true, &Shipment::voided));
    if (!(old->second == now)) {
      EXPECT_GT(now.modified_at, old->second.modified_at);
    }
  }
  for (const char* what : {"written", "bumped", "shipped", "cancelled", "on_hold", "restored",
                           "moved", "requantified", "two packages", "voided"}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

}  // namespace
}  // namespace tallyman::sandbox
