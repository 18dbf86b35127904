// The one place that waits and tries again within a run (design §2): at most 3 tries and 60 s of
// waiting per request, decided by domain/sync/retry. Clients report; they neither loop nor sleep.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "domain/sync/page.h"
#include "domain/sync/retry.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/shipstation.h"

namespace tallyman::engine {

class Caller {
 public:
  Caller(ports::Clock& clock, ports::Random& random, std::stop_token stop,
         sync::RetryRules rules = {})
      : clock_(clock), random_(random), stop_(std::move(stop)), rules_(rules) {}

  // Calls `ask(stop)` until it answers or the rules say that it is enough. A probe is tried once: a
  // refusal is expected there.
  template <class Ask>
  auto read(sync::AskFor purpose, Ask ask) -> decltype(ask(std::stop_token{})) {
    sync::Tried tried;
    for (;;) {
      ++requests_;
      auto answer = ask(stop_);
      if (answer || purpose == sync::AskFor::probe) return answer;
      if (!wait_before_next_try(answer.error(), tried)) return answer;
    }
  }

  // Requests made so far, every try counted.
  std::int64_t requests() const { return requests_; }
  const std::stop_token& stop() const { return stop_; }

 private:
  // False: give up.
  bool wait_before_next_try(const ports::CallFailure& failure, sync::Tried& tried);

  ports::Clock& clock_;
  ports::Random& random_;
  std::stop_token stop_;
  sync::RetryRules rules_;
  std::int64_t requests_ = 0;
};

}  // namespace tallyman::engine
