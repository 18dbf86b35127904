// /api/v1/alerts and /api/v1/mail over alerts that stand in the book.
#include <map>
#include <string>
#include <vector>

#include "adapters/book/alerts.h"
#include "adapters/book/mail.h"
#include "api/api_test.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

class AlertsApi : public ApiTest {
 protected:
  template <class Work>
  auto write(Work work) {
    return ports::transact(story_.database(), ports::TxMode::write, std::move(work));
  }
  std::int64_t open(const std::string& subject,
                    alerts::Severity severity = alerts::Severity::warning) {
    return write([&](ports::Tx& tx) {
             return book::open_alert(tx, {.rule = "dead_jobs",
                                          .subject = subject,
                                          .severity = severity,
                                          .title = "1 job gave up: " + subject,
                                          .detail = "It said so.",
                                          .evidence = "/jobs/7"});
           })
        .value()
        .value;
  }
  static std::string path(std::int64_t id, const std::string& verb = {}) {
    return "/api/v1/alerts/" + std::to_string(id) + (verb.empty() ? "" : "/" + verb);
  }
  http_server::Response post(const std::string& target, std::string body) {
    return send("POST", target, {{"Content-Type", "application/json"}}, std::move(body));
  }
  json::object posted(const std::string& target, std::string body) {
    const auto response = post(target, std::move(body));
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body).as_object();
  }
  std::vector<std::int64_t> ids(const std::string& query) {
    std::vector<std::int64_t> all;
    const auto page = get("/api/v1/alerts" + query);
    for (const auto& item : page.at("items").as_array()) all.push_back(item.at("id").as_int64());
    return all;
  }
  std::vector<std::string> told() {
    std::vector<std::string> kinds;
    for (const auto& row : story_.rows("SELECT kind FROM live_events WHERE kind LIKE 'alert.%'")) {
      kinds.push_back(row[0]);
    }
    return kinds;
  }
};

using Ids = std::vector<std::int64_t>;

TEST_F(AlertsApi, ListsNewestFirstInPagesWithCountsOfAll) {
  for (int i = 0; i < 5; ++i) open(std::to_string(i));
  open("worse", alerts::Severity::critical);
  EXPECT_EQ(ids("?limit=4"), (Ids{6, 5, 4, 3}));
  EXPECT_EQ(ids("?limit=4&cursor=3"), (Ids{2, 1}));
  const auto counts = get("/api/v1/alerts?limit=1").at("counts");
  EXPECT_EQ(counts.at("open").as_int64(), 6);
  EXPECT_EQ(counts.at("critical").as_int64(), 1);
  EXPECT_EQ(counts.at("warning").as_int64(), 5);
}

TEST_F(AlertsApi, AnAcknowledgedOneHasAnOwnerAndAnAuditRow) {
  const auto id = open("a");
  const auto mine = posted(path(id, "ack"), "{}");
  EXPECT_FALSE(mine.at("owner").as_string().empty());
  EXPECT_EQ(mine.at("state").as_string(), "open");
  const auto bos = posted(path(id, "ack"), R"({"owner":"bo"})");
  EXPECT_EQ(bos.at("owner").as_string(), "bo");
  EXPECT_EQ(get("/api/v1/alerts").at("counts").at("acknowledged").as_int64(), 1);
  EXPECT_EQ(story_
                .rows("SELECT action || ' ' || subject || ' ' || detail FROM audit_log "
                      "ORDER BY audit_id")
                .back()[0],
            R"(alert.ack alert 1 {"owner":"bo"})");
  EXPECT_EQ(told(), (std::vector<std::string>{"alert.changed", "alert.changed"}));
}

TEST_F(AlertsApi, ASnoozedOneIsListedAndCountedApart) {
  const auto id = open("a");
  const auto snoozed = posted(path(id, "snooze"), R"({"hours":3})");
  EXPECT_EQ(snoozed.at("state").as_string(), "snoozed");
  EXPECT_EQ(ids("?state=open"), Ids{1});
  EXPECT_EQ(get("/api/v1/alerts").at("counts").at("open").as_int64(), 0);
  EXPECT_EQ(get("/api/v1/alerts").at("counts").at("snoozed").as_int64(), 1);
  story_.clock().advance(3h);
  EXPECT_EQ(get(path(id)).at("state").as_string(), "open");
  EXPECT_TRUE(get(path(id)).at("snoozed_until").is_null());
}

