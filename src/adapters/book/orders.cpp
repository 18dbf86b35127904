#include "adapters/book/orders.h"

#include "adapters/book/order_rows.h"
#include "adapters/book/sql/remote_orders.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using orders::LocalRef;
using orders::OrderSeen;

std::vector<std::optional<LocalOrderId>> find_by_numbers(ports::Tx& tx, AccountId account,
                                                         std::span<const OrderSeen* const> seen) {
  std::vector<std::optional<LocalOrderId>> found(seen.size());
  std::vector<sql::FindLocalByNumber::Params> params;
  for (const auto* order : seen) {
    params.push_back({.account_id = account.value, .order_number = order->number.value});
  }
  ports::select_each<sql::FindLocalByNumber>(
      tx, params, [&](std::size_t i, const auto& row) { found[i] = LocalOrderId{row.id}; });
  return found;
}

std::vector<bool> find_local_origin(ports::Tx& tx, AccountId account,
                                    std::span<const OrderSeen* const> seen) {
  std::vector<bool> found(seen.size());
  std::vector<std::string> texts;
  for (const auto* order : seen) texts.push_back(std::to_string(order->id.value));
  std::vector<sql::FindLocalOrigin::Params> params;
  for (const auto& text : texts) {
    params.push_back({.account_id = account.value, .shipstation_order_id = text});
  }
  ports::select_each<sql::FindLocalOrigin>(tx, params,
                                           [&](std::size_t i, const auto&) { found[i] = true; });
  return found;
}

// The local order that holds another part of this order's split family.
std::optional<LocalOrderId> find_family(ports::Tx& tx, AccountId account, const OrderSeen& seen) {
  const auto child_of = [&](std::int64_t parent) -> std::optional<LocalOrderId> {
    const auto row = ports::select_one<sql::FindSplitChildren>(
        tx, {.account_id = account.value, .parent_id = parent});
    if (!row) return std::nullopt;
    return LocalOrderId{row->order_inbox_id};
  };
  if (seen.parent) {
    const ShipStationOrderId parent[] = {*seen.parent};
    if (const auto local = find_by_remote(tx, account, parent).front()) return local;
    if (const auto sibling = child_of(seen.parent->value)) return sibling;
  }
  return seen.merged_or_split ? child_of(seen.id.value) : std::nullopt;
}

struct Candidates {
  std::optional<LocalOrderId> by_id;
  std::optional<LocalOrderId> by_number;
  std::optional<LocalOrderId> family;
  std::optional<LocalOrderId> survivor;
  std::vector<LocalOrderId> absorbed;
};

std::optional<LocalOrderId> find_survivor(ports::Tx& tx, AccountId account, const OrderSeen& seen) {
  const auto row = ports::select_one<sql::FindSurvivor>(
      tx, {.account_id = account.value, .shipstation_order_id = seen.id.value});
  if (!row) return std::nullopt;
  return LocalOrderId{row->order_inbox_id};
}

std::vector<Candidates> find_candidates(ports::Tx& tx, AccountId account,
                                        std::span<const OrderSeen* const> seen) {
  std::vector<ShipStationOrderId> ids;
  for (const auto* order : seen) ids.push_back(order->id);
  const auto by_id = find_by_remote(tx, account, ids);
  const auto by_number = find_by_numbers(tx, account, seen);
  std::vector<Candidates> all(seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    all[i].by_id = by_id[i];
    all[i].by_number = by_number[i];
    if (seen[i]->parent || seen[i]->merged_or_split) {
      all[i].family = find_family(tx, account, *seen[i]);
    }
    if (!by_id[i]) all[i].survivor = find_survivor(tx, account, *seen[i]);
    for (const auto& local : find_by_remote(tx, account, seen[i]->merged)) {
      if (local) all[i].absorbed.push_back(*local);
    }
  }
  return all;
}

std::map<LocalOrderId, bool> uploaded_by_us(ports::Tx& tx, const LocalOrders& orders) {
  std::vector<LocalOrderId> ids;
  std::vector<sql::FindUploadEvidence::Params> params;
  std::map<LocalOrderId, bool> uploaded;
  for (const auto& [id, order] : orders) {
    uploaded[id] = order.header.status.known == orders::OrderStatus::uploaded;
    ids.push_back(id);
    params.push_back({.order_inbox_id = id.value});
  }
  ports::select_each<sql::FindUploadEvidence>(
      tx, params, [&](std::size_t i, const auto&) { uploaded[ids[i]] = true; });
  return uploaded;
}

