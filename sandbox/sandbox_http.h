// The world as ports::Http, without sockets: stories run in one thread, in virtual time.
#pragma once

#include <string>

#include "ports/clock.h"
#include "ports/http.h"
#include "sandbox/world.h"

namespace tallyman::sandbox {

class SandboxHttp final : public ports::Http {
 public:
  // Both must outlive this. Every exchange takes `latency` on the clock.
  SandboxHttp(World& world, ports::Clock& clock, Micros latency = Micros{0})
      : world_(world), clock_(clock), latency_(latency) {}

  // Any host is the sandbox. Faults become HttpError: a reply that never comes takes the request's
  // total_timeout on the clock; a cut one is `broken`.
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;

 private:
  World& world_;
  ports::Clock& clock_;
  Micros latency_;
};

}  // namespace tallyman::sandbox
