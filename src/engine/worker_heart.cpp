// The worker's heart: keeps leases, delivers stops, writes what handlers said, rescues jobs of
// nodes that fell silent. Its own thread, so that a slow claim costs nobody a lease.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/worker_slot.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

constexpr Micros kWriteEvery = std::chrono::milliseconds{250};  // progress and lines
constexpr int kChunksAtOnce = 10;                               // of old work

}  // namespace

void Worker::keep(const std::stop_token& stop) {
  for (;;) {
    const auto end = parts_.clock.wait(settings_.beat, stop, &said_);
    if (end == ports::WaitEnd::stopped) return;
    if (end == ports::WaitEnd::woken) {
      const Micros early = written_ + kWriteEvery - parts_.clock.steady();
      if (early > Micros{0} && parts_.clock.wait(early, stop) == ports::WaitEnd::stopped) return;
    }
    beat();
  }
}

void Worker::beat() {
  const Micros now = parts_.clock.steady();
  const auto is_due = [now](Micros& last, Micros every) {
    if (now - last < every) return false;
    last = now;
    return true;
  };
  write_what_was_said();
  deliver_wishes();
  stop_the_late();
  let_go_of_the_deaf(settings_.grace);
  if (is_due(renewed_, settings_.lease / 3)) renew_leases();
  if (is_due(looked_for_gone_, settings_.gone_check)) rescue_from_the_gone();
  if (is_due(looked_for_silent_, settings_.silent_check)) {
    bool is_any = false;
    // A look costs nobody the write lock.
    try_database(ports::TxMode::read, [&](ports::Tx& tx) { is_any = book::is_any_silent(tx); });
    if (is_any) rescue_the_silent();
  }
  if (is_due(kept_up_, settings_.upkeep)) upkeep();
}

void Worker::write_what_was_said() {
  written_ = parts_.clock.steady();
  const Runs runs = held_runs();
  std::vector<Said> said;
  bool is_something = false;
  for (const auto& run : runs) {
    said.push_back(run->take_said());
    is_something |= said.back().progress.has_value() || !said.back().lines.empty();
  }
  if (!is_something) return;
  if (try_database(ports::TxMode::write, [&](ports::Tx& tx) { write_said(tx, said); })) return;
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i]->say_again(std::move(said[i]));
}

void Worker::deliver_wishes() {
  const Runs runs = held_runs();
  if (runs.empty()) return;
  std::vector<book::Wish> wishes;
  try_database(ports::TxMode::read,
               [&](ports::Tx& tx) { wishes = book::find_wishes(tx, node_.id); });
  for (const auto& run : runs) {
    const auto wish = std::ranges::find(wishes, run->held(), &book::Wish::held);
    if (wish == wishes.end()) continue;
    if (wish->cancel_requested) run->ask_to_stop(StopCause::cancelled);
    if (wish->is_hurried) run->hurry();
  }
}

void Worker::stop_the_late() {
  for (const auto& run : held_runs()) {
    if (run->is_late()) run->ask_to_stop(StopCause::deadline);
    if (!run->is_transacting() && run->may_have_expired(settings_.margin)) {
      run->ask_to_stop(StopCause::lost);
    }
  }
}

void Worker::let_go_of_the_deaf(Micros grace) {
  const Micros now = parts_.clock.steady();
  bool is_any = false;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& slot : slots_) {
      if (!slot->working || slot->let_go) continue;
      const auto asked = slot->run->asked_at();
      if (!asked || now - *asked < grace) continue;
      slot->let_go = true;
      if (slot->run->cause() != StopCause::lost) slot->ended = slot->run->abandoned();
      is_any = true;
      tell(LogLevel::error,
           fmt::format("Job {} ({}) ignores its stop: its lease is let go, so that it can be done "
                       "elsewhere. Its thread stays busy until it comes back.",
                       slot->run->job().value, slot->run->kind()));
    }
  }
  if (is_any) work_.set();
}

void Worker::renew_leases() {
  Runs runs;
  std::vector<book::Held> all;
  for (auto& run : held_runs()) {
    // Inside a handler's transaction the row is locked, and the fence has renewed it.
    if (run->is_transacting() || run->cause() == StopCause::lost) continue;
    all.push_back(run->held());
    runs.push_back(std::move(run));
  }
  if (runs.empty()) return;
  const Micros before = parts_.clock.steady();
  std::vector<book::Renewed> answers;
  const bool went_well = try_database(ports::TxMode::write, [&](ports::Tx& tx) {
    answers = book::renew(tx, all, settings_.lease);
  });
  if (!went_well) return;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!answers[i].ours) {
      runs[i]->ask_to_stop(StopCause::lost);
      continue;
    }
    runs[i]->note_renewed(before);
    if (answers[i].cancel_requested) runs[i]->ask_to_stop(StopCause::cancelled);
  }
}

void Worker::rescue_from_the_gone() {
  if (!settings_.is_gone) return;
  std::vector<book::LivingNode> nodes;
  try_database(ports::TxMode::read, [&](ports::Tx& tx) { nodes = book::list_living_nodes(tx); });
  for (const auto& node : nodes) {
    if (node.id == node_.id || !settings_.is_gone(node.identity)) continue;
    std::vector<book::Settled> rescued;
    const bool went_well = try_database(ports::TxMode::write, [&](ports::Tx& tx) {
      rescued = book::rescue_jobs_of(tx, node.id);
      book::stop_node(tx, node.id);
    });
    if (!went_well) return;
    tell(LogLevel::warning,
         fmt::format("The node {} ended without notice; {} of its jobs go on.",
                     node.identity.substr(0, node.identity.find(" #")), rescued.size()));
    work_.set();
  }
}

void Worker::rescue_the_silent() {
  // Our own leases first, in the same transaction: after a jump of the clock all of them look
  // expired, and we know better.
  std::vector<book::Held> ours;
  for (const auto& run : held_runs()) {
    if (!run->is_transacting() && run->cause() != StopCause::lost) ours.push_back(run->held());
  }
  std::vector<book::Settled> rescued;
  try_database(ports::TxMode::write, [&](ports::Tx& tx) {
    book::beat_node(tx, node_);
    book::renew(tx, ours, settings_.lease);
    book::mend_future_times(tx, settings_.lease);
    rescued = book::rescue_silent(tx);
  });
  if (!rescued.empty()) {
    tell(LogLevel::warning,
         fmt::format("{} jobs of nodes that fell silent go on.", rescued.size()));
    work_.set();
  }
}

void Worker::upkeep() {
  rescue_the_silent();
  for (int chunk = 0; chunk < kChunksAtOnce; ++chunk) {
    bool more = false;
    const bool went_well = try_database(ports::TxMode::write, [&](ports::Tx& tx) {
      more = book::forget_old_work(tx, settings_.retention);
    });
    if (!went_well || !more) return;
  }
}

}  // namespace tallyman::engine
