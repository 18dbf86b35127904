// Whole sequences of checks on both databases; time passes by moving what stands in the book back.
#include "workflows/alert_check.h"

#include <fstream>
#include <iterator>

#include "adapters/book/alerts.h"
#include "adapters/book/mail.h"
#include "adapters/book/nodes.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"
#include "domain/alerts/rules.h"
#include "tests/adapters/book/book_on_both.h"
#include "workflows/schedules.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using workflows::AlertCheckResult;
using workflows::AlertCheckSettings;

AlertCheckSettings settings_with_mail() {
  AlertCheckSettings rules;
  rules.partners = {{.name = "shipstation",
                     .title = "ShipStation",
                     .credentials = alerts::Credentials::complete,
                     .fingerprint = "f1"}};
  rules.table = workflows::settings_table();
  const settings::FileValue recipients{.key = "mail.alerts_to",
                                       .value = "ana@example.com, bo@example.com",
                                       .origin = "test",
                                       .allowed = ""};
  rules.configured = settings::Configured({&recipients, 1});
  rules.mail = {.from = "tally@example.com", .base_url = "https://tally.example"};
  return rules;
}

class AlertCheck : public BookOnBoth {
 protected:
  AlertCheck() {
    // It is daily, and these tests run at any time of day.
    database.script("DELETE FROM workflow_controls WHERE workflow_name <> 'shipstation-sync'");
    beat("n1", "web1, process 1 #a");
    sync_ran("ok");
  }

  AlertCheckResult check() {
    // A minute passes between two checks; nothing of it is a fact.
    return workflows::check_alerts(
        *database, [&](const std::function<void(ports::Tx&)>& work) { write(work); }, rules);
  }
  AlertCheckResult check_twice() {
    check();
    return check();
  }

  void beat(const std::string& id, const std::string& holder, book::NodeSetup setup = {}) {
    write([&](ports::Tx& tx) {
      book::beat_node(tx,
                      {.id = id, .holder = holder, .version = "test", .setup = std::move(setup)});
    });
  }
  // Two nodes with keys of their own, both alive.
  void two_keys() {
    for (const std::string number : {"1", "2"}) {
      beat("k" + number, "web" + number + ", process 7 #k",
           {.partners = {{.partner = "shipstation",
                          .credentials = "complete",
                          .fingerprint = "f" + number}}});
    }
  }
  // What the check of another node comes to, whose own credentials are these.
  AlertCheckResult check_at(alerts::Credentials credentials, const std::string& fingerprint) {
    const auto kept = rules.partners;
    rules.partners[0].credentials = credentials;
    rules.partners[0].fingerprint = fingerprint;
    const auto result = check();
    rules.partners = kept;
    return result;
  }
  // A run of the sync that ends now.
  void sync_ran(const std::string& outcome, const std::string& failure = {},
                const std::string& key = "f1") {
    const RunId run{std::to_string(++runs_)};
    write([&](ports::Tx& tx) {
      book::start_run(tx, kDefaultAccount, run, "shipstation-sync",
                      {.why = "schedule", .asked_by = "schedule"}, key);
      book::Ending ending{.outcome = outcome == "ok" ? book::Outcome::ok : book::Outcome::failed,
                          .message = "It said so.",
                          .failure = std::nullopt};
      if (!failure.empty()) ending.failure = failure;
      book::finish_run(tx, run, ending, {});
      if (outcome == "ok") {
        book::put_watermark(tx, kDefaultAccount, "shipstation-sync", tx.now() - 1h, tx.now() - 5s);
      }
    });
  }
  void age(const std::string& sql) { database.script(sql); }
  std::string minus(const std::string& column, Micros length) {
    return column + " = " + column + " - " + std::to_string(length.count());
  }

