#include "engine/schedule.h"

#include <utility>

namespace tallyman::engine {

namespace {
constexpr Micros kLongest = std::chrono::hours{24};  // of one wait; then look again
}

Schedule::Schedule(ports::Clock& clock, ports::Threads& threads, ports::Random& random,
                   std::optional<Micros> interval, Work work)
    : clock_(clock),
      threads_(threads),
      random_(random),
      interval_(interval),
      work_(std::move(work)) {}

Schedule::~Schedule() = default;

void Schedule::start() {
  if (interval_) next_tick_ = clock_.now();
  thread_ = threads_.start("schedule", [this](const std::stop_token& stop) { loop(stop); });
}

Schedule::Asked Schedule::ask(const std::string& why) {
  Asked answer;
  {
    const std::lock_guard lock(mutex_);
    if (running_) return {.run = *running_, .already_running = true};
    if (asked_) return {.run = *asked_, .already_running = true};
    asked_ = RunId{ports::random_hex128(random_)};
    asked_why_ = why;
    answer.run = *asked_;
  }
  wake_.set();
  return answer;
}

std::optional<Instant> Schedule::next_tick() const {
  const std::lock_guard lock(mutex_);
  return next_tick_;
}

std::optional<RunId> Schedule::running() const {
  const std::lock_guard lock(mutex_);
  return running_ ? running_ : asked_;
}

void Schedule::loop(const std::stop_token& stop) {
  // Ticks are counted on the steady clock: a jump of the wall clock neither skips nor doubles one.
  Micros next = clock_.steady();
  bool ticking = interval_.has_value();
  while (!stop.stop_requested()) {
    std::string why = "schedule";
    RunId run;
    bool due = false;
    {
      const std::lock_guard lock(mutex_);
      if (asked_) {
        run = *std::exchange(asked_, std::nullopt);
        why = asked_why_;
        due = true;
      } else if (ticking && clock_.steady() >= next) {
        run = RunId{ports::random_hex128(random_)};
        due = true;
      }
      if (due) running_ = run;
    }
    if (!due) {
      clock_.wait(ticking ? next - clock_.steady() : kLongest, stop, &wake_);
      continue;
    }
    const Micros began = clock_.steady();
    const Afterwards afterwards = work_(run, why, stop);
    const std::lock_guard lock(mutex_);
    running_.reset();
    ticking = interval_.has_value() && afterwards == Afterwards::next_tick;
    if (ticking) next = std::max(began + *interval_, clock_.steady());
    next_tick_ = ticking ? std::optional(clock_.now() + (next - clock_.steady())) : std::nullopt;
  }
}

}  // namespace tallyman::engine
