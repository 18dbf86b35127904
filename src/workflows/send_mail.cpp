#include "workflows/send_mail.h"

#include <fmt/format.h>

#include "adapters/book/alerts.h"
#include "adapters/book/mail.h"
#include "ports/statements.h"

namespace tallyman::workflows {

namespace {

using engine::JobContext;
using engine::JobDone;
using engine::JobEnd;
using engine::JobFailed;

book::MailOutcome outcome_of(ports::MailError error) {
  if (error == ports::MailError::unknown) return book::MailOutcome::unknown;
  return ports::is_worth_repeating(error) ? book::MailOutcome::failed : book::MailOutcome::refused;
}

// Mail servers like to repeat addresses; what they say ends in messages and logs.
std::string without_addresses(const std::string& text) {
  const auto ends = [](char c) { return c == ' ' || c == '<' || c == '>' || c == ',' || c == ';'; };
  std::string shown;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && !ends(text[end])) ++end;
    const auto word = text.substr(begin, end - begin);
    shown += word.find('@') == std::string::npos ? word : "…";
    if (end < text.size()) shown += text[end];
    begin = end + 1;
  }
  return shown;
}

JobEnd taken(JobContext& job, const book::MailJob& mail, const std::string& said) {
  const std::string answer = without_addresses(said);
  job.transact([&](ports::Tx& tx) {
    book::log_mail(tx, job.job(), mail, book::MailOutcome::accepted, answer);
    for (const auto alert : mail.tells_of) book::note_mailed(tx, alert);
  });
  return JobDone{.message = "The mail server took it: " + answer};
}

JobEnd failed(JobContext& job, const book::MailJob& mail, const ports::MailFailure& failure) {
  std::string what = without_addresses(failure.what);
  if (failure.kind == ports::MailError::unknown) {
    what += ". It is sent again with the same Message-ID, so it may arrive twice";
  }
  job.transact(
      [&](ports::Tx& tx) { book::log_mail(tx, job.job(), mail, outcome_of(failure.kind), what); });
  return JobFailed{.message = std::move(what),
                   .permanent = !ports::is_worth_repeating(failure.kind)};
}

}  // namespace

engine::JobHandler send_mail_job(MailParts parts) {
  return [parts](JobContext& job) -> JobEnd {
    const auto mail = book::mail_job_from_json(job.args());
    if (!mail) return JobFailed{.message = mail.error().what, .permanent = true};
    // The last attempt may have died between the server's answer and its own end.
    const auto before = ports::transact(parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
      return book::accepted_at(tx, mail->message_id);
    });
    if (before) return JobDone{.message = "The mail server had taken it already."};
    if (parts.mail == nullptr) {
      return JobFailed{.message = "Mail is not set up: mail.server and mail.from are needed.",
                       .permanent = true};
    }
    const auto result = parts.mail->send({.to = mail->to,
                                          .subject = mail->subject,
                                          .text = mail->text,
                                          .message_id = mail->message_id,
                                          .date = parts.clock.now()},
                                         job.stop());
    return result ? taken(job, *mail, result->answer) : failed(job, *mail, result.error());
  };
}

}  // namespace tallyman::workflows