  // "rule subject state resolution" of every alert, oldest first.
  std::vector<std::string> alerts() {
    std::vector<std::string> all;
    for (const auto& row : database.rows(
             "SELECT rule || ' ' || subject || ' ' || state || COALESCE(' ' || resolution, '') "
             "FROM alerts ORDER BY alert_id")) {
      all.push_back(row[0]);
    }
    return all;
  }
  std::vector<std::string> events() {
    std::vector<std::string> all;
    for (const auto& row :
         database.rows("SELECT kind || ' ' || data FROM live_events WHERE kind LIKE 'alert.%' "
                       "ORDER BY event_id")) {
      all.push_back(row[0]);
    }
    return all;
  }
  std::vector<book::MailJob> mails() {
    std::vector<book::MailJob> all;
    for (const auto& row :
         database.rows("SELECT args FROM jobs WHERE kind = 'send-mail' ORDER BY job_id")) {
      all.push_back(book::mail_job_from_json(row[0]).value());
    }
    return all;
  }
  alerts::AlertId newest() {
    return {std::stoll(one("SELECT CAST(MAX(alert_id) AS TEXT) FROM alerts"))};
  }
  void resolve_by_person() {
    const auto id = newest();
    ASSERT_TRUE(write([&](ports::Tx& tx) {
      return book::resolve_alert(tx, id, "user:ana", "seen", book::Condition::lasts);
    }));
  }
  void snooze_for_an_hour() {
    const auto id = newest();
    write([&](ports::Tx& tx) { book::snooze_alert(tx, id, tx.now() + 1h); });
  }
  void quarantine(int id) {
    database.script(
        "INSERT INTO quarantine (entity, entity_key, stream, error_class, problem, facts, encoding,"
        " first_seen_us, last_seen_us, run_id) VALUES ('order', '" +
        std::to_string(id) + "', 'orders', 'unreadable', 'p', '{}', 'plain', " +
        std::to_string(to_micros(database.clock().now())) + ", 1, 'r')");
  }
  void cure(int id) {
    database.script("UPDATE quarantine SET state = 'resolved' WHERE entity_key = '" +
                    std::to_string(id) + "'");
  }

  AlertCheckSettings rules = settings_with_mail();
  int runs_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Workflows, AlertCheck, kBothDialects, dialect_name);

TEST_P(AlertCheck, FindsNothingWhereNothingIsWrongAndWritesNothing) {
  const auto result = check();
  EXPECT_EQ(result.found, 0) << testing::PrintToString(alerts());
  EXPECT_EQ(alerts(), std::vector<std::string>{});
}

TEST_P(AlertCheck, AResolvedAlertStaysResolvedUntilItsFactsChange) {
  quarantine(1);
  EXPECT_EQ(check().opened, 1);
  resolve_by_person();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(check().opened, 0);
  quarantine(2);
  EXPECT_EQ(check().opened, 1) << "another document is news";
  EXPECT_EQ(alerts(), (std::vector<std::string>{"quarantine_not_empty quarantine resolved seen",
                                                "quarantine_not_empty quarantine open"}));
  cure(2);
  EXPECT_EQ(check().closed, 0) << "one still waits";
  EXPECT_EQ(alerts().back(), "quarantine_not_empty quarantine open");
}

TEST_P(AlertCheck, WhatEndsIsClosedAndWhatComesBackIsNew) {
  quarantine(1);
  check();
  cure(1);
  EXPECT_EQ(check().closed, 1);
  EXPECT_EQ(alerts().back(), "quarantine_not_empty quarantine resolved no longer true");
  EXPECT_EQ(one("SELECT resolved_by FROM alerts"), "tallyman");
  database.script("UPDATE quarantine SET state = 'open'");  // the very same facts
  EXPECT_EQ(check().opened, 1);
  EXPECT_EQ(alerts().size(), 2U);
}

TEST_P(AlertCheck, APersonsResolutionIsForgottenWhenTheConditionEnds) {
  quarantine(1);
  check();
  resolve_by_person();
  check();
  cure(1);
  check();
  EXPECT_EQ(alerts(), (std::vector<std::string>{"quarantine_not_empty quarantine resolved seen"}));
  database.script("UPDATE quarantine SET state = 'open'");
  EXPECT_EQ(check().opened, 1) << "it was over; now it is there again";
}

