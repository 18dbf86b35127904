#include "engine/worker.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "engine/worker_slot.h"
#include "ports/statements.h"

namespace tallyman::engine {

namespace {

constexpr std::size_t kClaimedAtOnce = 50;
constexpr Micros kLongNap = std::chrono::hours{1};
constexpr Micros kStopPatience = std::chrono::seconds{5};  // at the end of a drain
constexpr int kLastTries = 3;                              // to tell the database the endings

}  // namespace

Worker::Worker(WorkerParts parts, WorkerSettings settings, Kinds kinds)
    : parts_(parts),
      settings_(std::move(settings)),
      kinds_(std::move(kinds)),
      node_{.id = ports::random_hex128(parts.random),
            .holder = settings_.holder,
            .version = settings_.version,
            .setup = settings_.setup} {
  for (const auto& [kind, handler] : kinds_) {
    check(!kind.empty() && kind.find(',') == std::string::npos, "a kind has a name without comma");
    kind_names_.push_back(kind);
  }
  node_.setup.kinds = kind_names_;
  for (std::size_t i = 0; i < settings_.slots; ++i) slots_.push_back(std::make_unique<Slot>());
}

Worker::~Worker() {
  std::stop_source at_once;
  at_once.request_stop();
  drain(at_once.get_token());
}

void Worker::start() {
  const Micros now = parts_.clock.steady();
  last_found_ = renewed_ = looked_for_gone_ = looked_for_silent_ = now;
  kept_up_ = now - settings_.upkeep;  // what lies there from before is looked at first
  written_ = now - settings_.beat;
  is_known_ =
      try_database(ports::TxMode::write, [&](ports::Tx& tx) { book::beat_node(tx, node_); });
  rescue_from_the_gone();
  for (const auto& slot : slots_) {
    slot->thread = parts_.threads.start(
        "job", [this, raw = slot.get()](const std::stop_token& stop) { serve(*raw, stop); });
  }
  heart_ = parts_.threads.start("job heart", [this](const std::stop_token& stop) { keep(stop); });
  attending_ = parts_.threads.start("jobs", [this](const std::stop_token& stop) { attend(stop); });
}

void Worker::wake() {
  work_.set();
  said_.set();
}

void Worker::serve(Slot& slot, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::shared_ptr<JobRun> run;  // as Slot::run
    {
      const std::lock_guard lock(mutex_);
      if (slot.working) run = slot.run;
    }
    if (!run) {
      parts_.clock.wait(kLongNap, stop, &slot.wake);
      continue;
    }
    auto ended = run->execute(kinds_.find(run->kind())->second);
    {
      const std::lock_guard lock(mutex_);
      slot.working = false;
      if (slot.let_go) {
        tell(LogLevel::warning,
             fmt::format("Job {} ({}) came back after its stop was ignored too long; what it "
                         "answered does not count.",
                         run->job().value, run->kind()));
      } else {
        slot.ended = std::move(ended);
      }
      slot.settle();
    }
    work_.set();
    settled_.set();
  }
}

void Worker::attend(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (take_turn()) continue;
    parts_.clock.wait(pause(), stop, &work_);
  }
}

// True: there may be more to do at once.
bool Worker::take_turn() {
  std::size_t wanted = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!draining_) wanted = free_slots();
  }
  if (wanted == 0 && !has_ended()) return false;
  return exchange(wanted);
}

