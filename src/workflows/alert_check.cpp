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
#include "adapters/book/nodes.h"
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
constexpr std::string_view kHere = "this program";
constexpr Micros kTimeout = std::chrono::minutes{1};
constexpr int kAttempts = 3;

settings::Values values_in_force(ports::Tx& tx, const AlertCheckSettings& rules) {
  return {rules.table, rules.configured, book::stored_settings(tx)};
}

alerts::Credentials credentials_from(std::string_view text) {
  for (const auto one : {alerts::Credentials::complete, alerts::Credentials::incomplete}) {
    if (text == word(one)) return one;
  }
  return alerts::Credentials::none;
}

// One node's part of what all have of a partner.
void add(alerts::PartnerSeen& seen, const std::string& node, alerts::Credentials credentials,
         const std::string& fingerprint) {
  seen.credentials = std::max(seen.credentials, credentials);
  if (credentials == alerts::Credentials::none) return;
  if (credentials == alerts::Credentials::incomplete) {
    seen.half_set.push_back(node);
    return;
  }
  const auto key = std::ranges::find(seen.keys, fingerprint, &alerts::KeySeen::fingerprint);
  if (key != seen.keys.end()) {
    key->nodes.push_back(node);
  } else {
    seen.keys.push_back({.fingerprint = fingerprint, .nodes = {node}});
  }
}

// Is what this program has among it already? It is one of the nodes, unless it is a command.
bool has(const alerts::PartnerSeen& seen, const WatchedPartner& ours) {
  switch (ours.credentials) {
    case alerts::Credentials::none: return true;
    case alerts::Credentials::incomplete: return !seen.half_set.empty();
    case alerts::Credentials::complete:
      return std::ranges::find(seen.keys, ours.fingerprint, &alerts::KeySeen::fingerprint) !=
             seen.keys.end();
  }
  return true;
}

std::vector<alerts::PartnerSeen> set_up_together(const std::vector<book::SetUpNode>& nodes,
                                                 const AlertCheckSettings& rules) {
  std::vector<alerts::PartnerSeen> all;
  for (const auto& ours : rules.partners) {
    alerts::PartnerSeen seen{.name = ours.name, .title = ours.title};
    for (const auto& node : nodes) {
      for (const auto& theirs : node.setup.partners) {
        if (theirs.partner != ours.name) continue;
        add(seen, node.name, credentials_from(theirs.credentials), theirs.fingerprint);
      }
    }
    if (!has(seen, ours)) add(seen, std::string(kHere), ours.credentials, ours.fingerprint);
    std::ranges::sort(seen.half_set);
    std::ranges::sort(seen.keys, {}, &alerts::KeySeen::fingerprint);
    for (auto& key : seen.keys) std::ranges::sort(key.nodes);
    all.push_back(std::move(seen));
  }
  return all;
}

bool is_set_up(const WorkflowRow& row, const alerts::Observed& observed) {
  if (row.partner.empty()) return true;
  const auto partner =
      std::ranges::find(observed.partners, row.partner, &alerts::PartnerSeen::name);
  return partner != observed.partners.end() &&
         partner->credentials == alerts::Credentials::complete;
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
    seen.set_up = is_set_up(row, observed);
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

// What the newest run with this key said of it. A key that no run has tried yet stands in for one
// that no node has any more: what was said of that is still news.
std::optional<std::string> refusal_of(ports::Tx& tx, const AlertCheckSettings& rules,
                                      const alerts::PartnerSeen& partner,
                                      std::string_view fingerprint, std::string_view workflow) {
  const book::RefusalKinds kinds{.unauthorized = ports::word(ports::CallError::unauthorized),
                                 .forbidden = ports::word(ports::CallError::forbidden)};
  if (auto told = book::last_word_on(tx, rules.account, workflow, fingerprint, kinds)) {
    return std::move(told->refusal);
  }
  auto newest = book::last_word(tx, rules.account, workflow, kinds);
  if (!newest) return std::nullopt;
  const bool is_anothers = std::ranges::find(partner.keys, newest->credential,
                                             &alerts::KeySeen::fingerprint) != partner.keys.end();
  return is_anothers ? std::nullopt : std::optional(std::move(newest->refusal));
}

// After the workflows: their runs tell whether the keys are taken.
void observe_keys(ports::Tx& tx, const AlertCheckSettings& rules, alerts::Observed& observed) {
  for (auto& partner : observed.partners) {
    for (const auto& workflow : observed.workflows) {
      if (workflow.partner != partner.name) continue;
      partner.was_read = partner.was_read || workflow.read_until.has_value();
      for (auto& key : partner.keys) {
        if (key.refusal) continue;
        key.refusal = refusal_of(tx, rules, partner, key.fingerprint, workflow.name);
      }
    }
  }
}

// Ours, else that of the oldest living node that can send: who judges makes no difference to
// whether people are told.
std::optional<AlertMail> mail_of(const std::vector<book::SetUpNode>& nodes,
                                 const AlertCheckSettings& rules) {
  if (rules.mail) return rules.mail;
  for (const auto& node : nodes) {
    if (node.setup.mail_from.empty()) continue;
    return AlertMail{.from = node.setup.mail_from, .base_url = node.setup.page_url};
  }
  return std::nullopt;
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
    mail_ = mail_of(book::list_set_up(tx_, rules_.limits.silent_node), rules_);
    if (mail_) tell();
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
    const auto text = alerts::mail_text(opened, cleared_, mail_->base_url);
    const auto domain = domain_of(mail_->from);
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
  std::optional<AlertMail> mail_;
  std::vector<alerts::MailLine> cleared_;
};

}  // namespace

std::string_view word(alerts::Credentials credentials) {
  switch (credentials) {
    case alerts::Credentials::none: return "none";
    case alerts::Credentials::incomplete: return "incomplete";
    case alerts::Credentials::complete: return "complete";
  }
  return "none";
}

alerts::Observed observe(ports::Tx& tx, const AlertCheckSettings& settings) {
  alerts::Observed observed;
  observed.now = tx.now();
  auto nodes = book::see_nodes(tx, settings.limits.silent_node);
  observed.nodes = std::move(nodes.nodes);
  observed.watched_since = nodes.watched_since;
  observed.partners = set_up_together(book::list_set_up(tx, settings.limits.silent_node), settings);
  observe_workflows(tx, settings, observed);
  observe_keys(tx, settings, observed);
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
