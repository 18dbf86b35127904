// Mails as jobs of a real worker against a real mail server process, on both databases.
#include "workflows/send_mail.h"

#include "adapters/book/alerts.h"
#include "adapters/book/mail.h"
#include "adapters/mail/smtp.h"
#include "engine/worker_test.h"
#include "support/smtp_server.h"
#include "workflows/alert_check.h"
#include "workflows/schedules.h"

namespace tallyman::engine {
namespace {

using tests::ClosedPort;
using tests::SmtpServer;

class SendMail : public Workers {
 protected:
  static mail::SmtpSettings settings_for(std::uint16_t port) {
    return {.server = "localhost",
            .port = port,
            .security = mail::Security::none,
            .from = "tally@example.com",
            .connect_timeout = 5s,
            .total_timeout = 20s};
  }
  std::unique_ptr<Worker> sender(ports::Mail* mail) {
    return worker({{"send-mail", workflows::send_mail_job(
                                     {.database = *database, .clock = clock, .mail = mail})}});
  }
  // An open alert, and the mail that tells of it.
  JobId mail_about_an_alert() {
    return ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
      const alerts::Finding finding{.rule = "disk_low",
                                    .subject = "the order book",
                                    .severity = alerts::Severity::critical,
                                    .title = "The disk is full",
                                    .detail = "Make room.",
                                    .evidence = "/settings"};
      const auto alert = book::open_alert(tx, finding).value();
      book::note_mail_queued(tx, alert);
      const book::MailJob mail{.to = "ana@example.com",
                               .subject = "[tallyman] critical: The disk is full",
                               .text = "critical: The disk is full  https://tally.example/\n",
                               .message_id = "<alert.1@example.com>",
                               .tells_of = {alert}};
      const auto job = book::enqueue_mail(tx, mail, "tallyman", "alerts", work::Priority::sync).job;
      EXPECT_TRUE(book::enqueue_mail(tx, mail, "tallyman", "alerts", work::Priority::sync).already)
          << "the same mail is one job";
      return job;
    });
  }
  // Waits for the end of attempt `number`, and makes the next one due at once.
  void after_attempt(JobId id, std::int64_t number) {
    when(id, [&](const book::Job& job) {
      return job.attempt == number && job.state == JobState::available;
    });
    database.script("UPDATE jobs SET run_at_us = 1");
  }
  std::vector<std::string> log() {
    std::vector<std::string> outcomes;
    for (const auto& row : database.rows("SELECT outcome FROM mail_log ORDER BY mail_id")) {
      outcomes.push_back(row[0]);
    }
    return outcomes;
  }
  std::string mailed() {
    return one("SELECT CASE WHEN mailed_us IS NULL THEN 'no' ELSE 'yes' END FROM alerts");
  }
};
INSTANTIATE_TEST_SUITE_P(Workflows, SendMail, kBothDialects, dialect_name);

using Texts = std::vector<std::string>;

TEST_P(SendMail, ARefusingServerDelaysTheMailAndLosesNothing) {
  std::uint16_t port = 0;
  const auto id = mail_about_an_alert();
  {
    const ClosedPort closed;
    port = closed.port();
    const auto smtp = mail::make_smtp(settings_for(port));
    const auto worker = sender(smtp.get());
    after_attempt(id, 1);
    after_attempt(id, 2);
  }
  EXPECT_EQ(mailed(), "no");
  EXPECT_EQ(one("SELECT state FROM alerts"), "open");
  const SmtpServer server("ok", 0, port);
  const auto smtp = mail::make_smtp(settings_for(port));
  database.script("UPDATE jobs SET run_at_us = 1");
  const auto worker = sender(smtp.get());
  when(id, JobState::done);
  const auto received = server.received();
  ASSERT_EQ(received.size(), 1U) << "one mail in effect";
  EXPECT_EQ(received[0].subject, "[tallyman] critical: The disk is full");
  EXPECT_EQ(received[0].text, "critical: The disk is full  https://tally.example/\n");
  EXPECT_EQ(log().front(), "failed");
  EXPECT_EQ(log().back(), "accepted");
  EXPECT_EQ(mailed(), "yes");
}

TEST_P(SendMail, NotNowIsTriedAgain) {
  const SmtpServer server("451", 2);
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  const auto id = mail_about_an_alert();
  const auto worker = sender(smtp.get());
  after_attempt(id, 1);
  after_attempt(id, 2);
  when(id, JobState::done);
  EXPECT_EQ(server.received().size(), 1U);
  EXPECT_EQ(log(), (Texts{"failed", "failed", "accepted"}));
}

TEST_P(SendMail, ARecipientThatIsRefusedForGoodIsDeadAtOnceAndTheAlertStands) {
  const SmtpServer server("550");
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  const auto id = mail_about_an_alert();
  const auto worker = sender(smtp.get());
  const auto dead = when(id, JobState::dead);
  EXPECT_EQ(dead.attempt, 1);
  EXPECT_NE(dead.message.find("no such person"), std::string::npos) << dead.message;
  EXPECT_EQ(dead.message.find("ana"), std::string::npos) << "it ends in the log: " << dead.message;
  EXPECT_EQ(log(), Texts{"refused"});
  EXPECT_EQ(mailed(), "no");
  EXPECT_EQ(one("SELECT state FROM alerts"), "open");
}

