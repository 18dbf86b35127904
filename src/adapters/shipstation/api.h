// ShipStation's V1 API behind ports::ShipStation. One HTTP exchange per call; what the answer means
// is decided in wire, what a refusal means in failures.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "domain/base/secret.h"
#include "domain/base/zone.h"
#include "ports/http.h"
#include "ports/shipstation.h"

namespace tallyman::shipstation {

struct Settings {
  std::string base_url = "https://ssapi.shipstation.com";
  Secret key;
  Secret secret;
  Zone
      zone;  // in which ShipStation writes its times: America/Los_Angeles (facts/shipstation.md §3)
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{120'000};  // a page of 500 can take more than a minute
  std::size_t body_limit = 64U << 20U;               // bytes; such a page has about 2 MB
};

// `http` must outlive the result. The result may be used from several threads when `http` may.
std::unique_ptr<ports::ShipStation> make_shipstation(ports::Http& http, Settings settings);

}  // namespace tallyman::shipstation
