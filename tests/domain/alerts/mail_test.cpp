#include "domain/alerts/mail.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tallyman::alerts {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T15:00:00Z").value();
constexpr std::string_view kBase = "https://tally.example";

MailLine line(std::int64_t id, Severity severity, std::string title) {
  return {.id = {id}, .severity = severity, .title = std::move(title), .evidence = "/sync"};
}

TEST(AlertMail, TheSubjectCarriesTheWorstAndEveryLineItsLink) {
  const std::vector<MailLine> opened = {line(1, Severity::warning, "2 orders in quarantine"),
                                        line(2, Severity::critical, "ShipStation refuses")};
  const std::vector<MailLine> cleared = {line(3, Severity::critical, "It was silent")};
  const auto mail = mail_text(opened, cleared, kBase);
  EXPECT_EQ(mail.subject, "[tallyman] critical: ShipStation refuses (and 2 more)");
  EXPECT_EQ(mail.text,
            "critical: ShipStation refuses  https://tally.example/sync\n"
            "warning: 2 orders in quarantine  https://tally.example/sync\n"
            "resolved: It was silent  https://tally.example/sync\n");
}

TEST(AlertMail, AnAllClearAloneSaysSoInItsSubject) {
  EXPECT_EQ(mail_text({}, {{line(3, Severity::critical, "It was silent")}}, kBase).subject,
            "[tallyman] resolved: It was silent");
}

TEST(AlertMail, HasTenLinesAtMost) {
  std::vector<MailLine> opened;
  for (int i = 0; i < 10; ++i) opened.push_back(line(i, Severity::warning, "w"));
  EXPECT_EQ(std::ranges::count(mail_text(opened, {}, kBase).text, '\n'), 10);
  for (int i = 10; i < 40; ++i) opened.push_back(line(i, Severity::warning, "w"));
  const auto text = mail_text(opened, {}, kBase).text;
  EXPECT_EQ(std::ranges::count(text, '\n'), 10);
  EXPECT_NE(text.find("and 31 more: https://tally.example/alerts\n"), std::string::npos) << text;
}

TEST(AlertMail, ALineEndInATitleDoesNotBecomeALine) {
  const auto mail = mail_text({{line(1, Severity::warning, "a\r\nBcc: x")}}, {}, kBase);
  EXPECT_EQ(std::ranges::count(mail.text, '\n'), 1);
  EXPECT_EQ(mail.subject.find('\n'), std::string::npos);
}

TEST(AlertMail, TheSameMailToTheSamePersonHasTheSameId) {
  const std::vector<MailLine> one = {line(1, Severity::warning, "a")};
  const std::vector<MailLine> two = {line(2, Severity::warning, "a")};
  const auto id = message_id(one, {}, "ana@example.com", "example.com");
  EXPECT_EQ(id, message_id(one, {}, "ana@example.com", "example.com"));
  EXPECT_NE(id, message_id(one, {}, "bo@example.com", "example.com"));
  EXPECT_NE(id, message_id({}, one, "ana@example.com", "example.com"));
  EXPECT_NE(id, message_id(two, {}, "ana@example.com", "example.com"));
  EXPECT_TRUE(id.starts_with("<alert.") && id.ends_with("@example.com>")) << id;
}

Untold untold() {
  return {
      .id = {1}, .rule = "disk_low", .subject = "book", .severity = Severity::warning, .seen = 2};
}

TEST(AlertMail, IsOwedOnceForWhatASecondLookConfirmed) {
  auto alert = untold();
  EXPECT_TRUE(owes_mail(alert, kNow));
  alert.seen = 1;
  EXPECT_FALSE(owes_mail(alert, kNow)) << "a single look may have met a passing moment";
  alert = untold();
  alert.queued = true;
  EXPECT_FALSE(owes_mail(alert, kNow)) << "told already";
  alert = untold();
  alert.severity = Severity::info;
  EXPECT_FALSE(owes_mail(alert, kNow));
  alert = untold();
  alert.acknowledged = true;
  EXPECT_FALSE(owes_mail(alert, kNow)) << "somebody knows";
  alert = untold();
  alert.snoozed = true;
  EXPECT_FALSE(owes_mail(alert, kNow));
}

TEST(AlertMail, AboutTheSameThingWaitsAnHour) {
  auto alert = untold();
  alert.last_mail = kNow - 59min;
  EXPECT_FALSE(owes_mail(alert, kNow));
  alert.last_mail = kNow - 1h;
  EXPECT_TRUE(owes_mail(alert, kNow)) << "it is still true and was not told: it is told late";
}

TEST(AlertMail, NeverTellsOfMailThatCannotBeSent) {
  auto alert = untold();
  alert.rule = "dead_jobs";
  alert.subject = "send-mail";
  EXPECT_FALSE(owes_mail(alert, kNow));
  alert.subject = "shipstation-sync";
  EXPECT_TRUE(owes_mail(alert, kNow));
}

TEST(AlertMail, AnAllClearIsOwedForCriticalOnesThatWereTold) {
  EXPECT_TRUE(owes_all_clear(Severity::critical, true));
  EXPECT_FALSE(owes_all_clear(Severity::critical, false));
  EXPECT_FALSE(owes_all_clear(Severity::warning, true));
}

}  // namespace
}  // namespace tallyman::alerts
