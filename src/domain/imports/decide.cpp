#include "domain/imports/decide.h"

#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "domain/imports/limits.h"
#include "domain/orders/canonical.h"

namespace tallyman::imports {

namespace {

using orders::OrderHeader;
using orders::OrderStatus;

// Changes when files are read differently: what was refused is then looked at again.
constexpr std::string_view kReading = "shop file v1";

std::string text_of(const orders::Address& address) {
  orders::Canonical text("address");
  text.add("name", address.name);
  text.add("company", address.company);
  text.add("street1", address.street1);
  text.add("city", address.city);
  text.add("state", address.state);
  text.add("postal_code", address.postal_code);
  text.add("country", address.country);
  text.add("phone", address.phone);
  return text.text();
}

// Of what the shop says and nothing else: a bundle that is edited here changes no order there.
std::string shop_hash_of(const ShopOrder& order) {
  orders::Canonical text("shop order v1");
  text.add("number", order.number);
  text.add("date", order.date);
  text.add("email",
           order.email ? std::optional(order.email->reveal()) : std::optional<std::string>());
  text.add("ship_to", text_of(order.ship_to.reveal()));
  text.add("bill_to", text_of(order.bill_to.reveal()));
  for (const auto& line : order.lines) {
    text.add("product", line.product);
    text.add("amount", line.amount);
  }
  return orders::versioned_hash(text.text());
}

std::int64_t total_of(const PlannedLines& lines) {
  return std::accumulate(
      lines.kept.begin(), lines.kept.end(), std::int64_t{0},
      [](std::int64_t sum, const KeptLine& line) { return sum + line.quantity; });
}

bool is_too_old(Day date, const ImportRules& rules) {
  return rules.today - date > std::chrono::days{rules.archive_days};
}

std::string too_old(const ImportRules& rules) {
  return fmt::format("older than {} days", rules.archive_days);
}

// Why the shop's word does not count any more; none: it does.
std::optional<std::string> why_not_writable(const OrderHeader& header, const Known& known,
                                            const ImportRules& rules) {
  if (header.status.known == OrderStatus::shipped) return "already shipped";
  if (header.status.known == OrderStatus::cancelled) return "already cancelled";
  const bool is_ours =
      header.status.known == OrderStatus::pending || header.status.known == OrderStatus::failed;
  if (!is_ours || header.shipstation_order || !known.order->links.empty() ||
      known.has_upload_evidence) {
    return "already at ShipStation";
  }
  if (is_too_old(header.order_date, rules)) return too_old(rules);
  return std::nullopt;
}

// The second address line is not in the file: what stands there stays.
Pii<orders::Address> with_other_lines(const Pii<orders::Address>& shop,
                                      const Pii<orders::Address>& ours) {
  orders::Address address = shop.reveal();
  address.street2 = ours.reveal().street2;
  address.street3 = ours.reveal().street3;
  return Pii(std::move(address));
}

void compare_lines(Decision& decision, const PlannedLines& lines,
                   const std::vector<orders::LocalLine>& ours) {
  const auto changed = [&](const Sku& sku, std::optional<std::string> before,
                           std::optional<std::string> after) {
    decision.changes.push_back(
        {"line " + sku.value + " quantity", std::move(before), std::move(after)});
  };
  std::map<Sku, std::int64_t> wanted;
  for (const auto& line : lines.kept) wanted[line.sku] = line.quantity;
  for (const auto& line : ours) {
    const auto found = wanted.find(line.sku);
    if (found == wanted.end()) {
      decision.remove.push_back(*line.row);
      changed(line.sku, std::to_string(line.quantity), std::nullopt);
      continue;
    }
    if (line.quantity != found->second) {
      decision.update.push_back(line);  // lot, price and name stay
      decision.update.back().quantity = found->second;
      changed(line.sku, std::to_string(line.quantity), std::to_string(found->second));
    }
    wanted.erase(found);  // a second line of this SKU is one too many
  }
  for (const auto& line : lines.kept) {
    if (!wanted.contains(line.sku)) continue;
    orders::LocalLine added;
    added.sku = line.sku;
    added.quantity = line.quantity;
    decision.insert.push_back(std::move(added));
    changed(line.sku, std::nullopt, std::to_string(line.quantity));
  }
}

void compare_header(Decision& decision, const OrderHeader& before) {
  const auto& after = decision.header;
  const auto personal = [&](std::string_view field, bool same) {
    if (!same) decision.changes.push_back({std::string(field), std::nullopt, std::nullopt});
  };
  if (before.order_date != after.order_date) {
    decision.changes.push_back(
        {"order_date", to_text(before.order_date), to_text(after.order_date)});
  }
  if (before.total_items != after.total_items) {
    decision.changes.push_back(
        {"total_items", std::to_string(before.total_items), std::to_string(after.total_items)});
  }
  personal("customer_email", before.customer_email == after.customer_email);
  personal("ship_address", before.ship_to == after.ship_to);
  personal("bill_address", before.bill_to == after.bill_to);
}

void take_over(OrderHeader& header, const ShopOrder& order, const PlannedLines& lines) {
  if (order.date) header.order_date = *order.date;
  header.customer_email = order.email;
  header.ship_to = with_other_lines(order.ship_to, header.ship_to);
  header.bill_to = with_other_lines(order.bill_to, header.bill_to);
  header.total_items = total_of(lines);
}

Decision make_new(Decision decision, const ShopOrder& order, const PlannedLines& lines,
                  const ImportRules& rules) {
  decision.action = Action::insert;
  decision.reason = "new in the shop's file";
  auto& header = decision.header;
  header.number = order.number;
  header.order_date = rules.today;
  header.status = orders::status_of(OrderStatus::pending);
  header.source_system = orders::kSourceShop;
  take_over(header, order, lines);
  for (const auto& line : lines.kept) {
    orders::LocalLine added;
    added.sku = line.sku;
    added.quantity = line.quantity;
    decision.insert.push_back(std::move(added));
  }
  return decision;
}

Decision of_unknown(Decision decision, const ShopOrder& order, const PlannedLines& lines,
                    const Known& known, const ImportRules& rules) {
  decision.action = Action::skip;
  if (lines.kept.empty()) {
    decision.reason = "no key SKU in it";
  } else if (order.date && is_too_old(*order.date, rules)) {
    decision.reason = too_old(rules);
  } else if (known.shipped) {
    decision.reason = "already shipped, as history says";
  } else if (known.strangers.empty() || known.kept_apart) {
    return make_new(std::move(decision), order, lines, rules);
  } else if (const auto& stranger = known.strangers.front();
             orders::is_final(stranger.status.known)) {
    decision.reason = "ShipStation has it already: " + stranger.status.word;
  } else {
    decision.action = Action::defer;
    decision.stranger = stranger;
    decision.reason =
        fmt::format("ShipStation order {} has this number already and was not uploaded from here",
                    stranger.id.value);
  }
  return decision;
}

// None: the shop's word counts.
std::optional<std::string> why_left(const PlannedLines& lines, const Known& known,
                                    const ImportRules& rules) {
  const auto& header = known.order->header;
  if (header.source_system != orders::kSourceShop) {
    return "its number belongs to an order made in ShipStation";
  }
  if (auto why = why_not_writable(header, known, rules)) return why;
  if (lines.kept.empty()) return "no key SKU is left in it";
  return std::nullopt;
}

Decision of_known(Decision decision, const ShopOrder& order, const PlannedLines& lines,
                  const Known& known, const ImportRules& rules) {
  const auto& ours = *known.order;
  decision.header = ours.header;
  const bool is_same = known.shop_hash == decision.shop_hash;
  if (auto why = why_left(lines, known, rules)) {
    // Where nothing is known of what it said before, nothing is known to have changed.
    if (is_same || !known.shop_hash) return decision;
    decision.action = Action::not_taken;
    decision.reason = std::move(*why);
    return decision;
  }
  // What the shop says anew counts, also where it could not be taken when it was said first; what
  // was changed here since it was taken stays. The lines follow the bundles too.
  const bool is_taken = is_same && known.was_taken;
  if (!is_taken) take_over(decision.header, order, lines);
  decision.header.total_items = total_of(lines);
  compare_header(decision, ours.header);
  compare_lines(decision, lines, ours.lines);
  if (decision.changes.empty()) return decision;
  decision.action = Action::update;
  decision.reason = is_taken ? "bundles or key SKUs were changed" : "changed in the shop's file";
  return decision;
}

}  // namespace

std::string_view word(Action action) {
  switch (action) {
    case Action::insert: return "insert";
    case Action::update: return "update";
    case Action::unchanged: return "unchanged";
    case Action::skip: return "skip";
    case Action::not_taken: return "not_taken";
    case Action::defer: return "defer";
  }
  return "?";
}

std::string rules_hash(const ImportRules& rules) {
  orders::Canonical text(kReading);
  for (const auto& sku : rules.key_skus) text.add("key", sku);
  for (const auto& [sku, bundle] : rules.bundles) {
    if (bundle.state == BundleState::off) continue;
    text.add("bundle", sku);
    for (const auto& component : bundle.components) {
      text.add("component", component.sku);
      text.add("multiplier", component.multiplier);
    }
  }
  text.add("archive_days", rules.archive_days);
  text.add("kept_apart", rules.kept_apart);
  return orders::versioned_hash(text.text());
}

namespace {
std::string why_dropped(const Bundle* bundle, const Sku& product) {
  if (bundle == nullptr) return "neither a key SKU nor a bundle";
  if (bundle->state == BundleState::off) return "a bundle that is switched off";
  return fmt::format("from bundle {}, no key SKU", product.value);
}
}  // namespace

Result<PlannedLines> plan_lines(const ShopOrder& order, const orders::KnownSkus& key_skus,
                                Expander& expander) {
  PlannedLines planned;
  for (const auto& line : order.lines) {
    const Bundle* bundle = expander.find(line.product);
    auto units = expander.units_of(line.product);
    if (!units) return tl::unexpected(std::move(units.error()));
    for (const auto& [sku, each] : *units) {
      const std::int64_t quantity = each * line.amount;  // at most kUnits * kAmount
      if (!key_skus.contains(sku)) {
        planned.dropped.push_back({.place = line.place,
                                   .sku = sku,
                                   .quantity = quantity,
                                   .reason = why_dropped(bundle, line.product)});
        continue;
      }
      auto kept = std::ranges::find(planned.kept, sku, &KeptLine::sku);
      if (kept == planned.kept.end()) {
        planned.kept.push_back({.sku = sku, .quantity = 0});
        kept = planned.kept.end() - 1;
      }
      if (quantity > kUnits - kept->quantity) {
        return problem(fmt::format("more than {} units of {}", kUnits, sku.value));
      }
      kept->quantity += quantity;
    }
  }
  return planned;
}

Decision decide(const ShopOrder& order, const PlannedLines& lines, const Known& known,
                const ImportRules& rules) {
  Decision decision;
  decision.shop_hash = shop_hash_of(order);
  return known.order ? of_known(std::move(decision), order, lines, known, rules)
                     : of_unknown(std::move(decision), order, lines, known, rules);
}

}  // namespace tallyman::imports
