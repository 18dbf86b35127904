// The ways to ShipStation: one for what people ask, one for the schedule. Same account, same rate
// budget, same breaker; only who goes first differs.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"
#include "domain/work/rate_share.h"
#include "engine/breaker_http.h"
#include "engine/budgeted_http.h"
#include "engine/haste.h"
#include "ports/shipstation.h"

namespace tallyman::app {

struct Outside;

// Of the rate budget: tells keys apart without naming them.
std::string shipstation_credential(const Config& config);

// Of key and secret together: one wrong half is another pair. Empty while a half is missing.
std::string shipstation_fingerprint(const Config& config);

class ShipStationDoor {
 public:
  // `client` and `database` must outlive this.
  ShipStationDoor(const Config& config, const Outside& outside, ports::Database& database,
                  ports::Http& client, work::Urgency urgency);

  ports::ShipStation& shipstation() { return *shipstation_; }
  // For the schedule's way: somebody waits.
  engine::Haste& haste() { return haste_; }

 private:
  engine::Haste haste_;
  engine::BudgetedHttp budgeted_;
  engine::BreakerHttp breaker_;
  std::unique_ptr<ports::ShipStation> shipstation_;
};

}  // namespace tallyman::app
