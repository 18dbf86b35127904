#include "engine/hints.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "adapters/book/hints.h"
#include "domain/base/check.h"

namespace tallyman::engine {

namespace {
constexpr Micros kLongNap = std::chrono::hours{1};
}  // namespace

Micros pause_before_opening(const HintSettings& settings, std::int64_t failures,
                            std::uint32_t chance_permille) {
  Micros pause = settings.first_pause;
  for (std::int64_t i = 1; i < failures && pause < settings.longest_pause; ++i) pause *= 2;
  pause = std::min(pause, settings.longest_pause);
  return pause + pause * std::min<std::int64_t>(chance_permille, 999) / 9990;
}

Hints::Hints(WorkerParts parts, HintSettings settings)
    : parts_(parts),
      settings_(std::move(settings)),
      telling_{.broken = "Other programs cannot be told of jobs",
               .again = "Other programs are told of jobs again."},
      hearing_{.broken = "What other programs tell of jobs cannot be heard",
               .again = "What other programs tell of jobs is heard again."},
      teller_(parts_.threads.start("job hints out",
                                   [this](const std::stop_token& stop) { keep_telling(stop); })) {}

Hints::~Hints() { finish(); }

void Hints::tell() {
  is_wanted_ = true;
  wanted_.set();
}

void Hints::hear(std::unique_ptr<ports::HintLine> line) {
  check(hearer_ == nullptr && line != nullptr, "hints are heard on one line");
  line_ = std::move(line);
  hearer_ = parts_.threads.start("job hints in",
                                 [this](const std::stop_token& stop) { keep_hearing(stop); });
}

void Hints::hear_no_more() {
  if (hearer_) hearer_->request_stop();
}

void Hints::finish() {
  hear_no_more();
  teller_.reset();
  hearer_.reset();
  line_.reset();
}

void Hints::keep_telling(const std::stop_token& stop) {
  while (parts_.clock.wait(kLongNap, stop, &wanted_) != ports::WaitEnd::stopped) {
    tell_now();
    if (parts_.clock.wait(settings_.apart, stop) == ports::WaitEnd::stopped) break;
  }
  tell_now();
}

void Hints::tell_now() {
  if (!is_wanted_.exchange(false)) return;
  try {
    parts_.database.transact(ports::TxMode::write,
                             [this](ports::Tx& tx) { book::tell_of_work(tx, settings_.node_id); });
  } catch (const ports::DbFailure& failure) {
    return note_broken(telling_, failure.what());
  }
  note_well(telling_);
}

void Hints::keep_hearing(const std::stop_token& stop) {
  std::int64_t failures = 0;
  while (!stop.stop_requested()) {
    const Micros began = parts_.clock.steady();
    try {
      return hear_until_broken(stop);
    } catch (const ports::DbFailure& failure) {
      note_broken(hearing_, failure.what());
    }
    // A line that breaks as soon as it is open is no better than none.
    const bool has_held = parts_.clock.steady() - began > settings_.longest_pause;
    failures = has_held ? 1 : failures + 1;
    const auto chance = static_cast<std::uint32_t>(parts_.random.next() % 1000U);
    parts_.clock.wait(pause_before_opening(settings_, failures, chance), stop);
  }
}

void Hints::hear_until_broken(const std::stop_token& stop) {
  line_->open();
  note_well(hearing_);
  do {
    settings_.on_hint();  // also at first: something may have been told before it was open
    parts_.clock.wait(settings_.apart, stop);
  } while (line_->wait(stop) == ports::HintEnd::heard);
}

void Hints::note_broken(Way& way, const std::string& why) const {
  if (std::exchange(way.is_broken, true) || !settings_.log) return;
  settings_.log(
      LogLevel::warning,
      fmt::format("{} ({}). Jobs are found by looking, every few seconds.", way.broken, why));
}

void Hints::note_well(Way& way) const {
  if (!std::exchange(way.is_broken, false) || !settings_.log) return;
  settings_.log(LogLevel::info, way.again);
}

}  // namespace tallyman::engine
