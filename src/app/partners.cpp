#include "app/partners.h"

#include "adapters/shipstation/api.h"
#include "app/program.h"
#include "domain/base/digest.h"

namespace tallyman::app {

namespace {
constexpr std::size_t kFingerprint = 16;  // hex digits of the key's hash: enough to tell keys apart
}

std::string shipstation_credential(const Config& config) {
  const std::string key = config.shipstation.url + "\n" + config.shipstation.key.reveal();
  return "shipstation:" + sha256_hex(key).substr(0, kFingerprint);
}

std::string shipstation_fingerprint(const Config& config) {
  const auto& shipstation = config.shipstation;
  if (!shipstation.key.is_set() || !shipstation.secret.is_set()) return {};
  const std::string pair =
      shipstation.url + "\n" + shipstation.key.reveal() + "\n" + shipstation.secret.reveal();
  return sha256_hex(pair).substr(0, kFingerprint);
}

ShipStationDoor::ShipStationDoor(const Config& config, const Outside& outside,
                                 ports::Database& database, ports::Http& client,
                                 work::Urgency urgency)
    : budgeted_(client, database, outside.clock, outside.random,
                {.credential = shipstation_credential(config),
                 .requests_per_minute = config.shipstation.requests_per_minute,
                 .urgency = urgency,
                 .haste = &haste_}),
      breaker_(budgeted_, database, outside.random, "shipstation") {
  shipstation::Settings access;
  access.base_url = config.shipstation.url;
  access.key = config.shipstation.key;
  access.secret = config.shipstation.secret;
  access.zone = zone_named(config.shipstation.timezone);
  shipstation_ = shipstation::make_shipstation(breaker_, std::move(access));
}

}  // namespace tallyman::app
