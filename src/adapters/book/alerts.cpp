#include "adapters/book/alerts.h"

#include <algorithm>
#include <limits>

#include "adapters/book/sql/alerts.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr std::string_view kOpen = "open";
constexpr std::string_view kResolved = "resolved";

std::string_view word(alerts::State state) {
  return state == alerts::State::open ? kOpen : kResolved;
}

alerts::Severity severity_of(std::string_view text) {
  const auto severity = alerts::severity_from(text);
  check(severity.has_value(), "the table's CHECK knows the same severities");
  return *severity;
}

template <class Row>
Alert alert_from(Row row) {
  Alert alert;
  alert.standing = {.id = {row.alert_id},
                    .rule = std::move(row.rule),
                    .subject = std::move(row.subject),
                    .fact_hash = std::move(row.fact_hash),
                    .state = row.state == kOpen ? alerts::State::open : alerts::State::resolved,
                    .severity = severity_of(row.severity),
                    .snoozed_until = row.snoozed_until_us};
  alert.title = std::move(row.title);
  alert.detail = std::move(row.detail);
  alert.evidence = std::move(row.evidence);
  alert.owner = std::move(row.owner);
  alert.opened = row.opened_us;
  alert.last_seen = row.last_seen_us;
  alert.seen = row.seen;
  alert.acknowledged = row.acknowledged_us;
  alert.acknowledged_by = std::move(row.acknowledged_by);
  alert.resolved = row.resolved_us;
  alert.resolved_by = std::move(row.resolved_by);
  alert.resolution = std::move(row.resolution);
  alert.mail_queued = row.mail_queued_us;
  alert.mailed = row.mailed_us;
  return alert;
}

template <class Row>
std::vector<Alert> alerts_from(std::vector<Row> rows) {
  std::vector<Alert> all;
  for (auto& row : rows) all.push_back(alert_from(std::move(row)));
  return all;
}

}  // namespace

std::vector<Alert> standing_alerts(ports::Tx& tx) {
  return alerts_from(ports::select<sql::StandingAlerts>(tx, {}));
}

std::optional<alerts::AlertId> open_alert(ports::Tx& tx, const alerts::Finding& finding) {
  const std::string hash = alerts::fact_hash(finding);
  const auto row =
      ports::select_one<sql::OpenAlert>(tx, {.rule = finding.rule,
                                             .subject = finding.subject,
                                             .fact_hash = hash,
                                             .severity = alerts::word(finding.severity),
                                             .title = finding.title,
                                             .detail = finding.detail,
                                             .evidence = finding.evidence,
                                             .now_us = tx.now()});
  if (!row) return std::nullopt;
  return alerts::AlertId{row->alert_id};
}

void refresh_alert(ports::Tx& tx, alerts::AlertId id, const alerts::Finding& finding) {
  const std::string hash = alerts::fact_hash(finding);
  ports::execute<sql::RefreshAlert>(tx, {.alert_id = id.value,
                                         .fact_hash = hash,
                                         .severity = alerts::word(finding.severity),
                                         .title = finding.title,
                                         .detail = finding.detail,
                                         .evidence = finding.evidence,
                                         .now_us = tx.now()});
}

void wake_alert(ports::Tx& tx, alerts::AlertId id) {
  ports::execute<sql::WakeAlert>(tx, {.alert_id = id.value});
}

bool resolve_alert(ports::Tx& tx, alerts::AlertId id, std::string_view who,
                   std::string_view resolution, Condition condition) {
  std::optional<Instant> ended;
  if (condition == Condition::ended) ended = tx.now();
  return ports::execute<sql::CloseAlert>(tx, {.alert_id = id.value,
                                              .now_us = tx.now(),
                                              .resolved_by = who,
                                              .resolution = resolution,
                                              .ended_us = ended}) > 0;
}

void forget_alert(ports::Tx& tx, alerts::AlertId id) {
  ports::execute<sql::EndAlert>(tx, {.alert_id = id.value, .now_us = tx.now()});
}

bool acknowledge_alert(ports::Tx& tx, alerts::AlertId id, std::string_view who,
                       std::string_view owner) {
  return ports::execute<sql::AcknowledgeAlert>(
             tx, {.alert_id = id.value, .now_us = tx.now(), .who = who, .owner = owner}) > 0;
}

bool snooze_alert(ports::Tx& tx, alerts::AlertId id, Instant until) {
  return ports::execute<sql::SnoozeAlert>(tx, {.alert_id = id.value, .until_us = until}) > 0;
}

std::optional<Alert> find_alert(ports::Tx& tx, alerts::AlertId id) {
  auto row = ports::select_one<sql::FindAlert>(tx, {.alert_id = id.value});
  if (!row) return std::nullopt;
  return alert_from(std::move(*row));
}

std::vector<Alert> list_alerts(ports::Tx& tx, std::optional<alerts::State> state,
                               std::optional<alerts::AlertId> before, std::int64_t limit) {
  std::optional<std::string_view> wanted;
  if (state) wanted = word(*state);
  const auto newest = alerts::AlertId{std::numeric_limits<std::int64_t>::max()};
  return alerts_from(ports::select<sql::ListAlerts>(
      tx, {.state = wanted, .before_id = before.value_or(newest).value, .limit = limit}));
}

AlertCounts count_open_alerts(ports::Tx& tx) {
  AlertCounts counts;
  for (const auto& row : ports::select<sql::OpenAlerts>(tx, {})) {
    if (row.snoozed_until_us && *row.snoozed_until_us > tx.now()) {
      ++counts.snoozed;
      continue;
    }
    ++counts.open;
    if (row.acknowledged_us) ++counts.acknowledged;
    switch (severity_of(row.severity)) {
      case alerts::Severity::critical: ++counts.critical; break;
      case alerts::Severity::warning: ++counts.warning; break;
      case alerts::Severity::info: ++counts.info; break;
    }
  }
  return counts;
}

void note_mail_queued(ports::Tx& tx, alerts::AlertId id) {
  ports::execute<sql::QueueAlertMail>(tx, {.alert_id = id.value, .now_us = tx.now()});
}

void note_mailed(ports::Tx& tx, alerts::AlertId id) {
  ports::execute<sql::NoteAlertMailed>(tx, {.alert_id = id.value, .now_us = tx.now()});
}

std::map<AboutWhat, Instant> recent_alert_mails(ports::Tx& tx, Instant since) {
  std::map<AboutWhat, Instant> latest;
  for (auto& row : ports::select<sql::RecentAlertMails>(tx, {.since_us = since})) {
    latest.insert_or_assign({std::move(row.rule), std::move(row.subject)}, row.mail_queued_us);
  }
  return latest;
}

}  // namespace tallyman::book