TEST_P(AlertCheck, AnOpenAlertIsSeenAgainWithItsNewestWords) {
  quarantine(1);
  check();
  quarantine(2);
  check();
  EXPECT_EQ(alerts().size(), 1U);
  EXPECT_EQ(one("SELECT CAST(seen AS TEXT) FROM alerts"), "2");
  EXPECT_EQ(one("SELECT title FROM alerts"), "2 orders in quarantine");
}

TEST_P(AlertCheck, PagesAreToldWhenAlertsOpenAndClose) {
  quarantine(1);
  check_twice();
  cure(1);
  check_twice();
  EXPECT_EQ(events(), (std::vector<std::string>{R"(alert.opened {"id":1,"severity":"warning"})",
                                                R"(alert.closed {"id":1,"severity":"warning"})"}));
}

TEST_P(AlertCheck, ASnoozeHidesUntilItsTimeOrUntilTheFactsChange) {
  quarantine(1);
  check();
  snooze_for_an_hour();
  EXPECT_EQ(check().mails, 0);
  age("UPDATE alerts SET " + minus("snoozed_until_us", 1h));
  check();
  EXPECT_EQ(events().size(), 2U) << "it shows again";
  EXPECT_EQ(one("SELECT COALESCE(CAST(snoozed_until_us AS TEXT), 'none') FROM alerts"), "none");
  snooze_for_an_hour();
  quarantine(2);
  check();
  EXPECT_EQ(events().size(), 3U) << "a snooze is about the facts of its time";
}

TEST_P(AlertCheck, ASilentNodeIsNoticedByAnother) {
  beat("n2", "web2, process 7 #b");
  EXPECT_EQ(check().found, 0);
  age("UPDATE nodes SET " + minus("heartbeat_us", 3min) + " WHERE node_id = 'n2'");
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"node_silent n2 open"});
  EXPECT_EQ(one("SELECT title FROM alerts").substr(0, 36), "web2, process 7 has been silent for ");
  beat("n2", "web2, process 7 #b");
  EXPECT_EQ(check().closed, 1);
}

TEST_P(AlertCheck, ANodeThatSaidItStopsOrWasStartedAgainIsNotSilent) {
  beat("n2", "web2, process 7 #b");
  age("UPDATE nodes SET " + minus("heartbeat_us", 3min) + " WHERE node_id = 'n2'");
  beat("n3", "web2, process 8 #c");
  EXPECT_EQ(check().found, 0) << "process 8 took its place";
  beat("n4", "web4, process 1 #d");
  age("UPDATE nodes SET stopped_us = 1, " + minus("heartbeat_us", 3min) + " WHERE node_id = 'n4'");
  EXPECT_EQ(check().found, 0);
}

TEST_P(AlertCheck, AClockThatJumpsMakesNoNodeSilent) {
  beat("n2", "web2, process 7 #b");
  age("UPDATE nodes SET " + minus("heartbeat_us", 1h));  // all at once: the clock went ahead
  for (const auto& alert : (check(), alerts())) EXPECT_EQ(alert.find("node_silent"), 0U) << alert;
  EXPECT_EQ(alerts(), std::vector<std::string>{});
}

TEST_P(AlertCheck, CredentialsRefusedIsOneAlertAndEndsWithAGoodRun) {
  for (int i = 0; i < 4; ++i) sync_ran("failed", "credentials refused");
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"credentials_refused shipstation open"});
  sync_ran("failed", "timeout");
  check();
  EXPECT_EQ(alerts().size(), 1U) << "a timeout tells nothing about credentials";
  sync_ran("ok");
  EXPECT_EQ(check().closed, 1);
}

TEST_P(AlertCheck, TwoNodesWithDifferentKeysAgreeAboutTheOneThatIsRefused) {
  two_keys();
  for (int i = 0; i < 3; ++i) {
    sync_ran("failed", "credentials refused", "f2");
    check_at(alerts::Credentials::complete, "f2");
    sync_ran("ok", {}, "f1");
    check_at(alerts::Credentials::complete, "f1");
  }
  EXPECT_EQ(alerts(), std::vector<std::string>{"credentials_refused shipstation open"});
  EXPECT_EQ(events().size(), 1U) << "neither closed nor opened again";
  EXPECT_EQ(one("SELECT title FROM alerts"),
            "ShipStation refuses the credentials of web2, process 7");
  sync_ran("ok", {}, "f2");
  EXPECT_EQ(check_at(alerts::Credentials::complete, "f1").closed, 1);
}

