#include "workflows/alert_check.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "adapters/book/alert_facts.h"
#include "adapters/book/alerts.h"
#include "adapters/book/controls.h"
#include "adapters/book/live_events.h"
#include "adapters/book/mail.h"
#include "adapters/book/schedule.h"
#include "adapters/book/settings.h"
#include "domain/alerts/deadline.h"
#include "domain/alerts/mail.h"
#include "domain/alerts/memory.h"
#include "domain/alerts/rules.h"
#include "domain/base/mail_address.h"
#include "ports/shipstation.h"
#include "ports/statements.h"
#include "workflows/table.h"

namespace tallyman::workflows {

namespace {

constexpr std::string_view kReader = "shipstation-sync";
constexpr std::string_view kWho = "tallyman";
constexpr std::string_view kGone = "no longer true";
constexpr Micros kTimeout = std::chrono::minutes{1};
constexpr int kAttempts = 3;

settings::Values values_in_force(ports::Tx& tx, const AlertCheckSettings& rules) {
  return {rules.table, rules.configured, book::stored_settings(tx)};
}

bool is_set_up(const WorkflowRow& row, const AlertCheckSettings& rules) {
  if (row.partner.empty()) return true;
  const auto partner = std::ranges::find(rules.partners, row.partner, &WatchedPartner::name);
  return partner != rules.partners.end() && partner->credentials == alerts::Credentials::complete;
}

// When the switch, or the schedule itself, was changed last: silence counts from there.
struct Changes {
  std::map<std::string, Instant, std::less<>> switched;
  std::map<std::string, work::ScheduleState, std::less<>> schedules;
};

Changes changes_in(ports::Tx& tx) {
  Changes changes;
  for (auto& control : book::list_controls(tx)) {
    if (control.changed) changes.switched.emplace(std::move(control.workflow), *control.changed);
  }
  changes.schedules = book::list_schedules(tx);
  return changes;
}

// None is earlier than any instant.
std::optional<Instant> silent_since(const alerts::WorkflowSeen& seen, const Changes& changes) {
  auto since = seen.enabled_since;
  if (!seen.runs.empty())
    since = std::max<std::optional<Instant>>(since, seen.runs.front().started);
  const auto state = changes.schedules.find(seen.name);
  if (state == changes.schedules.end()) return since;
  // After a tick `since` is that tick: it tells nothing about a run.
  const bool by_change =
      !state->second.taken_until || state->second.since > *state->second.taken_until;
  return by_change ? std::max<std::optional<Instant>>(since, state->second.since) : since;
}

void observe_workflows(ports::Tx& tx, const AlertCheckSettings& rules, alerts::Observed& observed) {
  const auto values = values_in_force(tx, rules);
  const auto calendar = values.calendar(rules.warehouse);
  const auto changes = changes_in(tx);
  const auto runs = static_cast<std::int64_t>(rules.limits.failures) + 1;  // one may be running
  for (const auto& row : workflow_table()) {
    auto seen = book::see_workflow(tx, rules.account, row.name, runs);
    seen.partner = row.partner;
    seen.set_up = is_set_up(row, rules);
    seen.reads = row.name == kReader;
    const auto switched = changes.switched.find(row.name);
    if (switched != changes.switched.end()) seen.enabled_since = switched->second;
    if (!seen.enabled_since) seen.enabled_since = observed.watched_since;
    if (const auto since = silent_since(seen, changes)) {
      seen.due_by = alerts::due_by(values.schedule(row.name), calendar, *since, rules.limits);
    }
    observed.workflows.push_back(std::move(seen));
  }
}

void observe_partners(ports::Tx& tx, const AlertCheckSettings& rules, alerts::Observed& observed) {
  const book::RefusalKinds kinds{.unauthorized = ports::word(ports::CallError::unauthorized),
                                 .forbidden = ports::word(ports::CallError::forbidden)};
  for (const auto& partner : rules.partners) {
    alerts::PartnerSeen seen{.name = partner.name,
                             .title = partner.title,
                             .credentials = partner.credentials,
                             .fingerprint = partner.fingerprint};
    for (const auto& workflow : observed.workflows) {
      if (workflow.partner != partner.name) continue;
      seen.was_read = seen.was_read || workflow.read_until.has_value();
      if (!seen.refusal) {
        seen.refusal = book::last_refusal(tx, rules.account, workflow.name, kinds);
      }
    }
    observed.partners.push_back(std::move(seen));
  }
}

std::string event_data(alerts::AlertId id, alerts::Severity severity) {
  return fmt::format(R"({{"id":{},"severity":"{}"}})", id.value, alerts::word(severity));
}

alerts::MailLine line_of(const book::Alert& alert) {
  return {.id = alert.standing.id,
          .severity = alert.standing.severity,
          .title = alert.title,
          .evidence = alert.evidence};
}

// What one check does to the alerts, in its transaction.
class Doing {
 public:
  Doing(ports::Tx& tx, const AlertCheckSettings& rules) : tx_(tx), rules_(rules) {}

  void take(const std::vector<alerts::Finding>& found) {
    const auto before = book::standing_alerts(tx_);
    std::vector<alerts::Standing> standing;
    for (const auto& alert : before) standing.push_back(alert.standing);
    for (const auto& decision : alerts::remember(found, standing, tx_.now())) {
      apply(decision, found, before);
    }
    if (rules_.mail) tell();
  }

  AlertCheckResult result{};

