#include "workflows/kpi_snapshot.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "adapters/book/breakers.h"
#include "adapters/book/order_list.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"
#include "domain/base/check.h"
#include "domain/orders/unit_gap.h"
#include "domain/work/system_status.h"

namespace tallyman::workflows {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSync = "shipstation-sync";
constexpr Micros kLate = 6h;

std::string status_of(ports::Tx& tx, AccountId account, std::int64_t quarantined) {
  work::SystemFacts facts{.quarantined = quarantined};
  const auto watermark = book::find_watermark(tx, account, kSync);
  if (watermark && watermark->read_until) facts.age = tx.now() - *watermark->read_until;
  const auto last = book::last_finished_run(tx, account, kSync);
  facts.last_run_failed = last && last->outcome == book::word(book::Outcome::failed);
  facts.breakers_open = std::ranges::count_if(book::list_breakers(tx), [](const auto& stored) {
    return stored.breaker.state != work::BreakerState::closed;
  });
  return std::string(work::word(work::system_status(facts).status));
}

// Today is seen by looking. Of an earlier day the runs tell whether somebody was at work then.
bool has_seen(ports::Tx& tx, AccountId account, Day day, const Zone& warehouse) {
  if (day == warehouse.day(tx.now())) return true;
  const Instant from = warehouse.earliest(LocalTime{day});
  const Instant to = warehouse.earliest(LocalTime{day + std::chrono::days{1}});
  const auto runs = book::count_runs(tx, account, from, to);
  return runs.ok + runs.failed > 0;
}

// The worker may have begun the run itself.
void record_run(ports::Tx& tx, const engine::JobContext& job, const std::string& message) {
  if (!book::find_run(tx, job.run())) {
    book::start_run(tx, kDefaultAccount, job.run(), kKpiSnapshot,
                    {.why = job.why(), .asked_by = job.asked_by(), .job = job.job()});
  }
  book::finish_run(tx, job.run(),
                   {.outcome = book::Outcome::ok, .message = message, .failure = std::nullopt}, {});
}

}  // namespace

Day kpi_day(Instant now, const Zone& warehouse) { return warehouse.day(now - kLate); }

book::Kpis count_kpis(ports::Tx& tx, AccountId account, Day day, const KpiSettings& settings) {
  check(settings.proof != nullptr, "a snapshot without its proof");
  const Instant from = settings.warehouse.earliest(LocalTime{day});
  const Instant to = settings.warehouse.earliest(LocalTime{day + std::chrono::days{1}});
  const auto shipped = book::shipped_between(tx, account, day, day);
  const auto runs = book::count_runs(tx, account, from, to);
  const auto proof = settings.proof(tx, account);
  book::Kpis kpis{.day = day,
                  .orders_today = book::orders_come_in(tx, account, from, to),
                  .shipments_sent = shipped.orders,
                  .system_status = {},
                  .units_shipped = shipped.units,
                  .quarantined = book::count_open_quarantine(tx, account),
                  .open_cases = book::count_open_cases(tx, account),
                  .runs_ok = runs.ok,
                  .runs_failed = runs.failed,
                  .requests = runs.requests,
                  .as_of = proof.as_of,
                  .proven = proof.proven,
                  .proof = proof.proof};
  for (const auto& [status, count] : book::count_by_status(tx, account)) {
    if (orders::counts_as_to_ship(status)) kpis.units_to_ship += count.units;
    if (status == "awaiting_shipment") kpis.orders_awaiting = count.orders;
    if (status == "on_hold") kpis.orders_on_hold = count.orders;
    if (status == "pending") kpis.pending_uploads = count.orders;
  }
  kpis.system_status = status_of(tx, account, kpis.quarantined);
  return kpis;
}

std::int64_t take_kpi_snapshot(ports::Tx& tx, const RunId& run, const KpiSettings& settings) {
  const Day day = kpi_day(tx.now(), settings.warehouse);
  std::int64_t written = 0;
  for (const auto account : book::list_accounts(tx)) {
    if (!has_seen(tx, account, day, settings.warehouse)) continue;
    ++written;
    auto kpis = count_kpis(tx, account, day, settings);
    kpis.run = run;
    book::put_kpis(tx, account, kpis);
  }
  return written;
}

engine::JobHandler kpi_snapshot(KpiSettings settings) {
  return [settings = std::move(settings)](engine::JobContext& job) -> engine::JobEnd {
    std::string message;
    job.transact([&](ports::Tx& tx) {
      const auto accounts = take_kpi_snapshot(tx, job.run(), settings);
      const auto day = to_text(kpi_day(tx.now(), settings.warehouse));
      message = accounts == 0 ? fmt::format("Nothing was at work on {}, so nothing is kept.", day)
                              : fmt::format("Numbers of {} kept for {} account{}.", day, accounts,
                                            accounts == 1 ? "" : "s");
      record_run(tx, job, message);
    });
    return engine::JobDone{.message = message};
  };
}

}  // namespace tallyman::workflows
