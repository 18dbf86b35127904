// Labels and fulfilments as ShipStation showed them: stored once per content, by content hash.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/shipments/seen.h"
#include "ports/database.h"

namespace tallyman::book {

// Stores what differs from what we have. Answers, per element, whether it was new or different.
std::vector<bool> put_shipments(ports::Tx& tx, AccountId account, const RunId& run,
                                std::span<const shipments::ShipmentSeen* const> seen);
std::vector<bool> put_fulfilments(ports::Tx& tx, AccountId account, const RunId& run,
                                  std::span<const shipments::FulfilmentSeen* const> seen);

// All labels (voided ones too, with lines when known) and fulfilments of these ShipStation orders.
std::vector<shipments::ShipmentSeen> list_shipments(ports::Tx& tx, AccountId account,
                                                    std::span<const ShipStationOrderId> orders);
std::vector<shipments::FulfilmentSeen> list_fulfilments(ports::Tx& tx, AccountId account,
                                                        std::span<const ShipStationOrderId> orders);

}  // namespace tallyman::book
