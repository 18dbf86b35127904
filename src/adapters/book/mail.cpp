#include "adapters/book/mail.h"

#include <boost/json.hpp>

#include "adapters/book/sql/mail.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

// 1 + 16 + 81 + … s: a mail server that is away for an hour is waited for.
constexpr int kAttempts = 8;
constexpr Micros kTimeout = std::chrono::minutes{3};

std::string_view word(MailOutcome outcome) {
  switch (outcome) {
    case MailOutcome::accepted: return "accepted";
    case MailOutcome::failed: return "failed";
    case MailOutcome::refused: return "refused";
    case MailOutcome::unknown: return "unknown";
  }
  return "?";
}

}  // namespace

std::string to_json(const MailJob& mail) {
  json::array alerts;
  for (const auto id : mail.tells_of) alerts.push_back(id.value);
  return json::serialize(json::object{{"to", mail.to},
                                      {"subject", mail.subject},
                                      {"text", mail.text},
                                      {"message_id", mail.message_id},
                                      {"alerts", std::move(alerts)}});
}

Result<MailJob> mail_job_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    const auto& members = value.as_object();
    MailJob mail{.to = json::value_to<std::string>(members.at("to")),
                 .subject = json::value_to<std::string>(members.at("subject")),
                 .text = json::value_to<std::string>(members.at("text")),
                 .message_id = json::value_to<std::string>(members.at("message_id"))};
    for (const auto& id : members.at("alerts").as_array()) {
      mail.tells_of.push_back({id.to_number<std::int64_t>()});
    }
    return mail;
  } catch (const std::exception& reason) {
    return problem(std::string("the arguments of a mail cannot be read: ") + reason.what());
  }
}

Enqueued enqueue_mail(ports::Tx& tx, const MailJob& mail, std::string_view asked_by,
                      std::string_view why, work::Priority priority) {
  NewJob job;
  job.kind = kSendMail;
  job.args = to_json(mail);
  job.unique_key = "mail:" + mail.message_id;
  job.priority = priority;
  job.asked_by = asked_by;
  job.why = why;
  job.timeout = kTimeout;
  job.max_attempts = kAttempts;
  return enqueue(tx, job);
}

void log_mail(ports::Tx& tx, JobId job, const MailJob& mail, MailOutcome outcome,
              std::string_view message) {
  ports::execute<sql::AddMailLog>(tx, {.message_id = mail.message_id,
                                       .job_id = job.value,
                                       .recipient = mail.to,
                                       .subject = mail.subject,
                                       .now_us = tx.now(),
                                       .outcome = word(outcome),
                                       .message = message});
}

std::optional<Instant> accepted_at(ports::Tx& tx, std::string_view message_id) {
  const auto row = ports::select_one<sql::FindAcceptedMail>(tx, {.message_id = message_id});
  if (!row) return std::nullopt;
  return row->at_us;
}

MailHistory mail_history(ports::Tx& tx) {
  MailHistory history;
  if (const auto row = ports::select_one<sql::LastAcceptedMail>(tx, {})) {
    history.last_sent = row->at_us;
  }
  if (auto row = ports::select_one<sql::LastFailedMail>(tx, {})) {
    history.last_failure = {
        .at = row->at_us, .outcome = std::move(row->outcome), .message = std::move(row->message)};
  }
  return history;
}

}  // namespace tallyman::book