// Endings in, jobs out: a slot that is free once its ending is told takes a job in the same
// transaction. True: there may be more.
bool Worker::exchange(std::size_t wanted) {
  std::vector<book::EndedAttempt> ended;
  Runs runs;
  const std::size_t freed = take_ended(ended, runs);
  wanted = std::min(wanted + freed, kClaimedAtOnce);
  std::vector<Said> said;
  for (const auto& run : runs) said.push_back(run->take_said());
  for (auto& one : ended) {
    one.chance_permille = static_cast<std::uint32_t>(parts_.random.next() % 1000);
  }
  std::vector<RunId> ids;
  for (std::size_t i = 0; i < wanted; ++i) {
    ids.push_back(RunId{ports::random_hex128(parts_.random)});
  }
  std::vector<book::Held> known;
  for (const auto& run : held_runs()) known.push_back(run->held());

  std::vector<book::Settled> settled;
  std::vector<book::Claimed> claimed;
  const bool went_well = try_database(ports::TxMode::write, [&](ports::Tx& tx) {
    // Nobody holds a job whom the others cannot find out about.
    if (!is_known_) book::beat_node(tx, node_);
    write_said(tx, said);
    settled = book::end_attempts(tx, ended);
    if (claim_unknown_) book::hand_back_unknown(tx, node_.id, known);
    claimed = book::claim_jobs(
        tx, {.node = node_.id, .kinds = kind_names_, .runs = ids, .lease = settings_.lease});
  });
  if (!went_well) {
    for (std::size_t i = 0; i < runs.size(); ++i) runs[i]->say_again(std::move(said[i]));
    if (row_was_refused_) end_one_by_one(ended);
    return false;
  }
  is_known_ = true;
  claim_unknown_ = false;
  note_settled(settled);
  if (!claimed.empty()) last_found_ = parts_.clock.steady();
  const bool is_full = wanted > 0 && claimed.size() == wanted;
  dispatch(std::move(claimed));
  return is_full;
}

void Worker::write_said(ports::Tx& tx, const std::vector<Said>& all) const {
  std::vector<book::ProgressSeen> progress;
  std::vector<book::NewRunLine> lines;
  for (const auto& said : all) {
    if (said.progress) progress.push_back(*said.progress);
    lines.insert(lines.end(), said.lines.begin(), said.lines.end());
  }
  book::write_progress(tx, progress);
  book::add_run_lines(tx, lines);
}

void Worker::dispatch(std::vector<book::Claimed> claimed) {
  const std::lock_guard lock(mutex_);
  auto slot = slots_.begin();
  for (auto& one : claimed) {
    slot = std::find_if(slot, slots_.end(), [](const auto& each) { return each->is_free(); });
    check(slot != slots_.end(), "no more jobs are claimed than there is room for");
    // As Slot::run.
    (*slot)->run = std::make_shared<JobRun>(parts_, std::move(one), settings_.lease, said_);
    (*slot)->working = true;
    (*slot)->wake.set();
  }
}

// What has ended and is not yet in the database, at most as much as one transaction should hold.
// Answers how many slots will be free for jobs once it is there.
std::size_t Worker::take_ended(std::vector<book::EndedAttempt>& ended, Runs& runs) {
  const std::lock_guard lock(mutex_);
  std::size_t freed = 0;
  for (const auto& slot : slots_) {
    if (!slot->ended || ended.size() == kClaimedAtOnce) continue;
    ended.push_back(*slot->ended);
    runs.push_back(slot->run);
    if (!slot->working) ++freed;
  }
  return draining_ ? 0 : freed;
}

// One ending that the database refuses must not hold up the others for ever. What is refused alone
// is given up: the job's lease runs out and it is rescued.
void Worker::end_one_by_one(const std::vector<book::EndedAttempt>& ended) {
  for (const auto& one : ended) {
    std::vector<book::Settled> settled;
    const bool went_well = try_database(ports::TxMode::write, [&](ports::Tx& tx) {
      settled = book::end_attempts(tx, std::span(&one, 1));
    });
    if (!went_well && !row_was_refused_) return;
    if (!went_well) {
      tell(LogLevel::error, fmt::format("Job {}: its end cannot be written down; it will be "
                                        "tried again when its lease has run out.",
                                        one.held.job.value));
      settled = {{.held = one.held, .state = std::nullopt}};
    }
    note_settled(settled);
  }
}

void Worker::note_settled(const std::vector<book::Settled>& settled) {
  if (settled.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& one : settled) {
      const auto slot = std::ranges::find_if(
          slots_, [&](const auto& each) { return each->ended && each->run->held() == one.held; });
      if (slot == slots_.end()) continue;
      if (!one.state) {
        tell(LogLevel::warning,
             fmt::format("Job {} ({}) is not this node's any more: its result was discarded.",
                         one.held.job.value, (*slot)->run->kind()));
      } else if (*one.state == work::JobState::available &&
                 (*slot)->run->cause() == StopCause::ending) {
        ++handed_back_;
      }
      (*slot)->ended.reset();
      (*slot)->settle();
    }
  }
  settled_.set();
}

