#include "engine/budgeted_http.h"

#include <chrono>
#include <optional>

#include "adapters/book/budget.h"
#include "domain/base/check.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kKeptForPeople = 2;       // requests of each window
constexpr std::int64_t kLongestBlock = 600;      // seconds; more is taken for nonsense
constexpr std::int64_t kUnknownBlock = 60;       // seconds, when a 429 names none
constexpr std::uint64_t kBlockJitterMs = 2'000;  // so that nodes do not wake as one

std::optional<std::int64_t> number_in(const ports::Headers& headers, std::string_view name) {
  const auto text = ports::find_header(headers, name);
  if (!text) return std::nullopt;
  return whole_number(*text);
}

}  // namespace

BudgetedHttp::BudgetedHttp(ports::Http& inner, ports::Database& database, ports::Clock& clock,
                           ports::Random& random, Budget budget)
    : inner_(inner),
      database_(database),
      clock_(clock),
      random_(random),
      budget_(std::move(budget)) {}

bool BudgetedHttp::wait_for_token(const std::stop_token& stop) {
  for (;;) {
    const book::Grant grant = ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
      return book::take_tokens(tx, budget_.credential, budget_.requests_per_minute, 1);
    });
    if (grant.granted) return true;
    if (clock_.wait(grant.wait, stop) == ports::WaitEnd::stopped) return false;
  }
}

ports::HttpResult BudgetedHttp::send(const ports::HttpRequest& request, std::stop_token stop) {
  check(!ports::this_thread_is_in_transaction(), "no network call while a transaction is open");
  if (!wait_for_token(stop)) {
    return tl::unexpected(ports::HttpFailure{.kind = ports::HttpError::stopped,
                                             .what = "stopped while waiting for the rate budget"});
  }
  auto answer = inner_.send(request, stop);
  if (answer) heed(*answer);
  return answer;
}

void BudgetedHttp::heed(const ports::HttpResponse& response) {
  const auto limit = number_in(response.headers, "X-Rate-Limit-Limit");
  const auto remaining = number_in(response.headers, "X-Rate-Limit-Remaining");
  auto reset = number_in(response.headers, "X-Rate-Limit-Reset");
  if (!reset) reset = number_in(response.headers, "Retry-After");
  const bool spent = response.status == 429 || (remaining && *remaining < kKeptForPeople);
  const bool new_limit =
      limit && *limit > kKeptForPeople && *limit - kKeptForPeople != partner_limit_.load();
  if (!spent && !new_limit) return;
  if (new_limit) partner_limit_ = *limit - kKeptForPeople;
  const std::int64_t known = partner_limit_.load();
  std::optional<Micros> block;
  if (spent) {
    const bool sane = reset && *reset >= 0 && *reset <= kLongestBlock;
    block = std::chrono::seconds{sane ? *reset : kUnknownBlock} +
            std::chrono::milliseconds{random_.next() % kBlockJitterMs};
  }
  ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
    book::tune_budget(tx, budget_.credential, known > 0 ? known : budget_.requests_per_minute,
                      block ? std::optional(tx.now() + *block) : std::nullopt);
  });
}

}  // namespace tallyman::engine
