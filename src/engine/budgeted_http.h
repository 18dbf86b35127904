// Puts the shared rate budget in front of HTTP: one short transaction for a token, then the
// request, then what the partner's headers said. Waits while the budget is spent. Never inside a
// transaction.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/random.h"

namespace tallyman::engine {

struct Budget {
  std::string credential;  // hash of the key: what the limit counts by
  // Never more than this; the partner's headers may lower it. ShipStation allows 40, two stay for
  // people (facts/reliability.md A4).
  std::int64_t requests_per_minute = 38;
};

class BudgetedHttp : public ports::Http {
 public:
  BudgetedHttp(ports::Http& inner, ports::Database& database, ports::Clock& clock,
               ports::Random& random, Budget budget);

  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;

 private:
  bool wait_for_token(const std::stop_token& stop);
  void heed(const ports::HttpResponse& response);

  ports::Http& inner_;
  ports::Database& database_;
  ports::Clock& clock_;
  ports::Random& random_;
  Budget budget_;
  std::atomic<std::int64_t> partner_limit_{0};  // what its headers said last; 0: nothing yet
};

}  // namespace tallyman::engine