// With the lock held.
std::size_t Worker::free_slots() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(slots_, [](const auto& slot) { return slot->is_free(); }));
}

bool Worker::has_ended() const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(slots_, [](const auto& slot) { return slot->ended.has_value(); });
}

Micros Worker::pause() const {
  const bool is_idle = parts_.clock.steady() - last_found_ > settings_.idle_after;
  return is_idle ? settings_.idle_poll : settings_.poll;
}

Worker::Runs Worker::held_runs() const {
  const std::lock_guard lock(mutex_);
  Runs runs;
  for (const auto& slot : slots_) {
    if (slot->run && !(slot->let_go && !slot->ended)) runs.push_back(slot->run);
  }
  return runs;
}

bool Worker::try_database(ports::TxMode mode, const std::function<void(ports::Tx&)>& work) {
  try {
    parts_.database.transact(mode, work);
  } catch (const ports::DbFailure& failure) {
    const std::lock_guard lock(mutex_);
    if (failure.kind() == ports::DbError::commit_unknown) claim_unknown_ = true;
    row_was_refused_ = ports::is_row_fault(failure.kind());
    if (!failing_since_) {
      failing_since_ = parts_.clock.now();
      tell(LogLevel::error,
           fmt::format("Jobs: the database cannot be used ({}). Trying again.", failure.what()));
    }
    failure_ = failure.what();
    return false;
  }
  const std::lock_guard lock(mutex_);
  if (failing_since_) tell(LogLevel::info, "Jobs: the database answers again.");
  failing_since_.reset();
  failure_.reset();
  return true;
}

void Worker::wait_until_idle(Micros length, const std::stop_token& hard) {
  const Micros until = parts_.clock.steady() + length;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (free_slots() == slots_.size()) return;
    }
    const Micros left = until - parts_.clock.steady();
    if (left <= Micros{0} || hard.stop_requested()) return;
    parts_.clock.wait(left, hard, &settled_);
  }
}

// Handlers that were asked to stop just now get a moment to come back; those that were asked long
// ago have had it.
void Worker::give_a_moment() {
  for (;;) {
    Micros left{0};
    {
      const std::lock_guard lock(mutex_);
      const Micros now = parts_.clock.steady();
      for (const auto& slot : slots_) {
        if (!slot->working || slot->let_go) continue;
        const Micros asked = slot->run->asked_at().value_or(now);
        left = std::max(left, asked + settings_.moment - now);
      }
    }
    if (left <= Micros{0}) return;
    parts_.clock.wait(left, {}, &settled_);
  }
}

Drained Worker::drain(const std::stop_token& hard) {
  {
    const std::lock_guard lock(mutex_);
    if (over_) return {};
    over_ = draining_ = true;
  }
  if (!attending_) return {};
  wait_until_idle(settings_.drain, hard);
  for (const auto& run : held_runs()) run->ask_to_stop(StopCause::ending);
  wait_until_idle(std::min(settings_.grace, kStopPatience), hard);
  attending_.reset();
  heart_.reset();
  // What a claim that was under way brought in at the last moment.
  for (const auto& run : held_runs()) run->ask_to_stop(StopCause::ending);
  give_a_moment();
  let_go_of_the_deaf(Micros{0});
  for (int tries = kLastTries; tries > 0 && has_ended();) {
    exchange(0);
    if (status().database_failure) --tries;
  }
  try_database(ports::TxMode::write, [&](ports::Tx& tx) { book::stop_node(tx, node_.id); });
  const std::lock_guard lock(mutex_);
  return {.handed_back = handed_back_, .stuck = slots_.size() - free_slots()};
}

WorkerStatus Worker::status() const {
  const std::lock_guard lock(mutex_);
  return {.slots = slots_.size(),
          .running = slots_.size() - free_slots(),
          .draining = draining_,
          .database_failure = failure_,
          .failing_since = failing_since_};
}

void Worker::tell(LogLevel level, const std::string& text) const {
  if (settings_.log) settings_.log(level, text);
}

}  // namespace tallyman::engine
