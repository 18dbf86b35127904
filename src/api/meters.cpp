#include "api/meters.h"

#include <array>
#include <cstdlib>
#include <fstream>

#include "ports/statements.h"
#include "views/vitals.h"

namespace tallyman::api {

namespace {

using metrics::Labels;
using metrics::Registry;

constexpr Micros kFresh = std::chrono::seconds{5};
constexpr double kKib = 1024;

double seconds(Micros length) { return static_cast<double>(length.count()) / 1e6; }

void put_work(Registry& registry, const views::Vitals& seen) {
  for (const auto& row : seen.runs) {
    registry
        .counter("tallyman_runs_total", "Runs that ended, by workflow and outcome",
                 {{"workflow", row.workflow}, {"outcome", row.outcome}})
        .add(static_cast<std::uint64_t>(row.runs));
  }
  for (const auto& row : seen.good_runs) {
    registry
        .gauge("tallyman_last_success_timestamp_seconds",
               "When a run of this workflow last did its work", {{"workflow", row.workflow}})
        .set(seconds(row.ended.time_since_epoch()));
  }
  for (const auto& [state, count] : seen.jobs) {
    registry.gauge("tallyman_jobs", "Jobs by state", {{"state", std::string(work::word(state))}})
        .set(static_cast<double>(count));
  }
}

void put_partners(Registry& registry, const views::Vitals& seen) {
  const Labels shipstation{{"partner", "shipstation"}};
  registry.gauge("tallyman_budget_used", "Requests of the last minute", shipstation)
      .set(static_cast<double>(seen.budget.used));
  registry.gauge("tallyman_budget_limit", "Requests allowed in a minute", shipstation)
      .set(static_cast<double>(seen.budget.limit));
  if (seen.lag) {
    registry
        .gauge("tallyman_watermark_age_seconds", "How old what is known of this partner is",
               shipstation)
        .set(seconds(*seen.lag));
  }
  constexpr std::array kStates{work::BreakerState::closed, work::BreakerState::open,
                               work::BreakerState::probing};
  for (const auto& row : seen.breakers) {
    for (const auto state : kStates) {
      registry
          .gauge("tallyman_breaker_state", "1 for the state that the breaker is in",
                 {{"partner", row.partner}, {"state", std::string(work::word(state))}})
          .set(row.breaker.state == state ? 1 : 0);
    }
  }
}

void put_attention(Registry& registry, const views::Vitals& seen) {
  const std::array<std::pair<const char*, std::int64_t>, 3> kSeverities{
      {{"critical", seen.alerts.critical},
       {"warning", seen.alerts.warning},
       {"info", seen.alerts.info}}};
  for (const auto& [severity, count] : kSeverities) {
    registry
        .gauge("tallyman_alerts_open", "Open alerts that are not snoozed", {{"severity", severity}})
        .set(static_cast<double>(count));
  }
  registry.gauge("tallyman_quarantine_open", "Rows that wait in quarantine")
      .set(static_cast<double>(seen.quarantine_open));
}

// "VmRSS:     12345 kB"; 0 where the kernel does not say.
double resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    constexpr std::string_view kName = "VmRSS:";
    if (line.starts_with(kName)) return kKib * std::strtod(line.c_str() + kName.size(), nullptr);
  }
  return 0;
}

}  // namespace

Meters::Meters(Registry& registry, ports::Database& database, ports::Clock& clock,
               views::SyncStatusRules rules, std::string_view version)
    : registry_(registry), database_(database), clock_(clock), rules_(std::move(rules)) {
  registry_
      .gauge("tallyman_build_info", "1; the version is in the label",
             {{"version", std::string(version)}})
      .set(1);
  registry_.gauge("process_start_time_seconds", "When this program began")
      .set(seconds(clock_.now().time_since_epoch()));
}

void Meters::answered(std::string_view operation, int status, Micros took) {
  const std::string name(operation);
  registry_
      .counter("tallyman_http_requests_total", "Requests answered, by operation and status",
               {{"operation", name}, {"status", std::to_string(status)}})
      .add();
  registry_
      .histogram("tallyman_http_request_seconds", "How long the answer took", {{"operation", name}})
      .observe(seconds(took));
}

std::string Meters::text() {
  registry_.gauge("process_resident_memory_bytes", "Memory of this program").set(resident_bytes());
  // The book first: whether it answered is one of our own numbers.
  std::string of_book = text_of_book();
  return registry_.text() + of_book;
}

std::string Meters::text_of_book() {
  const std::lock_guard lock(mutex_);
  const Micros now = clock_.steady();
  if (!read_at_ || now - *read_at_ >= kFresh) {
    of_book_ = read_book();
    read_at_ = now;
  }
  return of_book_;
}

std::string Meters::read_book() {
  auto& up = registry_.gauge("tallyman_database_up", "1 when the order book could be read");
  try {
    const auto seen = ports::transact(database_, ports::TxMode::read,
                                      [&](ports::Tx& tx) { return views::vitals(tx, rules_); });
    Registry look;
    put_work(look, seen);
    put_partners(look, seen);
    put_attention(look, seen);
    up.set(1);
    return look.text();
  } catch (const ports::DbFailure&) {
    up.set(0);  // the monitor hears of it by this number, and of what this program counts itself
    return {};
  }
}

}  // namespace tallyman::api