TEST_F(AlertsApi, AResolvedOneSaysWhyAndCannotBeChangedAgain) {
  const auto id = open("a");
  const auto resolved = posted(path(id, "resolve"), R"({"reason":"known, ordered a new disk"})");
  EXPECT_EQ(resolved.at("state").as_string(), "resolved");
  EXPECT_EQ(resolved.at("resolution").as_string(), "known, ordered a new disk");
  EXPECT_EQ(ids(""), Ids{});
  EXPECT_EQ(ids("?state=resolved"), Ids{1});
  EXPECT_EQ(ids("?state=all"), Ids{1});
  EXPECT_EQ(story_.one("SELECT COALESCE(CAST(ended_us AS TEXT), 'lasts') FROM alerts"), "lasts")
      << "it is remembered while its condition lasts";
  const std::map<std::string, std::string> bodies = {
      {"ack", "{}"}, {"snooze", R"({"hours":1})"}, {"resolve", R"({"reason":"again"})"}};
  for (const auto& [verb, body] : bodies) {
    EXPECT_EQ(post(path(id, verb), body).status, 409) << verb;
  }
  EXPECT_EQ(told(), std::vector<std::string>{"alert.closed"});
  EXPECT_EQ(story_.one("SELECT CAST(COUNT(*) AS TEXT) FROM audit_log"), "1")
      << "what was refused changed nothing";
}

TEST_F(AlertsApi, RefusesWhatItCannotAnswer) {
  const auto id = open("a");
  EXPECT_EQ(send("GET", path(77)).status, 404);
  EXPECT_EQ(send("GET", "/api/v1/alerts/x").status, 404);
  EXPECT_EQ(post(path(77, "ack"), "{}").status, 404);
  EXPECT_EQ(send("GET", "/api/v1/alerts?state=some").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/alerts?cursor=x").status, 400);
  EXPECT_EQ(post(path(id, "snooze"), R"({"hours":0})").status, 400);
  EXPECT_EQ(post(path(id, "snooze"), R"({"hours":721})").status, 400);
  EXPECT_EQ(post(path(id, "snooze"), "{}").status, 400);
  EXPECT_EQ(post(path(id, "resolve"), R"({"reason":"no"})").status, 400);
  EXPECT_EQ(post(path(id, "ack"), R"({"ownr":"bo"})").status, 400);
  EXPECT_EQ(get(path(id)).at("state").as_string(), "open");
}

class MailApi : public AlertsApi {
 protected:
  MailApi() {
    context_.random = &random_;
    context_.mail = {
        .configured = true,
        .server = "smtp.example.com:587",
        .from = "tally@example.com",
        .alerts_to = [](ports::Tx&) { return std::vector<std::string>{"ana@example.com"}; }};
  }
  timing::SeededRandom random_{5};
};

TEST_F(MailApi, TellsHowTheLastMailWent) {
  const auto before = get("/api/v1/mail");
  EXPECT_EQ(before.at("server").as_string(), "smtp.example.com:587");
  EXPECT_EQ(before.at("alerts_to").as_array().at(0).as_string(), "ana@example.com");
  EXPECT_TRUE(before.at("last_sent_at").is_null());
  EXPECT_TRUE(before.at("last_failure").is_null());
  write([](ports::Tx& tx) {
    const book::MailJob mail{.to = "a@b.c", .subject = "s", .text = "t", .message_id = "<m@b.c>"};
    book::log_mail(tx, JobId{1}, mail, book::MailOutcome::refused, "550 nobody");
    book::log_mail(tx, JobId{1}, mail, book::MailOutcome::accepted, "250 ok");
  });
  const auto after = get("/api/v1/mail");
  EXPECT_FALSE(after.at("last_sent_at").is_null());
  EXPECT_EQ(after.at("last_failure").at("message").as_string(), "550 nobody");
}

TEST_F(MailApi, ATestMailIsAJobOfItsOwnEachTime) {
  const auto first = post("/api/v1/mail/test", R"({"to":"ana@example.com"})");
  ASSERT_EQ(first.status, 202) << first.body;
  EXPECT_EQ(wakes_, 1);
  const auto second = post("/api/v1/mail/test", R"({"to":"ana@example.com"})");
  EXPECT_NE(first.body, second.body);
  const auto rows = story_.rows("SELECT args FROM jobs WHERE kind = 'send-mail'");
  ASSERT_EQ(rows.size(), 2U);
  const auto mail = book::mail_job_from_json(rows[0][0]).value();
  EXPECT_EQ(mail.to, "ana@example.com");
  EXPECT_TRUE(mail.message_id.ends_with("@example.com>")) << mail.message_id;
  EXPECT_EQ(story_.rows("SELECT action FROM audit_log").at(0)[0], "mail.test");
}

TEST_F(MailApi, ATestMailGoesToAnAddressOnly) {
  const std::vector<std::pair<std::string, int>> cases = {
      {"ana", 422}, {"a@b.c,d@e.f", 422}, {R"(a@b.c\r\nBcc: x@y.z)", 400}};
  for (const auto& [to, status] : cases) {
    EXPECT_EQ(post("/api/v1/mail/test", R"({"to":")" + to + "\"}").status, status) << to;
  }
  EXPECT_EQ(story_.one("SELECT CAST(COUNT(*) AS TEXT) FROM jobs"), "0");
}

TEST_F(AlertsApi, WithoutMailATestSaysWhatIsMissing) {
  const auto state = get("/api/v1/mail");
  EXPECT_FALSE(state.at("configured").as_bool());
  EXPECT_EQ(post("/api/v1/mail/test", R"({"to":"a@b.c"})").status, 409);
}

}  // namespace
}  // namespace tallyman::tests
