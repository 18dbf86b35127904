#include "engine/breaker_http.h"

#include <fmt/format.h>

#include "adapters/book/breakers.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

constexpr std::uint64_t kPermille = 1000;

work::CallEnd end_of(const ports::HttpResult& answer) {
  using work::CallEnd;
  if (answer) {
    if (answer->status == 500) return CallEnd::neither;
    return answer->status > 500 && answer->status < 600 ? CallEnd::failed : CallEnd::answered;
  }
  switch (answer.error().kind) {
    case ports::HttpError::not_resolved:
    case ports::HttpError::not_connected:
    case ports::HttpError::tls:
    case ports::HttpError::timeout:
    case ports::HttpError::broken: return CallEnd::failed;
    case ports::HttpError::bad_url:
    case ports::HttpError::too_large:
    case ports::HttpError::paused:
    case ports::HttpError::stopped: return CallEnd::neither;
  }
  return CallEnd::neither;
}

std::string words_of(const ports::HttpResult& answer) {
  if (answer) return fmt::format("it answered {}", answer->status);
  return answer.error().what.empty()
             ? std::string(ports::word(answer.error().kind))
             : fmt::format("{}: {}", ports::word(answer.error().kind), answer.error().what);
}

std::chrono::seconds whole_seconds(Micros length) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(length, Micros{0}));
}

}  // namespace

BreakerHttp::BreakerHttp(ports::Http& inner, ports::Database& database, ports::Random& random,
                         std::string partner, work::BreakerRules rules)
    : inner_(inner),
      database_(database),
      random_(random),
      partner_(std::move(partner)),
      rules_(rules) {}

BreakerHttp::Gate BreakerHttp::ask_gate() {
  const auto gate_of = [&](const book::StoredBreaker& stored, Instant now) {
    return Gate{.admission = work::admit(stored.breaker, now, rules_),
                .was_well = stored.breaker.failures == 0,
                .reason = stored.reason,
                .next_probe = stored.breaker.next_probe,
                .until_probe = stored.breaker.next_probe - now};
  };
  Gate gate = ports::transact(database_, ports::TxMode::read, [&](ports::Tx& tx) {
    return gate_of(book::find_breaker(tx, partner_), tx.now());
  });
  if (gate.admission != work::Admission::probe) return gate;
  return ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto stored = book::lock_breaker(tx, partner_);
    const Gate locked = gate_of(stored, tx.now());
    if (locked.admission == work::Admission::probe) {
      auto next = stored;
      next.breaker = work::probing(stored.breaker, tx.now(), rules_);
      book::put_breaker(tx, stored, next);
    }
    return locked;
  });
}

void BreakerHttp::note(const Gate& gate, const ports::HttpResult& answer) {
  const work::CallEnd end = end_of(answer);
  if (gate.admission == work::Admission::pass) {
    if (end == work::CallEnd::neither) return;
    if (end == work::CallEnd::answered && gate.was_well) return;
  }
  const auto chance = static_cast<std::uint32_t>(random_.next() % kPermille);
  ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
    const auto stored = book::lock_breaker(tx, partner_);
    auto next = stored;
    next.breaker = work::after(
        stored.breaker,
        {.end = end, .admission = gate.admission, .now = tx.now(), .chance_permille = chance},
        rules_);
    if (next.breaker == stored.breaker) return;
    if (end == work::CallEnd::failed) {
      next.reason = fmt::format("{} requests in a row failed, the last with: {}.",
                                next.breaker.failures, words_of(answer));
      if (next.breaker.failures == 1) {
        next.reason = fmt::format("The last request failed: {}.", words_of(answer));
      }
    }
    if (next.breaker == work::Breaker{}) next.reason.clear();
    if (next.breaker.state == work::BreakerState::closed) next.opened.reset();
    if (next.breaker.state == work::BreakerState::open && !next.opened) next.opened = tx.now();
    book::put_breaker(tx, stored, next);
  });
}

ports::HttpResult BreakerHttp::send(const ports::HttpRequest& request, std::stop_token stop) {
  const Gate gate = ask_gate();
  if (gate.admission == work::Admission::refuse) {
    return tl::unexpected(
        ports::HttpFailure{.kind = ports::HttpError::paused,
                           .what = fmt::format("{} The next try is in {} s", gate.reason,
                                               whole_seconds(gate.until_probe).count()),
                           .again_after = whole_seconds(gate.until_probe)});
  }
  auto answer = inner_.send(request, std::move(stop));
  note(gate, answer);
  return answer;
}

}  // namespace tallyman::engine
