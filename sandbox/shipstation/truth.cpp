// Ground truth out of an Account, for oracles that compare without parsing JSON.
#include "sandbox/shipstation/account.h"

namespace tallyman::sandbox {

std::vector<OrderTruth> truths(const Account& account) {
  std::map<std::int64_t, OrderTruth> by_order;
  for (const auto& [id, order] : account.orders()) by_order[id].order = order;
  for (const auto& [id, shipment] : account.shipments()) {
    const auto found = by_order.find(shipment.order.value_or(0));
    if (found != by_order.end()) found->second.shipments.push_back(shipment);
  }
  for (const auto& [id, fulfilment] : account.fulfilments()) {
    const auto found = by_order.find(fulfilment.order);
    if (found != by_order.end()) found->second.fulfilments.push_back(fulfilment);
  }
  std::vector<OrderTruth> all;
  all.reserve(by_order.size());
  for (auto& [id, truth] : by_order) all.push_back(std::move(truth));
  return all;
}

std::optional<OrderTruth> truth_of(const Account& account, std::int64_t order) {
  const Order* found = account.find(order);
  if (found == nullptr) return std::nullopt;
  OrderTruth truth{.order = *found, .shipments = {}, .fulfilments = {}};
  for (const auto& [id, shipment] : account.shipments()) {
    if (shipment.order == order) truth.shipments.push_back(shipment);
  }
  for (const auto& [id, fulfilment] : account.fulfilments()) {
    if (fulfilment.order == order) truth.fulfilments.push_back(fulfilment);
  }
  return truth;
}

}  // namespace tallyman::sandbox
