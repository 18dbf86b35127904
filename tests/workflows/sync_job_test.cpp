// The sync as a job that meets a lease: its own of an attempt that was cut off, or another's.
#include "adapters/book/leases.h"
#include "engine/haste.h"
#include "engine/worker_test.h"
#include "workflows/jobs.h"
#include "workflows/schedules.h"

namespace tallyman::engine {
namespace {

// Nobody asks it here: a run that finds the lease taken has nothing to read.
class NobodyAsks final : public ports::ShipStation {
 public:
  template <class Page>
  static ports::CallResult<Page> asked() {
    ADD_FAILURE() << "ShipStation was asked";
    return tl::unexpected(ports::CallFailure{.kind = ports::CallError::unreachable,
                                             .status = 0,
                                             .cause = "nobody is there",
                                             .reset_after = std::nullopt});
  }
  ports::CallResult<ports::OrderPage> orders(const ports::OrderQuery&, std::stop_token) override {
    return asked<ports::OrderPage>();
  }
  ports::CallResult<ports::Document<orders::OrderSeen>> order(ShipStationOrderId,
                                                              std::stop_token) override {
    return asked<ports::Document<orders::OrderSeen>>();
  }
  ports::CallResult<ports::ShipmentPage> shipments(const ports::ShipmentQuery&,
                                                   std::stop_token) override {
    return asked<ports::ShipmentPage>();
  }
  ports::CallResult<ports::FulfilmentPage> fulfilments(const ports::FulfilmentQuery&,
                                                       std::stop_token) override {
    return asked<ports::FulfilmentPage>();
  }
};

class SyncJob : public Workers {
 protected:
  SyncJob() : sync_({*database, shipstation_, clock, random, threads}, settings()) {
    ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
      workflows::add_switches(tx);
      EXPECT_TRUE(book::take_lease(tx, "shipstation-sync/1", "web9, process 4711 #ghost",
                                   RunId{"cut off"}, 1h));
    });
  }
  static workflows::SyncSettings settings() {
    workflows::SyncSettings made;
    made.holder = "web1, process 7 #us";
    return made;
  }
  std::unique_ptr<Worker> at_work() {
    return worker({{"shipstation-sync",
                    workflows::shipstation_sync_job(
                        {.person = sync_, .background = sync_, .haste = haste_}, clock)}});
  }

  NobodyAsks shipstation_;
  workflows::ShipStationSync sync_;
  Haste haste_;
};
INSTANTIATE_TEST_SUITE_P(Workflows, SyncJob, kBothDialects, dialect_name);

TEST_P(SyncJob, TheNextAttemptWaitsForTheLeaseThatTheOneCutOffLeftBehind) {
  const auto id = add({.kind = "shipstation-sync", .max_attempts = 3});
  database.script("UPDATE jobs SET attempt = 1");  // it was begun before, and cut off
  const auto running = at_work();
  const auto job = when(id, [](const book::Job& seen) {
    return seen.state == JobState::available && seen.snoozes == 1;
  });
  EXPECT_EQ(job.attempt, 1) << "waiting spends no attempt";
  EXPECT_GT(job.run_at, job.enqueued + 50min) << "until the lease has run out";
  EXPECT_NE(job.message.find("web9, process 4711"), std::string::npos) << job.message;
}

TEST_P(SyncJob, AFirstAttemptThatFindsAnotherRunLeavesTheWorkToIt) {
  const auto id = add({.kind = "shipstation-sync", .max_attempts = 3});
  const auto running = at_work();
  EXPECT_EQ(when(id, JobState::done).outcome, "skipped");
}

}  // namespace
}  // namespace tallyman::engine
