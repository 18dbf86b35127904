// What not every eye may see: addresses of people and the text of mails.
#include "adapters/book/mail.h"
#include "api/door_test.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

class Eyes : public DoorTest {
 protected:
  Eyes() {
    context_.file_settings = {
        {"mail.from", "tally@example.com", "tallyman.toml:9", "an address"},
        {"timezone", "America/Chicago", "default", "a zone name such as America/Chicago"}};
  }
  http_server::Response as(const std::string& role, const std::string& path) {
    http_server::Request request;
    request.method = "GET";
    request.path = path;
    request.peer = "10.0.0.9";
    request.headers = {{"Host", std::string(kHost)},
                       {"Authorization", "Bearer " + add_token(role)}};
    return send(request);
  }
};
INSTANTIATE_TEST_SUITE_P(Api, Eyes,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(Eyes, AViewerDoesNotReadOtherPeoplesMail) {
  const auto job = ports::transact(*database_, ports::TxMode::write, [](ports::Tx& tx) {
    return book::enqueue_mail(tx,
                              {.to = "ben@example.com",
                               .subject = "[tallyman] nine oats",
                               .text = "nine oats are missing",
                               .message_id = "<1@example.com>"},
                              "schedule", "alerts", work::Priority::sync)
        .job;
  });
  const auto path = "/api/v1/jobs/" + std::to_string(job.value);
  const auto seen = as("viewer", path);
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.body.find("oats"), std::string::npos) << seen.body;
  EXPECT_EQ(seen.body.find("ben@"), std::string::npos);
  EXPECT_EQ(as("viewer", "/api/v1/jobs").body.find("oats"), std::string::npos);
  EXPECT_NE(as("operator", path).body.find("nine oats are missing"), std::string::npos);
}

TEST_P(Eyes, AViewerSeesNoSettingsOfMail) {
  ports::transact(*database_, ports::TxMode::write, [](ports::Tx& tx) {
    tx.script(
        "INSERT INTO configuration_params (category, parameter_name, value) "
        "VALUES ('mail', 'alerts_to', 'ben@example.com')");
  });
  const auto seen = as("viewer", "/api/v1/settings");
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.body.find("@example.com"), std::string::npos) << seen.body;
  EXPECT_EQ(seen.body.find("mail."), std::string::npos) << seen.body;
  EXPECT_NE(seen.body.find("timezone"), std::string::npos);
  EXPECT_EQ(as("viewer", "/api/v1/settings/mail.alerts_to/history").status, 403);
  EXPECT_EQ(as("viewer", "/api/v1/settings/warehouse.cutoff/history").status, 200);
  EXPECT_EQ(as("operator", "/api/v1/settings/mail.alerts_to/history").status, 200);
  EXPECT_NE(as("operator", "/api/v1/settings").body.find("tally@example.com"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::tests
