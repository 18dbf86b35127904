#include "app/housekeeping.h"

#include <utility>

#include "adapters/book/jobs.h"
#include "app/audit_key.h"
#include "workflows/alert_check.h"

namespace tallyman::app {

namespace {
constexpr Micros kEvery = std::chrono::minutes{1};
constexpr Micros kToldEvery = std::chrono::days{1};
}  // namespace

Housekeeping::Housekeeping(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
                           Log& log, std::function<void()> wake)
    : database_(database),
      clock_(clock),
      log_(log),
      wake_(std::move(wake)),
      next_told_(clock.steady()),
      thread_(threads.start("housekeeping", [this](const std::stop_token& stop) { loop(stop); })) {}

void Housekeeping::loop(const std::stop_token& stop) {
  while (clock_.wait(kEvery, stop) != ports::WaitEnd::stopped) {
    ask();
    tell();
  }
}

void Housekeeping::tell() {
  const Micros now = clock_.steady();
  if (now < next_told_) return;
  next_told_ = now + kToldEvery;
  tell_audit_head(database_, log_);
}

void Housekeeping::ask() {
  try {
    database_.transact(ports::TxMode::write,
                       [](ports::Tx& tx) { book::enqueue(tx, workflows::next_alert_check()); });
  } catch (const ports::DbFailure& failure) {  // the next minute asks again
    log_.error("no alert check", {{"reason", failure.what()}});
    return;
  }
  wake_();
}

}  // namespace tallyman::app