 private:
  void apply(const alerts::Decision& decision, const std::vector<alerts::Finding>& found,
             const std::vector<book::Alert>& before) {
    switch (decision.step) {
      case alerts::Step::open: return open(found.at(*decision.finding));
      case alerts::Step::refresh: {
        const auto& finding = found.at(*decision.finding);
        book::refresh_alert(tx_, *decision.alert, finding);
        if (!decision.wakes) return;
        book::wake_alert(tx_, *decision.alert);
        book::publish(tx_, "alert.opened", event_data(*decision.alert, finding.severity));
        return;
      }
      case alerts::Step::close: {
        const auto alert = std::ranges::find_if(
            before, [&](const book::Alert& one) { return one.standing.id == *decision.alert; });
        return close(*alert);
      }
      case alerts::Step::forget: return book::forget_alert(tx_, *decision.alert);
    }
  }

  void open(const alerts::Finding& finding) {
    const auto id = book::open_alert(tx_, finding);
    if (!id) return;
    book::publish(tx_, "alert.opened", event_data(*id, finding.severity));
    ++result.opened;
  }

  void close(const book::Alert& alert) {
    if (!book::resolve_alert(tx_, alert.standing.id, kWho, kGone, book::Condition::ended)) return;
    book::publish(tx_, "alert.closed", event_data(alert.standing.id, alert.standing.severity));
    ++result.closed;
    if (alerts::owes_all_clear(alert.standing.severity, alert.mail_queued.has_value())) {
      cleared_.push_back(line_of(alert));
    }
  }

  std::vector<alerts::MailLine> untold() {
    const auto recent = book::recent_alert_mails(tx_, tx_.now() - rules_.limits.mail_pause);
    std::vector<alerts::MailLine> lines;
    for (const auto& alert : book::standing_alerts(tx_)) {
      const auto& standing = alert.standing;
      if (standing.state != alerts::State::open) continue;
      alerts::Untold facts{.id = standing.id,
                           .rule = standing.rule,
                           .subject = standing.subject,
                           .severity = standing.severity,
                           .seen = alert.seen,
                           .queued = alert.mail_queued.has_value(),
                           .acknowledged = alert.acknowledged.has_value(),
                           .snoozed = standing.snoozed_until.has_value()};
      const auto last = recent.find({standing.rule, standing.subject});
      if (last != recent.end()) facts.last_mail = last->second;
      if (alerts::owes_mail(facts, tx_.now(), rules_.limits)) lines.push_back(line_of(alert));
    }
    return lines;
  }

  // One mail per recipient about everything that this check has to tell.
  void tell() {
    const auto recipients = values_in_force(tx_, rules_).list("mail.alerts_to");
    if (recipients.empty()) return;
    const auto opened = untold();
    if (opened.empty() && cleared_.empty()) return;
    const auto text = alerts::mail_text(opened, cleared_, rules_.mail->base_url);
    const auto domain = domain_of(rules_.mail->from);
    for (const auto& recipient : recipients) {
      book::MailJob mail{.to = recipient,
                         .subject = text.subject,
                         .text = text.text,
                         .message_id = alerts::message_id(opened, cleared_, recipient, domain)};
      for (const auto& line : opened) mail.tells_of.push_back(line.id);
      book::enqueue_mail(tx_, mail, kWho, "alerts", work::Priority::sync);
      ++result.mails;
    }
    for (const auto& line : opened) book::note_mail_queued(tx_, line.id);
  }

  ports::Tx& tx_;
  const AlertCheckSettings& rules_;
  std::vector<alerts::MailLine> cleared_;
};

}  // namespace

alerts::Observed observe(ports::Tx& tx, const AlertCheckSettings& settings) {
  alerts::Observed observed;
  observed.now = tx.now();
  auto nodes = book::see_nodes(tx, settings.limits.silent_node);
  observed.nodes = std::move(nodes.nodes);
  observed.watched_since = nodes.watched_since;
  observe_workflows(tx, settings, observed);
  observe_partners(tx, settings, observed);
  observed.quarantine = book::see_quarantine(tx, settings.account);
  observed.dead_jobs = book::see_dead_jobs(tx);
  observed.breakers = book::see_breakers(tx);
  observed.statuses = book::see_statuses(tx, settings.account);
  if (settings.disk) observed.disk = settings.disk();
  return observed;
}

AlertCheckResult check_alerts(ports::Database& database, const WriteTx& write,
                              const AlertCheckSettings& settings) {
  bool anything_stands = false;
  auto observed = ports::transact(database, ports::TxMode::read, [&](ports::Tx& tx) {
    anything_stands = !book::standing_alerts(tx).empty();
    return observe(tx, settings);
  });
  // We run, so somebody is alive: when nobody seems to be, the clock was moved and not the nodes.
  if (!observed.watched_since) observed.nodes.clear();
  const auto found = alerts::findings(observed, settings.limits);
  AlertCheckResult result;
  if (!found.empty() || anything_stands) {
    write([&](ports::Tx& tx) {
      Doing doing(tx, settings);
      doing.take(found);
      result = doing.result;
    });
  }
  result.found = static_cast<std::int64_t>(found.size());
  return result;
}

engine::JobHandler alert_check_job(ports::Database& database, AlertCheckSettings settings) {
  return [&database, settings = std::move(settings)](engine::JobContext& job) -> engine::JobEnd {
    const auto result = check_alerts(
        database, [&](const std::function<void(ports::Tx&)>& work) { job.transact(work); },
        settings);
    return engine::JobDone{
        .message = fmt::format("{} wrong; {} alerts opened, {} closed, {} mails.", result.found,
                               result.opened, result.closed, result.mails)};
  };
}

book::NewJob next_alert_check() {
  book::NewJob job;
  job.kind = kAlertCheck;
  job.unique_key = std::string(kAlertCheck);
  job.single_flight = std::string(kAlertCheck);
  job.asked_by = "schedule";
  job.why = "every minute";
  job.timeout = kTimeout;
  job.max_attempts = kAttempts;
  return job;
}

}  // namespace tallyman::workflows