TEST_P(AlertCheck, AKeyThatNoNodeHasAnyMoreIsNoAlarm) {
  two_keys();
  sync_ran("failed", "credentials refused", "f2");
  sync_ran("ok", {}, "f1");
  check();
  EXPECT_EQ(alerts().size(), 1U);
  age("UPDATE nodes SET stopped_us = 1 WHERE node_id = 'k2'");
  EXPECT_EQ(check().closed, 1);
}

TEST_P(AlertCheck, ANewKeyThatNoRunHasTriedDoesNotEndTheAlarmOfTheOld) {
  sync_ran("failed", "credentials refused", "f1");
  check();
  EXPECT_EQ(check_at(alerts::Credentials::complete, "f3").closed, 0);
  EXPECT_EQ(alerts(), std::vector<std::string>{"credentials_refused shipstation open"});
  sync_ran("ok", {}, "f3");
  EXPECT_EQ(check_at(alerts::Credentials::complete, "f3").closed, 1);
}

TEST_P(AlertCheck, ANodeWithoutCredentialsJudgesByThoseOfTheOthers) {
  two_keys();
  EXPECT_EQ(check_at(alerts::Credentials::none, {}).found, 0);
  age("UPDATE nodes SET " + minus("started_us", 24h));
  age("UPDATE runs SET " + minus("started_us", 18min) + ", " + minus("finished_us", 18min));
  check_at(alerts::Credentials::complete, "f1");
  EXPECT_EQ(alerts(), std::vector<std::string>{"schedule_missed shipstation-sync open"});
  EXPECT_EQ(check_at(alerts::Credentials::none, {}).closed, 0);
  age("UPDATE nodes SET stopped_us = 1 WHERE node_id LIKE 'k%'");
  check_at(alerts::Credentials::none, {});
  EXPECT_EQ(alerts().back(), "credentials_missing shipstation open") << "now nobody has them";
}

TEST_P(AlertCheck, OneHalfOfACredentialIsToldWhoeverJudges) {
  two_keys();
  beat("k3", "web3, process 7 #k",
       {.partners = {{.partner = "shipstation", .credentials = "incomplete"}}});
  check_at(alerts::Credentials::complete, "f1");
  check_at(alerts::Credentials::none, {});
  EXPECT_EQ(alerts(), std::vector<std::string>{"credentials_missing shipstation open"});
  EXPECT_EQ(one("SELECT severity || ' ' || title FROM alerts"),
            "warning One of ShipStation's credentials is missing on web3, process 7");
}

TEST_P(AlertCheck, ASetUpPartnerThatLosesItsCredentialsIsAnAlarmANewInstallationIsNot) {
  rules.partners[0].credentials = alerts::Credentials::none;
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"credentials_missing shipstation open"});
  database.script("DELETE FROM alerts");
  database.script("DELETE FROM sync_watermark");
  EXPECT_EQ(check().found, 0);
}

TEST_P(AlertCheck, ASyncThatFallsSilentIsNoticedAndOneThatIsOffIsNot) {
  age("UPDATE nodes SET " + minus("started_us", 24h));
  age("UPDATE runs SET " + minus("started_us", 18min) + ", " + minus("finished_us", 18min));
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"schedule_missed shipstation-sync open"});
  database.script("UPDATE workflow_controls SET enabled = 0");
  EXPECT_EQ(check().closed, 1);
  database.script("UPDATE workflow_controls SET enabled = 1");
  age("UPDATE sync_watermark SET " + minus("read_until_us", 3h));
  age("UPDATE runs SET " + minus("started_us", 3h) + ", " + minus("finished_us", 3h));
  check();
  EXPECT_EQ(alerts().size(), 3U) << testing::PrintToString(alerts());
}

