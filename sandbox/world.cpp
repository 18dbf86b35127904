#include "sandbox/world.h"

#include <stdexcept>

#include <fmt/format.h>

#include "sandbox/base64.h"
#include "sandbox/control.h"
#include "sandbox/shipstation/api.h"
#include "sandbox/shipstation/wire.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace {

// Independent streams of chance, so that a fault more or less does not change what people do.
constexpr std::uint64_t kFaultStream = 0xFA17;
constexpr std::uint64_t kAccountStream = 0xACC0;
constexpr std::uint64_t kPeopleStream = 0x9E09;
constexpr std::uint64_t kSeedStream = 0x5EED;

constexpr std::chrono::seconds kStormReset{20};

std::uint64_t stream(std::uint64_t seed, std::uint64_t which) {
  return Dice::mixed(seed * 0x9E3779B97F4A7C15ULL + which);
}

void add_rate_headers(http_server::Response& response, const RateState& rate) {
  response.headers.emplace_back("X-Rate-Limit-Limit", std::to_string(rate.limit));
  response.headers.emplace_back("X-Rate-Limit-Remaining", std::to_string(rate.remaining));
  response.headers.emplace_back("X-Rate-Limit-Reset", std::to_string(rate.reset.count()));
}

void set_body(http_server::Response& response, int status, std::string body,
              std::string_view type = "application/json; charset=utf-8") {
  response.status = status;
  response.body = std::move(body);
  response.headers.emplace_back("Content-Type", std::string(type));
}

constexpr std::string_view kTooMany = R"({"message": "Too Many Requests"})";

// The transport's faults that keep a request from its endpoint. True: `response` is the answer.
bool refused_by_fault(Faults& faults, const Occasion& occasion, http_server::Response& response) {
  if (faults.strikes(Fault::throttle_storm, occasion)) {
    add_rate_headers(response, {.limit = 40, .remaining = 0, .reset = kStormReset});
    set_body(response, 429, std::string(kTooMany));
  } else if (faults.strikes(Fault::throttle_bare, occasion)) {
    set_body(response, 429, std::string(kTooMany));
  } else if (faults.strikes(Fault::server_error, occasion)) {
    set_body(response, 500, server_error_json());
  } else if (faults.strikes(Fault::html_page, occasion)) {
    set_body(response, 200, "<!DOCTYPE html><html><body>Down for maintenance</body></html>",
             "text/html");
  } else if (faults.strikes(Fault::redirect, occasion)) {
    response.headers.emplace_back("Location", "https://login.example.com/");
    set_body(response, 302, "<html>Moved</html>", "text/html");
  } else {
    return false;
  }
  return true;
}

// What happens to a finished answer on its way back.
void spoil(Faults& faults, const Occasion& occasion, Answer& answer) {
  http_server::Response& response = answer.response;
  if (faults.strikes(Fault::truncated_body, occasion)) {
    response.body.resize(response.body.size() / 2);
  }
  if (const auto huge = faults.strikes(Fault::huge_body, occasion)) {
    response.body.append(static_cast<std::size_t>(amount_of(*huge)) << 20U, ' ');
  }
  if (const auto slow = faults.strikes(Fault::slow, occasion)) {
    answer.delay = std::chrono::seconds{amount_of(*slow)};
  }
  if (faults.strikes(Fault::connection_reset, occasion)) {
    response.cut_after = response.body.size() / 2;
  }
  if (faults.strikes(Fault::never_answer, occasion)) response.never_answer = true;
}

}  // namespace

World::World(ports::Clock& clock, WorldSetup setup)
    : clock_(clock),
      setup_(std::move(setup)),
      faults_(stream(setup_.seed, kFaultStream)),
      account_(setup_.zone, faults_, stream(setup_.seed, kAccountStream)),
      people_(stream(setup_.seed, kPeopleStream)) {}

void World::seed(const SeedPlan& plan) {
  std::lock_guard lock(mutex_);
  Dice dice(stream(setup_.seed, kSeedStream));
  seed_account(account_, plan, dice, clock_.now());
}

void World::act(int count) {
  std::lock_guard lock(mutex_);
  for (int i = 0; i < count; ++i) people_.act(account_, clock_.now());
}

http_server::Response World::handle(const http_server::Request& request) {
  Answer given = answer(request);
  if (given.delay > Micros{0}) clock_.wait(given.delay, {}, nullptr);
  if (given.not_connected) given.response.cut_after = 0;
  return std::move(given.response);
}

Answer World::answer(const http_server::Request& request) {
  std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  account_.settle(now);
  if (request.path.starts_with("/_sandbox")) {
    Answer answer;
    answer.response = Control(*this, now).answer(request);
    return answer;
  }
  Answer answer = answer_api(request, now);
  const bool is_lost = answer.not_connected || answer.response.never_answer;
  log_.note(request, is_lost ? 0 : answer.response.status, now);
  return answer;
}

