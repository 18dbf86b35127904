// Puts the shared rate budget in front of HTTP: one short transaction for a token, then the
// request, then what the partner's headers said. Waits while the budget is spent. Never inside a
// transaction.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/work/rate_share.h"
#include "engine/haste.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/random.h"

namespace tallyman::engine {

struct Budget {
  std::string credential{};  // hash of the key: what the limit counts by
  // Never more than this; the partner's headers may lower it. ShipStation allows 40, two stay for
  // people (facts/reliability.md A4).
  std::int64_t requests_per_minute = 38;
  // One object for what people ask, one for the schedule, on the same credential.
  work::Urgency urgency = work::Urgency::background;
  // Of the schedule's: whether somebody waits for it now. Must outlive the object.
  Haste* haste = nullptr;
  Micros window = work::kRateWindow;  // another one only against a partner whose time is scaled
};

class BudgetedHttp;

// Tokens taken together before a piece of work that must not be interrupted by waiting: reading an
// order, changing it, sending it back. Its first requests ask for nothing more; later ones, and
// those after its time, take tokens like any. For one thread; what is left over expires.
class Reservation final : public ports::Http {
 public:
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;
  std::int64_t left() const { return left_; }

 private:
  friend class BudgetedHttp;
  Reservation(BudgetedHttp& http, std::int64_t tokens, Micros until)
      : http_(http), left_(tokens), until_(until) {}

  BudgetedHttp& http_;
  std::int64_t left_;
  Micros until_;  // steady
};

class BudgetedHttp : public ports::Http {
 public:
  BudgetedHttp(ports::Http& inner, ports::Database& database, ports::Clock& clock,
               ports::Random& random, Budget budget);

  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;

  // Waits until so many tokens are granted at once; nothing when stopped. Of more than this side
  // may ever have in one window it gets what there is. Must not outlive this object.
  std::unique_ptr<Reservation> reserve(std::int64_t tokens, const std::stop_token& stop);

 private:
  friend class Reservation;
  struct Taken {
    Instant at;     // the database's clock
    Micros steady;  // ours, a moment later
    std::int64_t tokens = 0;
  };
  std::optional<Taken> wait_for_tokens(std::int64_t tokens, const std::stop_token& stop);
  std::optional<Taken> take(std::int64_t tokens, Micros& wait);
  work::Urgency urgency() const;
  bool clock_jumped(const Taken& taken);
  ports::HttpResult exchange(const ports::HttpRequest& request, std::stop_token stop);
  void heed(const ports::HttpResponse& response);

  ports::Http& inner_;
  ports::Database& database_;
  ports::Clock& clock_;
  ports::Random& random_;
  Budget budget_;
  std::atomic<std::int64_t> partner_limit_{0};  // what its headers said last; 0: nothing yet
  std::mutex mutex_;
  std::optional<Taken> last_;  // under the mutex
};

}  // namespace tallyman::engine
