#include "tests/e2e/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "adapters/time/zones.h"
#include "domain/base/time.h"
#include "domain/orders/sku_text.h"

namespace tallyman::tests {

namespace {

namespace json = boost::json;

constexpr std::int64_t kStampStep = 4'000;  // ShipStation's stamps are rounded to 1/300 s

using Units = std::map<std::string, std::int64_t>;

const std::set<Sku>& key_skus() {
  static const std::set<Sku> all = {Sku{"17612"}, Sku{"17904"}, Sku{"17914"}, Sku{"18675"},
                                    Sku{"18795"}};
  return all;
}

std::string text(const json::object& object, std::string_view name) {
  const auto& value = object.at(name);
  return value.is_string() ? std::string(value.get_string()) : std::string{};
}

std::int64_t whole(const json::object& object, std::string_view name) {
  return object.at(name).to_number<std::int64_t>();
}

std::string base_sku(const json::object& line) {
  return orders::parse_sku_text(text(line, "sku"), key_skus()).base.value;
}

bool is_physical(const json::object& line) {
  return !line.at("adjustment").as_bool() && whole(line, "quantity") > 0 &&
         !text(line, "sku").empty();
}

bool is_ours_without_the_shop(const json::object& order) {
  if (!text(order, "number").starts_with("10")) return false;
  return std::ranges::any_of(order.at("lines").as_array(), [](const json::value& line) {
    return key_skus().contains(Sku{base_sku(line.as_object())});
  });
}

// Units that really left: the lines of live labels, else (marked as shipped) the order's own.
Units shipped_units(const json::object& order) {
  Units units;
  std::set<std::int64_t> covered;
  for (const auto& entry : order.at("shipments").as_array()) {
    const auto& shipment = entry.as_object();
    if (shipment.at("voided").as_bool() || shipment.at("return_label").as_bool()) continue;
    for (const auto& item : shipment.at("lines").as_array()) {
      const auto& line = item.as_object();
      if (!is_physical(line)) continue;
      covered.insert(whole(line, "line_id"));
      units[base_sku(line)] += whole(line, "quantity");
    }
  }
  for (const auto& item : order.at("lines").as_array()) {
    const auto& line = item.as_object();
    if (!is_physical(line) || covered.contains(whole(line, "line_id"))) continue;
    units[base_sku(line)] += whole(line, "quantity");
  }
  return units;
}

std::string told(const Units& units) {
  std::string all;
  for (const auto& [sku, count] : units) all += fmt::format("{}x{} ", count, sku);
  return all;
}

// ShipStation tells no zone: of the hour that comes twice in autumn only the first is certain.
Instant told_at(Instant modified) {
  using std::chrono::hours;
  static const Zone pacific = timing::load_zone("America/Los_Angeles").value();
  const auto hour = pacific.repeated_hour(modified - hours{24}, modified + hours{24});
  return hour && modified >= hour->first && modified < hour->end ? hour->first : modified;
}

json::array truths(const World& world) {
  return world.sandbox().get("/_sandbox/orders").at("orders").as_array();
}

}  // namespace

Findings differences(const World& world) {
  const Book& book = world.book();
  std::map<std::string, Row> local;  // by number
  for (auto& row :
       book.rows("SELECT order_number, CAST(id AS TEXT), status FROM orders_inbox", 3)) {
    const std::string number = row[0];
    local[number] = std::move(row);
  }
  std::map<std::string, Units> lines;  // by order id, then line id
  for (const auto& row : book.rows("SELECT CAST(order_inbox_id AS TEXT), "
                                   "COALESCE(CAST(shipstation_line_id AS TEXT), 'none'), "
                                   "CAST(quantity AS TEXT) FROM order_items_inbox",
                                   3)) {
    lines[row[0]][row[1]] += std::stoll(row[2]);
  }
  std::map<std::string, Units> shipped;  // by number, then SKU
  for (const auto& row : book.rows("SELECT order_number, base_sku, CAST(quantity_shipped AS TEXT) "
                                   "FROM shipped_items",
                                   3)) {
    shipped[row[0]][row[1]] += std::stoll(row[2]);
  }
  Findings found;
  for (const auto& truth : truths(world)) {
    const auto& order = truth.as_object();
    const std::string number = text(order, "number");
    const auto row = local.find(number);
    if (row == local.end()) {
      if (is_ours_without_the_shop(order)) found.push_back(number + " is missing");
      continue;
    }
    const std::string status = text(order, "status");
    if (row->second[2] != status) {
      found.push_back(fmt::format("{}: {} here, {} there", number, row->second[2], status));
    }
    Units wanted;
    for (const auto& item : order.at("lines").as_array()) {
      const auto& line = item.as_object();
      if (is_physical(line))
        wanted[std::to_string(whole(line, "line_id"))] += whole(line, "quantity");
    }
    if (!wanted.empty() && lines[row->second[1]] != wanted) {
      found.push_back(fmt::format("{}: items {}here, {}there", number, told(lines[row->second[1]]),
                                  told(wanted)));
    }
    const Units units = status == "shipped" ? shipped_units(order) : Units{};
    if (shipped[number] != units) {
      found.push_back(
          fmt::format("{}: shipped {}here, {}there", number, told(shipped[number]), told(units)));
    }
  }
  return found;
}

Findings broken_promises(const World& world) {
  const Book& book = world.book();
  const auto tables = book.rows(book.dialect() == ports::Dialect::sqlite
                                    ? "SELECT name FROM sqlite_master WHERE name = 'sync_watermark'"
                                    : "SELECT tablename::text FROM pg_tables "
                                      "WHERE tablename = 'sync_watermark'");
  if (tables.empty()) return {};  // killed before the schema was there
  const auto watermark = book.rows(
      "SELECT CAST(watermark_us AS TEXT) FROM sync_watermark "
      "WHERE workflow_name = 'shipstation-sync' "
      "AND watermark_us IS NOT NULL");
  if (watermark.empty()) return {};
  const std::int64_t read_to = std::stoll(watermark.front().front());
  std::map<std::int64_t, std::int64_t> known;  // order id -> modified
  for (const auto& row : book.rows("SELECT CAST(shipstation_order_id AS TEXT), "
                                   "CAST(modified_us AS TEXT) FROM remote_orders",
                                   2)) {
    known[std::stoll(row[0])] = std::stoll(row[1]);
  }
  Findings found;
  for (const auto& truth : truths(world)) {
    const auto& order = truth.as_object();
    const auto modified = instant_from_text(text(order, "modified"));
    if (!modified || to_micros(*modified) > read_to) continue;
    const auto row = known.find(whole(order, "id"));
    if (row != known.end() && row->second >= to_micros(told_at(*modified)) - kStampStep) continue;
    found.push_back(fmt::format("{} changed at {}, the watermark is behind that, and the book {}",
                                text(order, "number"), text(order, "modified"),
                                row == known.end() ? "has never seen it" : "has an older state"));
  }
  return found;
}

Findings duplicates(const Book& book) {
  Findings found;
  const auto look = [&](const std::string& what, const std::string& sql) {
    for (const auto& row : book.rows(sql)) found.push_back(what + " twice: " + row.front());
  };
  look("event",
       "SELECT order_number || ' ' || kind || ' ' || title FROM order_events "
       "GROUP BY order_number, kind, title, detail, COALESCE(changes, ''), COALESCE(run_id, '') "
       "HAVING COUNT(*) > 1");
  look("import",
       "SELECT order_number FROM order_events WHERE kind = 'imported' "
       "GROUP BY order_number HAVING COUNT(*) > 1");
  look("item",
       "SELECT CAST(order_inbox_id AS TEXT) FROM order_items_inbox "
       "GROUP BY order_inbox_id, shipstation_line_id, sku HAVING COUNT(*) > 1");
  look("shipped item",
       "SELECT order_number FROM shipped_items GROUP BY order_number, shipment_id, "
       "shipstation_line_id, sku_lot HAVING COUNT(*) > 1");
  return found;
}

}  // namespace tallyman::tests
