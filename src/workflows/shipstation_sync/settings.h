// What the sync needs to know that is not in the order book.
#pragma once

#include <cstdint>
#include <functional>

#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "domain/orders/routing.h"
#include "domain/orders/sku_text.h"
#include "domain/sync/breaker.h"
#include "domain/sync/read_policy.h"
#include "domain/sync/retry.h"
#include "domain/sync/slices.h"
#include "domain/sync/streams.h"
#include "domain/sync/watermark.h"
#include "engine/lease_keeper.h"
#include "ports/database.h"

namespace tallyman::workflows {

inline constexpr std::string_view kShipStationSync = "shipstation-sync";

struct SyncSettings {
  AccountId account = kDefaultAccount;
  Zone shipstation_zone;  // in which ShipStation writes its times
  orders::RoutingRules routing;
  // The key SKUs in force now, asked for at the start of each run; empty: those of `routing`.
  std::function<orders::KnownSkus(ports::Tx&)> key_skus_now{};
  sync::ReadPolicy reading;
  sync::SliceLimits slices;
  sync::QuarantineLimits quarantine;
  sync::RetryRules retry;
  int seed_days = sync::kSeedDaysMost;
  Micros stream_interval = sync::kStreamInterval;
  std::int64_t reads_by_id = 10;  // quarantined and reopened orders asked for singly in one run
  engine::LeaseRules lease;
  std::string credential{};  // fingerprint of the key: what each run was asked with
  std::string holder;        // which process this is, people included
};

}  // namespace tallyman::workflows
