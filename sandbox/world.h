// The pretend ShipStation account with the people who work in it: one object for story tests, the
// `sandbox` server and the demo. Thread-safe: one mutex around everything.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/base/secret.h"
#include "domain/base/zone.h"
#include "http_server/message.h"
#include "ports/clock.h"
#include "sandbox/faults.h"
#include "sandbox/people.h"
#include "sandbox/request_log.h"
#include "sandbox/seeding.h"
#include "sandbox/shipstation/account.h"
#include "sandbox/shipstation/behaviour.h"
#include "sandbox/shipstation/rate_window.h"

namespace tallyman::sandbox {

// Not secrets: everybody who starts a sandbox gets these.
inline constexpr std::string_view kDemoKey = "sandbox-key";
inline constexpr std::string_view kDemoSecret = "sandbox-secret";

struct WorldSetup {
  Zone zone{};             // of the stamps: America/Los_Angeles
  std::uint64_t seed = 1;  // everything follows from it and the clock
  Behaviour behaviour{};
  RateLimit rate_limit = RateLimit::on;
  std::string key{kDemoKey};
  std::string secret{kDemoSecret};
  // Moves the clock when it is virtual; without it POST /_sandbox/clock is refused.
  std::function<void(Micros)> advance{};
};

// An answer and what happens to it on the way.
struct Answer {
  http_server::Response response{};
  Micros delay{0};             // wait this long first
  bool not_connected = false;  // nobody listens: in process only, a server drops the connection
};

class World {
 public:
  // `clock` must outlive the world.
  World(ports::Clock& clock, WorldSetup setup);

  void seed(const SeedPlan& plan);
  // `count` things that people do, chosen by the seed.
  void act(int count);

  // The door for http_server: waits out delays on the clock. Never throws for what was sent.
  http_server::Response handle(const http_server::Request& request);
  // The same without waiting: for SandboxHttp.
  Answer answer(const http_server::Request& request);

  // Single moves, for tests. A move that is impossible (unknown order …) is the test's mistake and
  // throws std::logic_error with the reason.
  std::int64_t create_order(const OrderSpec& spec);
  std::int64_t add_order(Order draft);
  void edit(std::int64_t order, const std::function<void(Order&)>& change);
  std::vector<std::int64_t> ship(std::int64_t order, const ShipSpec& spec = {});
  std::int64_t mark_as_shipped(std::int64_t order, const MarkSpec& spec = {});
  void void_shipment(std::int64_t shipment);
  void hold(std::int64_t order, Day until);
  void restore(std::int64_t order);
  void cancel(std::int64_t order);
  void remove(std::int64_t order);
  std::int64_t split(std::int64_t order, std::int64_t quantity);
  void merge(std::int64_t survivor, std::int64_t gone);
  // Only modifyDate moves, as when the account's rules run again.
  void touch(std::int64_t order) {
    edit(order, [](Order&) {});
  }

  void set_fault(FaultSpec spec);
  void clear_fault(Fault fault);
  void clear_faults();

  // Ground truth, by order id; without orders that are gone.
  std::vector<OrderTruth> snapshot();
  std::optional<OrderTruth> find(std::int64_t order);
  // The first order of exactly that number.
  std::optional<OrderTruth> find_number(std::string_view number);
  std::string known_orders_sql();

  // What was asked of the partner's API; control requests are not counted.
  std::vector<RequestCount> log();
  std::int64_t requests();
  std::vector<RequestSeen> recent_requests();
  void clear_log();

 private:
  friend class Control;
  Answer answer_api(const http_server::Request& request, Instant now);
  template <class Move>
  auto move(Move what);

  ports::Clock& clock_;
  WorldSetup setup_;
  std::mutex mutex_;
  Faults faults_;
  Account account_;
  People people_;
  RateWindows rate_windows_;
  RequestLog log_;
};

}  // namespace tallyman::sandbox