TEST_P(AlertCheck, AWorkflowThatHasNeverRunIsMissedToo) {
  database.script("DELETE FROM runs");
  database.script("DELETE FROM sync_watermark");
  EXPECT_EQ(check().found, 0) << "the server has just started";
  age("UPDATE nodes SET " + minus("started_us", 18min));
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"schedule_missed shipstation-sync open"});
}

TEST_P(AlertCheck, ADeadJobIsCuredByAskingAgainOrByALaterGoodRun) {
  const auto dead = [&](const std::string& kind) {
    const auto job = write([&](ports::Tx& tx) {
      book::NewJob row;
      row.kind = kind;
      row.asked_by = row.why = "test";
      return book::enqueue(tx, row).job;
    });
    age("UPDATE jobs SET state = 'dead', finished_us = enqueued_us, message = 'no' "
        "WHERE job_id = " +
        std::to_string(job.value));
    return std::to_string(job.value);
  };
  const auto first = dead("report");
  dead("shipstation-sync");
  check();
  EXPECT_EQ(alerts(),
            (std::vector<std::string>{"dead_jobs report open", "dead_jobs shipstation-sync open"}));
  sync_ran("ok");
  EXPECT_EQ(check().closed, 1);
  age("INSERT INTO jobs (kind, priority, state, asked_by, why, enqueued_us, run_at_us, timeout_us,"
      " max_attempts, redrive_of) VALUES ('report', 0, 'available', 'a', 'b', 1, 1, 1, 1, " +
      first + ")");
  EXPECT_EQ(check().closed, 1);
}

TEST_P(AlertCheck, AnUnknownStatusBlocksNobodyAndIsTold) {
  database.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, source_system) VALUES "
      "('1', '2026-11-20', 'teleported', 'X-Cart'), ('2', '2026-11-20', 'shipped', 'X-Cart'), "
      "('3', '2026-11-20', 'awaiting_shipment', 'X-Cart')");
  check();
  EXPECT_EQ(alerts(), std::vector<std::string>{"unknown_status teleported open"});
}

TEST_P(AlertCheck, AFullDiskAndABreakerAreTold) {
  rules.disk = [] { return alerts::DiskSeen{.what = "the order book", .free_bytes = 5U << 20U}; };
  database.script(
      "INSERT INTO breakers (partner, state, opened_us, changed_us, reason) VALUES "
      "('shipstation', 'open', 1, 1, 'Five timeouts.')");
  check();
  EXPECT_EQ(alerts(), (std::vector<std::string>{"breaker_open shipstation open",
                                                "disk_low the order book open"}));
}

TEST(AlertPage, DocumentsEveryRule) {
  std::ifstream page(std::string(TALLYMAN_SOURCE_DIR) + "/docs/alerts.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  for (const auto& rule : alerts::rules()) {
    EXPECT_NE(text.find("| `" + std::string(rule.key) + "` |"), std::string::npos) << rule.key;
    EXPECT_NE(text.find("| " + std::string(rule.says) + " |"), std::string::npos) << rule.key;
  }
}

// ---------------------------------------------------------------------------------------- mail

TEST_P(AlertCheck, AllThatOpenedIsOneMailPerRecipientAfterASecondLook) {
  quarantine(1);
  for (int i = 0; i < 3; ++i) sync_ran("failed", "timeout");
  EXPECT_EQ(check().mails, 0);
  EXPECT_EQ(check().mails, 2);
  EXPECT_EQ(check().mails, 0) << "not again while open";
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].to, "ana@example.com");
  EXPECT_EQ(sent[1].to, "bo@example.com");
  EXPECT_EQ(sent[0].subject,
            "[tallyman] critical: shipstation-sync failed 3 times in a row (and 1 more)");
  EXPECT_EQ(sent[0].text,
            "critical: shipstation-sync failed 3 times in a row  https://tally.example/sync\n"
            "warning: 1 order in quarantine  "
            "https://tally.example/orders?status=needs_attention\n");
  EXPECT_NE(sent[0].message_id, sent[1].message_id);
  EXPECT_EQ(sent[0].tells_of.size(), 2U);
}

