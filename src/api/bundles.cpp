// /api/v1/bundles: SKUs that the shop sells and the warehouse does not have.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "adapters/book/bundles.h"
#include "api/body.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "domain/imports/limits.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

json::array units_json(const imports::Units& units, const orders::KnownSkus& key_skus) {
  json::array all;
  for (const auto& [sku, count] : units) {
    all.push_back({{"sku", sku.value}, {"units", count}, {"key", key_skus.contains(sku)}});
  }
  return all;
}

// `expander` knows all bundles.
json::object to_json(const book::StoredBundle& stored, imports::Expander& expander,
                     const orders::KnownSkus& key_skus) {
  const auto& bundle = stored.bundle;
  json::array components;
  for (const auto& one : bundle.components) {
    components.push_back({{"sku", one.sku.value}, {"multiplier", one.multiplier}});
  }
  const auto units = expander.units_of(bundle.sku);
  return {{"sku", bundle.sku.value},
          {"description", bundle.description},
          {"active", bundle.state == imports::BundleState::active},
          {"components", std::move(components)},
          {"units", units ? units_json(*units, key_skus) : json::array{}},
          {"problem", units ? json::value(nullptr) : json::value(units.error().what)},
          {"updated_at", to_text(stored.updated)}};
}

orders::KnownSkus key_skus_in_force(const Context& context, ports::Tx& tx) {
  return context.key_skus_now ? context.key_skus_now(tx) : context.known_skus;
}

http_server::Response list_bundles(const Context& context, const Call&) {
  orders::KnownSkus key_skus;
  const auto all = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    key_skus = key_skus_in_force(context, tx);
    return book::list_bundles(tx, context.account);
  });
  imports::Bundles bundles;
  for (const auto& one : all) bundles.emplace(one.bundle.sku, one.bundle);
  imports::Expander expander(std::move(bundles));
  json::array items;
  for (const auto& one : all) items.push_back(to_json(one, expander, key_skus));
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

json::object load_one(const Context& context, ports::Tx& tx, const Sku& sku) {
  const auto found = book::find_bundle(tx, context.account, sku);
  if (!found) throw Refusal{404, "Not found", "There is no bundle with this SKU."};
  imports::Expander expander(book::load_bundles(tx, context.account));
  return to_json(*found, expander, key_skus_in_force(context, tx));
}

http_server::Response get_bundle(const Context& context, const Call& call) {
  return json_response(200,
                       ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
                         return load_one(context, tx, Sku{call.path.at("sku")});
                       }));
}

imports::Bundle bundle_in(Body& body, const Sku& sku) {
  constexpr Body::Length kDescription{.least = 0, .most = imports::kFieldBytes};
  constexpr Body::Length kSku{.least = 1, .most = imports::kNumberBytes};
  imports::Bundle bundle{
      .sku = sku,
      .description = body.optional_text("description", kDescription).value_or(""),
      .state = body.flag("active") ? imports::BundleState::active : imports::BundleState::off,
      .components = {}};
  for (auto& part : body.objects("components", imports::kComponents)) {
    bundle.components.push_back({.sku = Sku{part.text("sku", kSku)},
                                 .multiplier = part.number("multiplier", 1, imports::kMultiplier)});
    part.done();
  }
  return bundle;
}

http_server::Response put_bundle(const Context& context, const Call& call) {
  const Sku sku{call.path.at("sku")};
  Body body(call.request);
  const auto bundle = bundle_in(body, sku);
  body.done();
  return json_response(
      200, ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
        if (const auto wrong =
                imports::what_is_wrong(bundle, book::load_bundles(tx, context.account))) {
          throw Refusal{400, "Bad request", wrong->what};
        }
        const auto stored = book::find_bundle(tx, context.account, sku);
        if (!stored || stored->bundle != bundle) {
          book::put_bundle(tx, context.account, bundle, call.who.who);
        }
        return load_one(context, tx, sku);
      }));
}

}  // namespace

std::span<const Route> bundle_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/bundles",
            .operation = "listBundles",
            .summary = "Every bundle with what it comes to, by SKU",
            .access = Access::viewer,
            .answer = list_bundles,
            .answers = "BundlePage"},
      Route{.method = "GET",
            .pattern = "/api/v1/bundles/{sku}",
            .operation = "getBundle",
            .summary = "One bundle",
            .access = Access::viewer,
            .answer = get_bundle,
            .answers = "Bundle"},
      Route{.method = "PUT",
            .pattern = "/api/v1/bundles/{sku}",
            .operation = "putBundle",
            .summary = "Store a bundle as a whole, new or not",
            .access = Access::operator_,
            .answer = put_bundle,
            .body = "BundlePut",
            .answers = "Bundle"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
