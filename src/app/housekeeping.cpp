#include "app/housekeeping.h"

#include <utility>

#include "adapters/book/jobs.h"
#include "workflows/alert_check.h"

namespace tallyman::app {

namespace {
constexpr Micros kEvery = std::chrono::minutes{1};
}

Housekeeping::Housekeeping(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
                           Log& log, std::function<void()> wake)
    : database_(database),
      clock_(clock),
      log_(log),
      wake_(std::move(wake)),
      thread_(threads.start("housekeeping", [this](const std::stop_token& stop) { loop(stop); })) {}

void Housekeeping::loop(const std::stop_token& stop) {
  while (clock_.wait(kEvery, stop) != ports::WaitEnd::stopped) ask();
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
