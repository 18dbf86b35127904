#include "engine/lease_keeper.h"

#include "ports/statements.h"

namespace tallyman::engine {

std::variant<std::unique_ptr<LeaseKeeper>, book::LeaseHolder> LeaseKeeper::take(
    ports::Database& database, ports::Clock& clock, ports::Threads& threads, std::string name,
    std::string holder, const RunId& run, std::stop_token outer, LeaseRules rules) {
  std::optional<book::Lease> lease;
  std::optional<book::LeaseHolder> other;
  database.transact(ports::TxMode::write, [&](ports::Tx& tx) {
    other.reset();  // the database may do this again
    lease = book::take_lease(tx, name, holder, run, rules.length);
    if (lease) return;
    other = book::find_lease(tx, name);
    if (!other || !rules.is_gone || !rules.is_gone(other->identity)) return;
    book::release(tx, {.name = name, .run = other->run, .token = other->token});
    lease = book::take_lease(tx, name, holder, run, rules.length);
  });
  if (!lease) {
    return other.value_or(
        book::LeaseHolder{.holder = "another program", .run = RunId{}, .expires = Instant{}});
  }
  std::unique_ptr<LeaseKeeper> keeper(new LeaseKeeper(database, clock, *lease, std::move(outer),
                                                      std::move(rules)));  // private constructor
  keeper->heart_ = threads.start(
      "lease " + name, [raw = keeper.get()](const std::stop_token& stop) { raw->keep(stop); });
  return keeper;
}

LeaseKeeper::LeaseKeeper(ports::Database& database, ports::Clock& clock, book::Lease lease,
                         std::stop_token outer, LeaseRules rules)
    : database_(database),
      clock_(clock),
      lease_(std::move(lease)),
      rules_(std::move(rules)),
      outer_(std::move(outer), [this] { stop_.request_stop(); }),
      last_beat_(clock.steady()) {}

LeaseKeeper::~LeaseKeeper() {
  heart_.reset();
  try {
    database_.transact(ports::TxMode::write, [&](ports::Tx& tx) { book::release(tx, lease_); });
  } catch (const ports::DbFailure&) {  // NOLINT(bugprone-empty-catch)
    // Not released: it expires by itself within the lease's length, which is what a lease is for.
  }
}

void LeaseKeeper::transact(const std::function<void(ports::Tx&)>& work) {
  const std::lock_guard lock(in_use_);
  database_.transact(ports::TxMode::write, [&](ports::Tx& tx) {
    if (!book::fence(tx, lease_, rules_.length)) {
      stop_.request_stop();
      throw LeaseLost("The lease " + lease_.name + " was taken over; nothing was committed.");
    }
    work(tx);
  });
  last_beat_ = clock_.steady();
}

bool LeaseKeeper::beat() {
  const std::unique_lock lock(in_use_, std::try_to_lock);
  if (!lock) return true;  // a fenced transaction is under way and renews the lease
  try {
    const bool ours = ports::transact(database_, ports::TxMode::write, [&](ports::Tx& tx) {
      return book::fence(tx, lease_, rules_.length);
    });
    if (ours) last_beat_ = clock_.steady();
    return ours;
  } catch (const ports::DbFailure&) {  // NOLINT(bugprone-empty-catch)
    // The database does not answer: go on only while the lease cannot have expired there.
    return clock_.steady() - last_beat_ < rules_.length - rules_.margin;
  }
}

void LeaseKeeper::keep(const std::stop_token& stop) {
  while (clock_.wait(rules_.length / 3, stop) != ports::WaitEnd::stopped) {
    if (!beat()) {
      stop_.request_stop();
      return;
    }
  }
}

}  // namespace tallyman::engine
