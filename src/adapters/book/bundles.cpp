#include "adapters/book/bundles.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "adapters/book/audit.h"
#include "adapters/book/live_events.h"
#include "adapters/book/sql/bundles.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

std::string details(const imports::Bundle& bundle) {
  json::array components;
  for (const auto& one : bundle.components) {
    components.push_back({{"sku", one.sku.value}, {"multiplier", one.multiplier}});
  }
  return json::serialize(json::object{{"description", bundle.description},
                                      {"active", bundle.state == imports::BundleState::active},
                                      {"components", std::move(components)}});
}

}  // namespace

std::vector<StoredBundle> list_bundles(ports::Tx& tx, AccountId account) {
  std::vector<StoredBundle> all;
  std::map<std::int64_t, std::size_t> by_id;
  for (auto& row : ports::select<sql::ListBundles>(tx, {.account_id = account.value})) {
    by_id[row.id] = all.size();
    all.push_back({.bundle = {.sku = Sku{std::move(row.bundle_sku)},
                              .description = std::move(row.description),
                              .state = row.active != 0 ? imports::BundleState::active
                                                       : imports::BundleState::off,
                              .components = {}},
                   .updated = row.updated_at});
  }
  for (auto& row : ports::select<sql::ListComponents>(tx, {.account_id = account.value})) {
    all[by_id.at(row.bundle_sku_id)].bundle.components.push_back(
        {.sku = Sku{std::move(row.component_sku)}, .multiplier = row.multiplier});
  }
  return all;
}

std::optional<StoredBundle> find_bundle(ports::Tx& tx, AccountId account, const Sku& sku) {
  for (auto& one : list_bundles(tx, account)) {
    if (one.bundle.sku == sku) return std::move(one);
  }
  return std::nullopt;
}

imports::Bundles load_bundles(ports::Tx& tx, AccountId account) {
  imports::Bundles bundles;
  for (auto& one : list_bundles(tx, account)) {
    const Sku sku = one.bundle.sku;
    bundles.emplace(sku, std::move(one.bundle));
  }
  return bundles;
}

void put_bundle(ports::Tx& tx, AccountId account, const imports::Bundle& bundle,
                std::string_view who) {
  const auto id = ports::select_one<sql::PutBundle>(
                      tx, {.account_id = account.value,
                           .bundle_sku = bundle.sku.value,
                           .description = bundle.description,
                           .active = bundle.state == imports::BundleState::active ? 1 : 0,
                           .now = tx.now()})
                      ->id;
  ports::execute<sql::DropComponents>(tx, {.bundle_sku_id = id});
  std::vector<sql::AddComponent::Params> rows;
  for (const auto& one : bundle.components) {
    rows.push_back({.bundle_sku_id = id,
                    .component_sku = one.sku.value,
                    .multiplier = one.multiplier,
                    .sequence = std::ssize(rows) + 1,
                    .now = tx.now()});
  }
  ports::execute_each<sql::AddComponent>(tx, rows);
  publish(tx, "bundle.changed", json::serialize(json::object{{"sku", bundle.sku.value}}));
  audit(
      tx,
      {.who = who, .action = "bundle.set", .subject = bundle.sku.value, .detail = details(bundle)});
}

}  // namespace tallyman::book
