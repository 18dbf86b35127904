#include "engine/budgeted_http.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "adapters/book/budget.h"
#include "domain/base/check.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kKeptForOthers = 2;   // requests of each window: the key is not ours alone
constexpr std::int64_t kLongestBlock = 600;  // seconds; more is taken for nonsense
constexpr std::int64_t kUnknownBlock = 60;   // seconds, when a 429 names none
constexpr std::uint64_t kBlockJitterMs = 2'000;  // so that nodes do not wake as one
constexpr Micros kPersonAsksAgain = 1s;          // the schedule yields to who asked 2 s ago
constexpr Micros kJump = 2s;                     // clocks that drift do not differ by this
// A token is for sending now. Older than this part of the window it may have left the log before
// its request arrives there: a process that was paused takes a new one.
constexpr int kFreshPart = 60;
constexpr int kTakes = 3;
constexpr int kHoldParts = 2;  // a reservation is good for half a window

std::optional<std::int64_t> number_in(const ports::Headers& headers, std::string_view name) {
  const auto text = ports::find_header(headers, name);
  if (!text) return std::nullopt;
  return whole_number(*text);
}

}  // namespace

ports::HttpResult Reservation::send(const ports::HttpRequest& request, std::stop_token stop) {
  if (left_ == 0 || http_.clock_.steady() > until_) return http_.send(request, std::move(stop));
  --left_;
  return http_.exchange(request, std::move(stop));
}

BudgetedHttp::BudgetedHttp(ports::Http& inner, ports::Database& database, ports::Clock& clock,
                           ports::Random& random, Budget budget)
    : inner_(inner),
      database_(database),
      clock_(clock),
      random_(random),
      budget_(std::move(budget)) {}

work::Urgency BudgetedHttp::urgency() const {
  const bool is_hurried = budget_.haste != nullptr && budget_.haste->is_wanted();
  return is_hurried ? work::Urgency::person : budget_.urgency;
}

std::optional<BudgetedHttp::Taken> BudgetedHttp::take(std::int64_t tokens, Micros& wait) {
  return ports::transact(
      database_, ports::TxMode::write, [&](ports::Tx& tx) -> std::optional<Taken> {
        const auto grant =
            book::take_tokens(tx, {.credential = budget_.credential,
                                   .ceiling = budget_.requests_per_minute,
                                   .tokens = tokens,
                                   .urgency = urgency(),
                                   .window = budget_.window,
                                   .hold = tokens > 1 ? budget_.window / kHoldParts : Micros{0}});
        wait = grant.wait;
        if (!grant.granted) return std::nullopt;
        return Taken{.at = grant.at, .steady = clock_.steady(), .tokens = grant.tokens};
      });
}

// The log is kept in the database's wall clock. Put forward, it empties the window although no time
// has passed; only who remembers a grant of a moment ago can tell.
bool BudgetedHttp::clock_jumped(const Taken& taken) {
  const std::lock_guard lock(mutex_);
  const auto before = std::exchange(last_, taken);
  if (!before || taken.steady - before->steady > budget_.window) return false;
  return (taken.at - before->at) - (taken.steady - before->steady) > kJump;
}

std::optional<BudgetedHttp::Taken> BudgetedHttp::wait_for_tokens(std::int64_t tokens,
                                                                 const std::stop_token& stop) {
  for (int takes = 0;;) {
    Micros wait{0};
    auto taken = take(tokens, wait);
    if (taken && clock_jumped(*taken)) {
      ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
        book::block_budget(tx, budget_.credential, budget_.requests_per_minute, budget_.window,
                           book::BlockedBy::our_clock);
      });
      continue;
    }
    if (taken) {
      const bool fresh = clock_.steady() - taken->steady <= budget_.window / kFreshPart;
      if (fresh || ++takes == kTakes) return taken;
      continue;
    }
    if (urgency() == work::Urgency::person) wait = std::min(wait, kPersonAsksAgain);
    auto* hurried = budget_.haste == nullptr ? nullptr : &budget_.haste->changed();
    if (clock_.wait(wait, stop, hurried) == ports::WaitEnd::stopped) return std::nullopt;
  }
}

std::unique_ptr<Reservation> BudgetedHttp::reserve(std::int64_t tokens,
                                                   const std::stop_token& stop) {
  check(tokens > 0, "a reservation of nothing");
  check(!ports::this_thread_is_in_transaction(), "no waiting while a transaction is open");
  const auto taken = wait_for_tokens(tokens, stop);
  if (!taken) return nullptr;
  return std::unique_ptr<Reservation>(
      new Reservation(*this, taken->tokens, taken->steady + budget_.window / kHoldParts));
}

ports::HttpResult BudgetedHttp::send(const ports::HttpRequest& request, std::stop_token stop) {
  check(!ports::this_thread_is_in_transaction(), "no network call while a transaction is open");
  if (!wait_for_tokens(1, stop)) {
    return tl::unexpected(ports::HttpFailure{.kind = ports::HttpError::stopped,
                                             .what = "stopped while waiting for the rate budget"});
  }
  return exchange(request, std::move(stop));
}

ports::HttpResult BudgetedHttp::exchange(const ports::HttpRequest& request, std::stop_token stop) {
  auto answer = inner_.send(request, std::move(stop));
  if (answer) heed(*answer);
  return answer;
}

void BudgetedHttp::heed(const ports::HttpResponse& response) {
  const auto limit = number_in(response.headers, "X-Rate-Limit-Limit");
  const auto remaining = number_in(response.headers, "X-Rate-Limit-Remaining");
  auto reset = number_in(response.headers, "X-Rate-Limit-Reset");
  if (!reset) reset = number_in(response.headers, "Retry-After");
  const bool refused = response.status == 429;
  const bool spent = refused || (remaining && *remaining < kKeptForOthers);
  const bool new_limit =
      limit && *limit > kKeptForOthers && *limit - kKeptForOthers != partner_limit_.load();
  if (!spent && !new_limit) return;
  Micros block{0};
  if (spent) {
    const bool sane = reset && *reset >= 0 && *reset <= kLongestBlock;
    block = std::chrono::seconds{sane ? *reset : kUnknownBlock} +
            std::chrono::milliseconds{random_.next() % kBlockJitterMs};
  }
  ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
    const std::int64_t ceiling = budget_.requests_per_minute;
    if (new_limit) book::lower_limit(tx, budget_.credential, ceiling, *limit - kKeptForOthers);
    if (!spent) return;
    book::block_budget(tx, budget_.credential, ceiling, block,
                       refused ? book::BlockedBy::throttled : book::BlockedBy::its_window);
  });
  if (new_limit) partner_limit_ = *limit - kKeptForOthers;
}

}  // namespace tallyman::engine