TEST_P(AlertCheck, TheRecipientsOfTheDatabaseWinAndNobodyMeansNoMail) {
  quarantine(1);
  database.script(
      "INSERT INTO configuration_params (category, parameter_name, value) VALUES "
      "('mail', 'alerts_to', 'cy@example.com')");
  EXPECT_EQ(check_twice().mails, 1);
  EXPECT_EQ(mails().at(0).to, "cy@example.com");
  database.script("UPDATE configuration_params SET value = ''");
  cure(1);
  check();
  quarantine(2);
  EXPECT_EQ(check_twice().mails, 0);
  EXPECT_EQ(one("SELECT CAST(COUNT(mail_queued_us) AS TEXT) FROM alerts"), "1");
}

TEST_P(AlertCheck, WithoutMailAlertsStandOnThePageAndAreToldOnceItIsThere) {
  rules.mail.reset();
  quarantine(1);
  EXPECT_EQ(check_twice().mails, 0);
  EXPECT_EQ(alerts().size(), 1U);
  rules = settings_with_mail();
  EXPECT_EQ(check().mails, 2);
}

TEST_P(AlertCheck, ANodeWithoutMailHasALivingOneSendIt) {
  rules.mail.reset();
  beat(
      "m1", "web1, process 8 #m",
      {.kinds = {"send-mail"}, .mail_from = "t@mail.example", .page_url = "https://there.example"});
  quarantine(1);
  EXPECT_EQ(check_twice().mails, 2);
  EXPECT_NE(mails().at(0).text.find("https://there.example/orders"), std::string::npos);
  age("UPDATE nodes SET stopped_us = 1 WHERE node_id = 'm1'");
  quarantine(2);
  EXPECT_EQ(check_twice().mails, 0);
}

TEST_P(AlertCheck, ACriticalOneThatEndsByItselfIsToldAWarningIsNot) {
  quarantine(1);
  for (int i = 0; i < 3; ++i) sync_ran("failed", "timeout");
  check_twice();
  sync_ran("ok");
  cure(1);
  const auto result = check();
  EXPECT_EQ(result.closed, 2);
  EXPECT_EQ(result.mails, 2);
  EXPECT_EQ(mails().at(2).subject, "[tallyman] resolved: shipstation-sync failed 3 times in a row");
  EXPECT_EQ(mails().at(2).text,
            "resolved: shipstation-sync failed 3 times in a row  https://tally.example/sync\n");
}

TEST_P(AlertCheck, WhatFlapsIsMailedOnceAnHour) {
  for (int i = 0; i < 5; ++i) {
    quarantine(i);
    check_twice();
    cure(i);
    check();
  }
  EXPECT_EQ(alerts().size(), 5U);
  EXPECT_EQ(mails().size(), 2U) << "one per recipient";
  age("UPDATE alerts SET " + minus("mail_queued_us", 1h));
  quarantine(9);
  EXPECT_EQ(check_twice().mails, 2);
}

TEST_P(AlertCheck, AMailIsWrittenWithTheAlertOrNotAtAll) {
  quarantine(1);
  check();
  EXPECT_THROW(workflows::check_alerts(
                   *database,
                   [&](const std::function<void(ports::Tx&)>& work) {
                     write([&](ports::Tx& tx) {
                       work(tx);
                       throw std::runtime_error("the node dies");
                     });
                   },
                   rules),
               std::runtime_error);
  EXPECT_EQ(mails().size(), 0U);
  EXPECT_EQ(check().mails, 2);
}

TEST_P(AlertCheck, TwoChecksAtOnceOpenOneAlert) {
  quarantine(1);
  const auto other = database.open_again();
  const alerts::Finding finding{
      .rule = "r", .subject = "s", .title = "t", .detail = "d", .evidence = "/"};
  EXPECT_TRUE(write([&](ports::Tx& tx) { return book::open_alert(tx, finding); }));
  EXPECT_FALSE(ports::transact(*other, ports::TxMode::write,
                               [&](ports::Tx& tx) { return book::open_alert(tx, finding); }));
}

}  // namespace
}  // namespace tallyman::tests
