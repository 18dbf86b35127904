// /api/v1/alerts and /api/v1/mail: what is wrong and who looks after it; whether mail can be sent.
#include <array>

#include <fmt/format.h>

#include "adapters/book/alerts.h"
#include "adapters/book/audit.h"
#include "adapters/book/live_events.h"
#include "adapters/book/mail.h"
#include "api/body.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "domain/base/mail_address.h"
#include "domain/base/whole_number.h"
#include "ports/random.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;
using alerts::AlertId;

constexpr std::int64_t kPage = 100;
constexpr std::int64_t kLargestPage = 200;
constexpr std::int64_t kLargestId = 9'007'199'254'740'991;  // exact in every reader of JSON
constexpr std::int64_t kLongestSnooze = 720;                // hours
constexpr Body::Length kOwner{.least = 1, .most = 80};
constexpr Body::Length kReason{.least = 3, .most = 500};
constexpr Body::Length kAddress{.least = 3, .most = 254};

AlertId id_in_path(const Call& call) {
  const auto id = whole_number(call.path.at("alert_id"));
  if (!id || *id < 1 || *id > kLargestId) {
    throw Refusal{404, "Not found", "There is no alert with this id."};
  }
  return AlertId{*id};
}

bool is_snoozed(const book::Alert& alert, Instant now) {
  return alert.standing.state == alerts::State::open && alert.standing.snoozed_until &&
         *alert.standing.snoozed_until > now;
}

std::string_view state_of(const book::Alert& alert, Instant now) {
  if (alert.standing.state == alerts::State::resolved) return "resolved";
  return is_snoozed(alert, now) ? "snoozed" : "open";
}

json::object to_json(const book::Alert& alert, Instant now) {
  const bool snoozed = is_snoozed(alert, now);
  return {{"id", alert.standing.id.value},
          {"rule", alert.standing.rule},
          {"subject", alert.standing.subject},
          {"severity", alerts::word(alert.standing.severity)},
          {"state", state_of(alert, now)},
          {"title", alert.title},
          {"detail", alert.detail},
          {"evidence", alert.evidence},
          {"owner", api::to_json(alert.owner)},
          {"opened_at", to_text(alert.opened)},
          {"last_seen_at", to_text(alert.last_seen)},
          {"seen", alert.seen},
          {"acknowledged_at", api::to_json(alert.acknowledged)},
          {"acknowledged_by", api::to_json(alert.acknowledged_by)},
          {"snoozed_until",
           snoozed ? api::to_json(alert.standing.snoozed_until) : json::value(nullptr)},
          {"resolved_at", api::to_json(alert.resolved)},
          {"resolved_by", api::to_json(alert.resolved_by)},
          {"resolution", api::to_json(alert.resolution)},
          {"mailed_at", api::to_json(alert.mailed)}};
}

json::object to_json(const book::AlertCounts& counts) {
  return {{"open", counts.open},       {"critical", counts.critical},
          {"warning", counts.warning}, {"info", counts.info},
          {"snoozed", counts.snoozed}, {"acknowledged", counts.acknowledged}};
}

// "open" and what is snoozed, "resolved", "all".
std::optional<alerts::State> state_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "state").value_or("open");
  if (text == "open") return alerts::State::open;
  if (text == "resolved") return alerts::State::resolved;
  if (text == "all") return std::nullopt;
  throw Refusal{400, "Bad request", "state is one of open, resolved, all."};
}

std::optional<AlertId> cursor_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "cursor");
  if (!text) return std::nullopt;
  const auto id = whole_number(*text);
  if (!id || *id < 1) {
    throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
  }
  return AlertId{*id};
}

[[noreturn]] void no_such_alert(AlertId id) {
  throw Refusal{404, "Not found", fmt::format("There is no alert {}.", id.value)};
}

// One write about an open alert with its audit row; pages are told. `detail`: of the audit, JSON.
template <class Work>
http_server::Response change(const Context& context, const Call& call, std::string_view action,
                             std::string_view event, const json::object& detail, Work work) {
  const AlertId id = id_in_path(call);
  return ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    if (!work(tx, id)) {
      if (!book::find_alert(tx, id)) no_such_alert(id);
      throw Refusal{409, "The alert is resolved",
                    fmt::format("Alert {} is resolved already; nothing was changed.", id.value)};
    }
    const auto alert = book::find_alert(tx, id).value();
    const std::string subject = fmt::format("alert {}", id.value);
    const std::string facts = json::serialize(detail);
    book::audit(tx, {.who = call.who.who, .action = action, .subject = subject, .detail = facts});
    book::publish(tx, event,
                  json::serialize(json::object{
                      {"id", id.value}, {"severity", alerts::word(alert.standing.severity)}}));
    return json_response(200, to_json(alert, tx.now()));
  });
}

// How people call each other: "ana".
std::string name_of(const Identity& who) { return who.name.empty() ? who.who : who.name; }

void wake(const Context& context) {
  if (context.wake_jobs) context.wake_jobs();
}

}  // namespace

http_server::Response list_alerts(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kPage, 1, kLargestPage);
  const auto state = state_in(call.request);
  const auto before = cursor_in(call.request);
  return ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    auto rows = book::list_alerts(tx, state, before, limit + 1);
    json::value next = nullptr;
    if (std::ssize(rows) > limit) {
      rows.pop_back();
      next = std::to_string(rows.back().standing.id.value);
    }
    json::array items;
    for (const auto& row : rows) items.push_back(to_json(row, tx.now()));
    return json_response(200, json::object{{"items", std::move(items)},
                                           {"next_cursor", std::move(next)},
                                           {"counts", to_json(book::count_open_alerts(tx))}});
  });
}

