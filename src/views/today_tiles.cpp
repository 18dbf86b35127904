// The tiles of Today, one function each.
#include <chrono>

#include <fmt/format.h>

#include "adapters/book/budget.h"
#include "adapters/book/numbers.h"
#include "adapters/book/order_list.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/watermarks.h"
#include "views/today.h"

namespace tallyman::views {

namespace {

constexpr int kWeek = 7;

// What every tile is made from, read once.
struct Facts {
  ports::Tx& tx;
  const TodayRules& rules;
  Day day;
  std::map<std::string, book::StatusCount> counts;
  Provenance synced;  // what ShipStation says, through the sync
  Provenance own;     // what only the book itself knows

  book::StatusCount of(const std::string& status) const {
    const auto found = counts.find(status);
    return found == counts.end() ? book::StatusCount{} : found->second;
  }
};

// One count and nothing beside it.
Tile counted(std::string key, std::string label, std::string unit, std::int64_t value,
             const Provenance& provenance, std::string link) {
  return {.key = std::move(key),
          .label = std::move(label),
          .value = value,
          .unit = std::move(unit),
          .provenance = provenance,
          .link = std::move(link)};
}

// The orders of one status, units before orders.
Tile in_status(const Facts& facts, std::string key, std::string label, const std::string& status,
               const Provenance& provenance) {
  const auto count = facts.of(status);
  Tile tile = counted(std::move(key), std::move(label), "units", count.units, provenance,
                      "/orders?status=" + status);
  tile.second = count.orders;
  tile.second_label = "orders";
  return tile;
}

Tile awaiting_orders(const Facts& facts) {
  Tile tile =
      in_status(facts, "awaiting_orders", "Awaiting shipment", "awaiting_shipment", facts.synced);
  std::swap(tile.unit, *tile.second_label);
  std::swap(*tile.value, *tile.second);
  return tile;
}

Tile units_to_ship(const Facts& facts) {
  const auto there = book::awaiting_at_shipstation(facts.tx, facts.rules.account);
  const auto gaps = book::unit_gaps(facts.tx, facts.rules.account);
  Tile tile{.key = "units_to_ship",
            .label = "Units to ship",
            .value = 0,
            .unit = "units",
            .second = there.units,
            .second_label = "in ShipStation",
            .provenance = facts.synced,
            .link = "/orders?status=awaiting_shipment"};
  for (const auto& [status, count] : facts.counts) {
    if (orders::counts_as_to_ship(status)) *tile.value += count.units;
  }
  tile.difference = *tile.second - *tile.value;
  for (const auto& gap : gaps) tile.because.push_back(orders::sentence(gap));
  if (tile.provenance.proven && !orders::is_explained(gaps)) {
    tile.provenance.proven = false;
    tile.provenance.proof = "Not proven: part of the difference has no cause.";
  }
  return tile;
}

Tile shipped(const Facts& facts, std::string key, std::string label, int days) {
  const auto sum = book::shipped_between(facts.tx, facts.rules.account,
                                         facts.day - std::chrono::days{days - 1}, facts.day);
  Tile tile{.key = std::move(key),
            .label = std::move(label),
            .value = sum.units,
            .unit = "units",
            .second = sum.orders,
            .second_label = "orders",
            .provenance = facts.synced,
            .link = "/orders?status=shipped"};
  if (sum.provisional > 0) {
    tile.because.push_back(
        fmt::format("{} of the orders {} known from the order alone, until the shipment is read.",
                    sum.provisional, sum.provisional == 1 ? "is" : "are"));
  }
  return tile;
}

Tile watermark_age(const Facts& facts) {
  const auto row = book::find_watermark(facts.tx, facts.rules.account, "shipstation-sync");
  Tile tile{.key = "watermark_age_minutes",
            .label = "ShipStation read",
            .value = std::nullopt,
            .unit = "minutes",
            .provenance = facts.own,
            .link = "/sync"};
  if (row && row->read_until) {
    tile.value =
        std::chrono::floor<std::chrono::minutes>(facts.tx.now() - *row->read_until).count();
  } else {
    tile.because.emplace_back("ShipStation has not been read yet.");
  }
  return tile;
}

Tile budget_used(const Facts& facts) {
  const auto meter =
      book::read_budget(facts.tx, facts.rules.credential, facts.rules.requests_per_minute);
  Tile tile{.key = "budget_used",
            .label = "API requests in the last minute",
            .value = meter.used,
            .unit = "requests",
            .second = meter.limit,
            .second_label = "allowed",
            .provenance = facts.own,
            .link = "/sync"};
  if (meter.blocked_until) {
    tile.because.push_back(
        fmt::format("ShipStation asked us to wait until {}.", to_text(*meter.blocked_until)));
  }
  return tile;
}

// Before the first sync only what the book itself knows has a value.
void forget_unknown(Tile& tile) {
  if (tile.provenance.reading != Reading::never) return;
  tile.value.reset();
  tile.second.reset();
  tile.difference.reset();
  tile.because.clear();
}

}  // namespace

std::vector<Tile> today_tiles(ports::Tx& tx, const TodayRules& rules, const Provenance& synced) {
  const Facts facts{
      .tx = tx,
      .rules = rules,
      .day = rules.warehouse.day(tx.now()),
      .counts = book::count_by_status(tx, rules.account),
      .synced = synced,
      .own = {.as_of = tx.now(), .proven = true, .proof = "Counted in the order book itself."}};
  std::vector<Tile> tiles{
      awaiting_orders(facts),
      units_to_ship(facts),
      shipped(facts, "shipped_today", "Shipped today", 1),
      shipped(facts, "shipped_7_days", "Shipped in 7 days", kWeek),
      in_status(facts, "on_hold", "On hold", "on_hold", facts.synced),
      in_status(facts, "pending_uploads", "To be uploaded", "pending", facts.own),
      counted("quarantined", "In quarantine", "documents",
              book::count_open_quarantine(tx, rules.account), facts.own, "/sync"),
      counted("open_cases", "Open cases", "cases", book::count_open_cases(tx, rules.account),
              facts.own, "/orders?status=needs_attention"),
      watermark_age(facts),
      budget_used(facts)};
  for (auto& tile : tiles) forget_unknown(tile);
  return tiles;
}

}  // namespace tallyman::views