LocalRef ref_of(const orders::LocalOrder& order, bool uploaded) {
  LocalRef ref;
  ref.id = *order.header.id;
  ref.number = order.header.number;
  if (order.header.shipstation_order) ref.linked.push_back(*order.header.shipstation_order);
  for (const auto& link : order.links) {
    if (link.id != order.header.shipstation_order) ref.linked.push_back(link.id);
  }
  ref.source_system = order.header.source_system;
  ref.uploaded_by_us = uploaded;
  ref.is_final = orders::is_final(order.header.status.known);
  return ref;
}

}  // namespace

std::vector<std::optional<LocalOrderId>> find_by_remote(ports::Tx& tx, AccountId account,
                                                        std::span<const ShipStationOrderId> ids) {
  std::vector<std::optional<LocalOrderId>> found(ids.size());
  std::vector<sql::FindLocalByLink::Params> by_link;
  for (const auto id : ids) {
    by_link.push_back({.account_id = account.value, .shipstation_order_id = id.value});
  }
  ports::select_each<sql::FindLocalByLink>(tx, by_link, [&](std::size_t i, const auto& row) {
    found[i] = LocalOrderId{row.order_inbox_id};
  });
  std::vector<std::size_t> open;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (found[i]) continue;
    open.push_back(i);
    texts.push_back(std::to_string(ids[i].value));
  }
  std::vector<sql::FindLocalByShipstationText::Params> by_text;
  for (const auto& text : texts) {
    by_text.push_back({.account_id = account.value, .shipstation_order_id = text});
  }
  ports::select_each<sql::FindLocalByShipstationText>(
      tx, by_text, [&](std::size_t i, const auto& row) { found[open[i]] = LocalOrderId{row.id}; });
  return found;
}

LocalOrders load_orders(ports::Tx& tx, std::span<const LocalOrderId> ids) {
  std::vector<sql::LoadOrder::Params> headers;
  std::vector<sql::LoadItems::Params> items;
  std::vector<sql::LoadLinks::Params> links;
  for (const auto id : ids) {
    headers.push_back({.id = id.value});
    items.push_back({.order_inbox_id = id.value});
    links.push_back({.order_inbox_id = id.value});
  }
  LocalOrders orders;
  ports::select_each<sql::LoadOrder>(tx, headers, [&](std::size_t i, const auto& row) {
    orders[ids[i]].header = header_from(row);
  });
  ports::select_each<sql::LoadItems>(tx, items, [&](std::size_t i, const auto& row) {
    orders[ids[i]].lines.push_back(line_from(row));
  });
  ports::select_each<sql::LoadLinks>(tx, links, [&](std::size_t i, const auto& row) {
    orders[ids[i]].links.push_back({.id = ShipStationOrderId{row.shipstation_order_id},
                                    .status = orders::status_from_word(row.status.value_or("")),
                                    .modified = row.modified_us});
  });
  return orders;
}

std::optional<LocalOrderId> find_by_number(ports::Tx& tx, AccountId account,
                                           const OrderNumber& number) {
  const auto row = ports::select_one<sql::FindLocalByNumber>(
      tx, {.account_id = account.value, .order_number = number.value});
  if (!row) return std::nullopt;
  return LocalOrderId{row->id};
}

Looked look_up(ports::Tx& tx, AccountId account, std::span<const OrderSeen* const> seen) {
  const auto candidates = find_candidates(tx, account, seen);
  const auto origin = find_local_origin(tx, account, seen);
  std::map<LocalOrderId, bool> wanted;
  for (const auto& one : candidates) {
    for (const auto& id : {one.by_id, one.by_number, one.family, one.survivor}) {
      if (id) wanted[*id] = true;
    }
    for (const auto id : one.absorbed) wanted[id] = true;
  }
  std::vector<LocalOrderId> ids;
  for (const auto& [id, _] : wanted) ids.push_back(id);
  Looked looked;
  looked.orders = load_orders(tx, ids);
  const auto uploaded = uploaded_by_us(tx, looked.orders);
  const auto ref = [&](const std::optional<LocalOrderId>& id) -> std::optional<LocalRef> {
    if (!id) return std::nullopt;
    return ref_of(looked.orders.at(*id), uploaded.at(*id));
  };
  for (std::size_t i = 0; i < seen.size(); ++i) {
    orders::LocalKnowledge known{.by_id = ref(candidates[i].by_id),
                                 .by_number = ref(candidates[i].by_number),
                                 .of_local_origin = origin[i],
                                 .family = ref(candidates[i].family),
                                 .survivor = ref(candidates[i].survivor),
                                 .absorbed = {}};
    for (const auto id : candidates[i].absorbed) known.absorbed.push_back(*ref(id));
    looked.knowledge.push_back(std::move(known));
  }
  return looked;
}

}  // namespace tallyman::book