http_server::Response get_alert(const Context& context, const Call& call) {
  const AlertId id = id_in_path(call);
  return ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    const auto alert = book::find_alert(tx, id);
    if (!alert) no_such_alert(id);
    return json_response(200, to_json(*alert, tx.now()));
  });
}

http_server::Response acknowledge_alert(const Context& context, const Call& call) {
  Body body(call.request);
  const auto owner = body.optional_text("owner", kOwner).value_or(name_of(call.who));
  body.done();
  return change(context, call, "alert.ack", "alert.changed", {{"owner", owner}},
                [&](ports::Tx& tx, AlertId id) {
                  return book::acknowledge_alert(tx, id, call.who.who, owner);
                });
}

http_server::Response snooze_alert(const Context& context, const Call& call) {
  Body body(call.request);
  const auto hours = body.number("hours", 1, kLongestSnooze);
  body.done();
  return change(context, call, "alert.snooze", "alert.changed", {{"hours", hours}},
                [&](ports::Tx& tx, AlertId id) {
                  return book::snooze_alert(tx, id, tx.now() + std::chrono::hours{hours});
                });
}

http_server::Response resolve_alert(const Context& context, const Call& call) {
  Body body(call.request);
  const auto reason = body.text("reason", kReason);
  body.done();
  return change(context, call, "alert.resolve", "alert.closed", {{"reason", reason}},
                [&](ports::Tx& tx, AlertId id) {
                  return book::resolve_alert(tx, id, call.who.who, reason, book::Condition::lasts);
                });
}

http_server::Response get_mail(const Context& context, const Call&) {
  return ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    const auto history = book::mail_history(tx);
    json::array recipients;
    if (context.mail.alerts_to) {
      for (const auto& one : context.mail.alerts_to(tx)) recipients.push_back(json::value(one));
    }
    json::value failure = nullptr;
    if (history.last_failure) {
      failure = json::object{{"at", to_text(history.last_failure->at)},
                             {"outcome", history.last_failure->outcome},
                             {"message", history.last_failure->message}};
    }
    return json_response(200, json::object{{"configured", context.mail.configured},
                                           {"server", context.mail.server},
                                           {"from", context.mail.from},
                                           {"alerts_to", std::move(recipients)},
                                           {"last_sent_at", to_json(history.last_sent)},
                                           {"last_failure", std::move(failure)}});
  });
}

http_server::Response test_mail(const Context& context, const Call& call) {
  Body body(call.request);
  const auto to = mail_address_from(body.text("to", kAddress));
  body.done();
  if (!to) throw Refusal{422, "Not an address", "to: " + to.error().what + "."};
  if (!context.mail.configured || context.random == nullptr) {
    throw Refusal{409, "Mail is not set up",
                  "Set TALLYMAN_MAIL_SERVER and TALLYMAN_MAIL_FROM first.", kNotSetUp};
  }
  const book::MailJob mail{
      .to = *to,
      .subject = "[tallyman] test mail",
      .text = fmt::format("This mail was asked for by {}. Alerts will arrive in the same way.\n",
                          name_of(call.who)),
      .message_id = fmt::format("<test.{}@{}>", ports::random_hex128(*context.random),
                                domain_of(context.mail.from))};
  const auto job = ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    book::audit(tx, {.who = call.who.who, .action = "mail.test", .subject = *to});
    return book::enqueue_mail(tx, mail, call.who.who, "test mail", work::Priority::person).job;
  });
  wake(context);
  return json_response(202, json::object{{"job_id", job.value}});
}

std::span<const Route> alert_routes() {
  static constexpr std::array kListQuery = {
      QueryRow{"state", "string", "open (and snoozed), resolved or all; open when not given"},
      QueryRow{"limit", "integer", "rows of a page, at most 200"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/alerts",
            .operation = "listAlerts",
            .summary = "Alerts, newest first",
            .access = Access::viewer,
            .answer = list_alerts,
            .answers = "AlertPage",
            .query = kListQuery},
      Route{.method = "GET",
            .pattern = "/api/v1/alerts/{alert_id}",
            .operation = "getAlert",
            .summary = "One alert",
            .access = Access::viewer,
            .answer = get_alert,
            .answers = "Alert"},
      Route{.method = "POST",
            .pattern = "/api/v1/alerts/{alert_id}/ack",
            .operation = "acknowledgeAlert",
            .summary = "Somebody looks after it: no mail is sent about it",
            .access = Access::operator_,
            .answer = acknowledge_alert,
            .body = "AlertAck",
            .answers = "Alert"},
      Route{.method = "POST",
            .pattern = "/api/v1/alerts/{alert_id}/snooze",
            .operation = "snoozeAlert",
            .summary = "Hide it for a while, or until its facts change",
            .access = Access::operator_,
            .answer = snooze_alert,
            .body = "AlertSnooze",
            .answers = "Alert"},
      Route{.method = "POST",
            .pattern = "/api/v1/alerts/{alert_id}/resolve",
            .operation = "resolveAlert",
            .summary = "Leave it as it is: it returns when its facts change",
            .access = Access::operator_,
            .answer = resolve_alert,
            .body = "AlertResolve",
            .answers = "Alert"},
      Route{.method = "GET",
            .pattern = "/api/v1/mail",
            .operation = "getMail",
            .summary = "Whether mail is set up, and how the last one went",
            .access = Access::operator_,
            .answer = get_mail,
            .answers = "MailState"},
      Route{.method = "POST",
            .pattern = "/api/v1/mail/test",
            .operation = "testMail",
            .summary = "Send a test mail",
            .access = Access::operator_,
            .answer = test_mail,
            .body = "MailTest",
            .answers = "MailTestAsked",
            .status = 202},
  };
  return kRoutes;
}

}  // namespace tallyman::api
