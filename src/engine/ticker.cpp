#include "engine/ticker.h"

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <utility>

#include "adapters/book/controls.h"
#include "adapters/book/nodes.h"
#include "adapters/book/settings.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

constexpr Micros kShortestPause = std::chrono::milliseconds{20};

bool is_set_up(const TickedWorkflow& workflow) {
  return !workflow.is_set_up || workflow.is_set_up();
}

// Does a living node have what this one has not? Then the schedule is that one's.
bool is_set_up_elsewhere(ports::Tx& tx, const TickedWorkflow& workflow) {
  constexpr Micros kHeardOf = std::chrono::minutes{2};  // as alerts::Limits::silent_node
  return book::has_living_credentials(tx, workflow.partner, kHeardOf);
}

std::string words_of(const ports::DbFailure& failure) {
  return "The schedule cannot be read (" + std::string(ports::word(failure.kind())) +
         "): nothing is started by it until the order book answers again.";
}

}  // namespace

// What one look found: who has something to do, and when the next one will.
struct Ticker::Seen {
  std::vector<const TickedWorkflow*> due;
  bool has_new_switches = false;
  std::optional<Instant> next;
  Instant now;
};

Ticker::Ticker(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
               std::vector<TickedWorkflow> workflows, TickerRules rules, TickerHooks hooks)
    : database_(database),
      clock_(clock),
      threads_(threads),
      workflows_(std::move(workflows)),
      rules_(std::move(rules)),
      hooks_(std::move(hooks)),
      pause_(rules_.longest_pause) {}

Ticker::~Ticker() = default;

void Ticker::start() {
  thread_ = threads_.start("ticker", [this](const std::stop_token& stop) { loop(stop); });
}

void Ticker::wake() { wake_.set(); }

std::string Ticker::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

// Reads only: as long as nothing is due, a look writes nothing and holds nobody up.
Ticker::Seen Ticker::see(ports::Tx& tx) const {
  Seen seen;
  seen.now = tx.now();
  const settings::Values values(rules_.table, rules_.configured, book::stored_settings(tx));
  const auto calendar = values.calendar(rules_.warehouse);
  const auto states = book::list_schedules(tx);
  std::set<std::string, std::less<>> enabled;
  for (const auto& control : book::list_controls(tx)) {
    if (control.enabled) enabled.insert(control.workflow);
    seen.has_new_switches = seen.has_new_switches || !control.is_seen;
  }
  for (const auto& workflow : workflows_) {
    const bool can_run = is_set_up(workflow);
    const auto found = states.find(workflow.name);
    const auto state = found == states.end() ? std::nullopt : std::optional(found->second);
    // Without credentials anywhere it is as good as off: what does not tick misses nothing.
    if (!can_run && (!state || is_set_up_elsewhere(tx, workflow))) continue;
    const auto schedule = values.schedule(workflow.name);
    const work::Plan plan{.is_on = can_run && enabled.contains(workflow.name),
                          .schedule = schedule,
                          .calendar = calendar};
    if (work::next_step(state, plan, seen.now)) seen.due.push_back(&workflow);
    const auto next = work::next_run(state, plan, seen.now);
    if (next && (!seen.next || *next < *seen.next)) seen.next = next;
  }
  return seen;
}

// Switch and settings are read again in the transaction that takes the tick: what changed since the
// look counts.
std::optional<Tick> Ticker::take(const TickedWorkflow& workflow) {
  return ports::transact(
      database_, ports::TxMode::write, [&](ports::Tx& tx) -> std::optional<Tick> {
        const auto state = book::hold_schedule(tx, workflow.name);
        const bool can_run = is_set_up(workflow);
        if (!can_run && is_set_up_elsewhere(tx, workflow)) return std::nullopt;
        const bool is_on = book::hold_enabled(tx, workflow.name) && can_run;
        const settings::Values values(rules_.table, rules_.configured, book::stored_settings(tx));
        const auto calendar = values.calendar(rules_.warehouse);
        const auto schedule = values.schedule(workflow.name);
        const auto step = work::next_step(
            state, {.is_on = is_on, .schedule = schedule, .calendar = calendar}, tx.now());
        if (!step) return std::nullopt;
        book::save_schedule(tx, workflow.name, step->state);
        if (!state || state->plan != step->state.plan) {
          book::publish_workflow_changed(tx, workflow.name);
        }
        if (!step->take) return std::nullopt;
        const auto job = book::take_tick(tx, workflow.name, *step->take, step->state.lap,
                                         {.account = rules_.account,
                                          .kind = workflow.name,
                                          .unique_key = workflow.name,
                                          .single_flight = workflow.name,
                                          .priority = workflow.priority,
                                          .asked_by = "schedule",
                                          .why = work::to_text(schedule),
                                          .timeout = workflow.timeout,
                                          .max_attempts = workflow.max_attempts});
        if (!job) return std::nullopt;
        return Tick{.workflow = workflow.name,
                    .at = step->take->tick,
                    .missed = step->take->missed,
                    .job = job->job,
                    .joined = job->already};
      });
}

Micros Ticker::pause_until_next(const Seen& seen) const {
  if (!seen.next) return rules_.longest_pause;
  return std::clamp(*seen.next - seen.now, kShortestPause, rules_.longest_pause);
}

std::vector<Tick> Ticker::look() {
  const Seen seen =
      ports::transact(database_, ports::TxMode::read, [&](ports::Tx& tx) { return see(tx); });
  pause_ = pause_until_next(seen);
  if (seen.has_new_switches) {
    ports::transact(database_, ports::TxMode::write,
                    [](ports::Tx& tx) { return book::note_switches_by_sql(tx); });
  }
  std::vector<Tick> ticks;
  std::exception_ptr refused;
  for (const auto* workflow : seen.due) {
    try {
      const auto tick = take(*workflow);
      if (!tick) continue;
      ticks.push_back(*tick);
      if (hooks_.on_tick) hooks_.on_tick(*tick);
    } catch (const ports::DbFailure& failure) {
      // One workflow that the database refuses does not keep the others from their ticks.
      if (!ports::is_row_fault(failure.kind())) throw;
      refused = std::current_exception();
    }
  }
  if (refused) std::rethrow_exception(refused);
  if (!seen.due.empty()) pause_ = kShortestPause;  // what was taken has a next tick
  return ticks;
}

void Ticker::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      look();
      note_trouble({});
    } catch (const ports::DbFailure& failure) {
      pause_ = rules_.longest_pause;
      note_trouble(words_of(failure));
    } catch (const std::exception& failure) {  // the thread goes on: the next look may succeed
      pause_ = rules_.longest_pause;
      note_trouble(std::string("The schedule stumbled: ") + failure.what());
    }
    clock_.wait(pause_, stop, &wake_);
  }
}

void Ticker::note_trouble(const std::string& what) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(trouble_, what) == what) return;
  }
  if (hooks_.on_trouble) hooks_.on_trouble(what);
}

}  // namespace tallyman::engine