TEST_P(SendMail, ALostAnswerIsRepeatedWithTheSameMessageIdAndSaysSo) {
  const SmtpServer server("drop_after_data", 1);
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  const auto id = mail_about_an_alert();
  const auto worker = sender(smtp.get());
  after_attempt(id, 1);
  when(id, JobState::done);
  const auto received = server.received();
  ASSERT_EQ(received.size(), 2U);
  EXPECT_EQ(received[0].message_id, received[1].message_id);
  EXPECT_EQ(log(), (Texts{"unknown", "accepted"}));
  EXPECT_NE(attempts(id).at(0).find("it may arrive twice"), std::string::npos) << attempts(id)[0];
}

TEST_P(SendMail, WhatTheServerTookBeforeTheNodeDiedIsNotSentAgain) {
  const SmtpServer server;
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  const auto id = mail_about_an_alert();
  database.script(
      "INSERT INTO mail_log (message_id, recipient, subject, at_us, outcome, message) VALUES "
      "('<alert.1@example.com>', 'ana@example.com', 's', 1, 'accepted', '250')");
  const auto worker = sender(smtp.get());
  when(id, JobState::done);
  EXPECT_TRUE(server.received().empty());
}

TEST_P(SendMail, WithoutAMailServerItSaysWhatIsMissing) {
  const auto id = mail_about_an_alert();
  const auto worker = sender(nullptr);
  EXPECT_NE(when(id, JobState::dead).message.find("mail.server"), std::string::npos);
}

TEST_P(SendMail, ArgumentsThatAreNoMailAreDeadAtOnce) {
  const SmtpServer server;
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  book::NewJob job;
  job.kind = "send-mail";
  job.args = R"({"to":"ana@example.com"})";
  job.asked_by = job.why = "test";
  const auto id = add(job);
  const auto worker = sender(smtp.get());
  when(id, JobState::dead);
  EXPECT_TRUE(server.received().empty());
}

TEST_P(SendMail, ANewLineInAnAddressReachesNoServer) {
  const SmtpServer server;
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  const auto id = mail_about_an_alert();
  database.script(R"(UPDATE jobs SET args = REPLACE(args, 'ana@', 'ana@x.y\r\nBcc: eve@'))");
  const auto worker = sender(smtp.get());
  when(id, JobState::dead);
  EXPECT_TRUE(server.received().empty());
  EXPECT_EQ(log(), Texts{"refused"});
}

// From what is wrong to the mailbox, all of it as jobs of a worker.
TEST_P(SendMail, AnAlertReachesEverybodyOnceInOneMail) {
  const SmtpServer server;
  const auto smtp = mail::make_smtp(settings_for(server.port()));
  workflows::AlertCheckSettings rules;
  rules.table = workflows::settings_table();
  const settings::FileValue recipients{.key = "mail.alerts_to",
                                       .value = "ana@example.com, bo@example.com",
                                       .origin = "test",
                                       .allowed = ""};
  rules.configured = settings::Configured({&recipients, 1});
  rules.mail = {.from = "tally@example.com", .base_url = "https://tally.example"};
  rules.disk = [] { return alerts::DiskSeen{.what = "the order book", .free_bytes = 5U << 20U}; };
  database.script(
      "INSERT INTO quarantine (entity, entity_key, stream, error_class, problem, facts, encoding,"
      " first_seen_us, last_seen_us, run_id) VALUES ('order', '1', 'orders', 'c', 'p', '{}',"
      " 'plain', 1, 1, 'r')");
  const auto checker = worker(
      {{"alert-check", workflows::alert_check_job(*database, rules)},
       {"send-mail",
        workflows::send_mail_job({.database = *database, .clock = clock, .mail = smtp.get()})}});
  for (int minute = 0; minute < 4; ++minute) {
    when(add(workflows::next_alert_check()), JobState::done);
  }
  when_one("SELECT CAST(COUNT(mailed_us) AS TEXT) FROM alerts", "2");
  when_one("SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'send-mail' AND state = 'done'",
           "2");
  const auto received = server.received();
  ASSERT_EQ(received.size(), 2U);
  EXPECT_NE(received[0].rcpt_tos, received[1].rcpt_tos);
  EXPECT_EQ(received[0].subject,
            "[tallyman] critical: The disk of the order book has 5 MiB left (and 1 more)");
  EXPECT_EQ(received[0].text,
            "critical: The disk of the order book has 5 MiB left  https://tally.example/settings\n"
            "warning: 1 order in quarantine  "
            "https://tally.example/orders?status=needs_attention\n");
  EXPECT_EQ(received[0].header("Auto-Submitted"), Texts{"auto-generated"});
}

}  // namespace
}  // namespace tallyman::engine