Answer World::answer_api(const http_server::Request& request, Instant now) {
  Answer answer;
  http_server::Response& response = answer.response;
  const std::string path = plain_path(request.path);
  const Occasion occasion{path, Params(request).whole_or("page", 1)};
  if (faults_.strikes(Fault::unreachable, occasion)) {
    answer.not_connected = true;
    return answer;
  }
  if (faults_.strikes(Fault::lost_request, occasion)) {
    response.never_answer = true;
    return answer;
  }
  response.headers.emplace_back("Date", http_date(now));
  if (refused_by_fault(faults_, occasion, response)) return answer;

  const auto sent = ports::find_header(request.headers, "Authorization");
  const std::string pair = fmt::format("{}:{}", setup_.key, setup_.secret);
  const bool is_known = sent == fmt::format("Basic {}", base64(pair));
  if (setup_.rate_limit == RateLimit::on) {
    // Strangers share one window, so that they cannot fill the memory.
    const RateState rate = rate_windows_.take(is_known ? setup_.key : "", clock_.steady());
    add_rate_headers(response, rate);
    if (rate.refused) {
      if (setup_.behaviour.retry_after == RetryAfter::present) {
        response.headers.emplace_back("Retry-After", std::to_string(rate.reset.count()));
      }
      set_body(response, 429, std::string(kTooMany));
      return answer;
    }
  }
  if (!is_known) {
    set_body(response, 401, message_json("Authorization has been denied for this request."));
    return answer;
  }
  Desk desk{account_, faults_, people_, setup_.behaviour, now};
  Reply reply = sandbox::answer_api(desk, request);
  set_body(response, reply.status, std::move(reply.body));
  spoil(faults_, occasion, answer);
  return answer;
}

template <class Move>
auto World::move(Move what) {
  std::lock_guard lock(mutex_);
  auto done = what(clock_.now());
  if (!done) throw std::logic_error(done.error().what);
  if constexpr (!std::is_void_v<typename decltype(done)::value_type>) return std::move(*done);
}

std::int64_t World::create_order(const OrderSpec& spec) {
  return move([&](Instant at) { return Result<std::int64_t>(account_.create(spec, at)); });
}
std::int64_t World::add_order(Order draft) {
  return move([&](Instant at) { return Result<std::int64_t>(account_.add(std::move(draft), at)); });
}
void World::edit(std::int64_t order, const std::function<void(Order&)>& change) {
  move([&](Instant at) { return account_.edit(order, at, change); });
}
std::vector<std::int64_t> World::ship(std::int64_t order, const ShipSpec& spec) {
  return move([&](Instant at) { return account_.ship(order, spec, at); });
}
std::int64_t World::mark_as_shipped(std::int64_t order, const MarkSpec& spec) {
  return move([&](Instant at) { return account_.mark_as_shipped(order, spec, at); });
}
void World::void_shipment(std::int64_t shipment) {
  move([&](Instant at) { return account_.void_shipment(shipment, at); });
}
void World::hold(std::int64_t order, Day until) {
  move([&](Instant at) { return account_.hold(order, until, at); });
}
void World::restore(std::int64_t order) {
  move([&](Instant at) { return account_.restore(order, at); });
}
void World::cancel(std::int64_t order) {
  move([&](Instant at) { return account_.cancel(order, at); });
}
void World::remove(std::int64_t order) {
  move([&](Instant at) { return account_.remove(order, at); });
}
std::int64_t World::split(std::int64_t order, std::int64_t quantity) {
  return move([&](Instant at) { return account_.split(order, quantity, at); });
}
void World::merge(std::int64_t survivor, std::int64_t gone) {
  move([&](Instant at) { return account_.merge(survivor, gone, at); });
}

void World::set_fault(FaultSpec spec) {
  std::lock_guard lock(mutex_);
  faults_.set(std::move(spec));
}
void World::clear_fault(Fault fault) {
  std::lock_guard lock(mutex_);
  faults_.clear(fault);
}
void World::clear_faults() {
  std::lock_guard lock(mutex_);
  faults_.clear();
}

std::vector<OrderTruth> World::snapshot() {
  std::lock_guard lock(mutex_);
  account_.settle(clock_.now());
  return truths(account_);
}

std::optional<OrderTruth> World::find(std::int64_t order) {
  std::lock_guard lock(mutex_);
  account_.settle(clock_.now());
  return truth_of(account_, order);
}

std::optional<OrderTruth> World::find_number(std::string_view number) {
  std::lock_guard lock(mutex_);
  account_.settle(clock_.now());
  for (const auto& [id, order] : account_.orders()) {
    if (order.number == number) return truth_of(account_, id);
  }
  return std::nullopt;
}

std::string World::known_orders_sql() {
  std::lock_guard lock(mutex_);
  return known_sql(account_);
}

std::vector<RequestCount> World::log() {
  std::lock_guard lock(mutex_);
  return log_.counts();
}
std::int64_t World::requests() {
  std::lock_guard lock(mutex_);
  return log_.total();
}
std::vector<RequestSeen> World::recent_requests() {
  std::lock_guard lock(mutex_);
  return {log_.recent().begin(), log_.recent().end()};
}
void World::clear_log() {
  std::lock_guard lock(mutex_);
  log_ = {};
}

}  // namespace tallyman::sandbox
