// Against a real mail server process; what it received is what counts.
#include "adapters/mail/smtp.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/smtp_server.h"

namespace tallyman::mail {
namespace {

using namespace std::chrono_literals;
using ports::MailError;
using tests::SmtpServer;

SmtpSettings settings_for(std::uint16_t port, Security security = Security::none) {
  return {.server = "localhost",
          .port = port,
          .security = security,
          .from = "tally@example.com",
          .connect_timeout = 5s,
          .total_timeout = 20s};
}

ports::MailMessage message() {
  return {.to = "ana@example.com",
          .subject = "Zähler – 5 Aufträge",
          .text = "First line.\n.hidden dot\nGrün = gut, with a trailing blank \n" +
                  std::string(200, 'x') + "\n",
          .message_id = "<alert.1@example.com>",
          .date = instant_from_text("2026-11-20T15:04:05Z").value()};
}

ports::MailResult send(const SmtpSettings& settings, const std::stop_token& stop = {}) {
  return make_smtp(settings)->send(message(), stop);
}

void expect_failed(const ports::MailResult& result, MailError kind) {
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(ports::word(result.error().kind), ports::word(kind)) << result.error().what;
  EXPECT_EQ(result.error().what.find("correct horse"), std::string::npos);
}

TEST(Smtp, DeliversTextAndSubjectAsTheyAre) {
  const SmtpServer server;
  const auto result = send(settings_for(server.port()));
  ASSERT_TRUE(result.has_value()) << result.error().what;
  EXPECT_NE(result->answer.find("taken"), std::string::npos) << result->answer;
  const auto mails = server.received();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].mail_from, "tally@example.com");
  EXPECT_EQ(mails[0].rcpt_tos, std::vector<std::string>{"ana@example.com"});
  EXPECT_EQ(mails[0].subject, message().subject);
  EXPECT_EQ(mails[0].text, message().text);
  EXPECT_EQ(mails[0].content_type, "text/plain");
  EXPECT_EQ(mails[0].message_id, "<alert.1@example.com>");
  EXPECT_EQ(mails[0].header("Date"), std::vector<std::string>{"Fri, 20 Nov 2026 15:04:05 +0000"});
  EXPECT_EQ(mails[0].defects, std::vector<std::string>{});
  EXPECT_FALSE(mails[0].encrypted);
}

TEST(Smtp, StarttlsEncryptsBeforeAnythingIsSaid) {
  const SmtpServer server("starttls");
  auto settings = settings_for(server.port(), Security::starttls);
  settings.ca_file = server.certificate();
  const auto result = send(settings);
  ASSERT_TRUE(result.has_value()) << result.error().what;
  EXPECT_TRUE(server.received().at(0).encrypted);
}

TEST(Smtp, TlsIsSpokenFromTheFirstByte) {
  const SmtpServer server("tls");
  auto settings = settings_for(server.port(), Security::tls);
  settings.ca_file = server.certificate();
  const auto result = send(settings);
  ASSERT_TRUE(result.has_value()) << result.error().what;
  EXPECT_TRUE(server.received().at(0).encrypted);
}

TEST(Smtp, ACertificateNobodyVouchesForIsRefused) {
  const SmtpServer server("starttls");
  expect_failed(send(settings_for(server.port(), Security::starttls)), MailError::tls);
  EXPECT_TRUE(server.received().empty());
}

TEST(Smtp, ACertificateForAnotherNameIsRefused) {
  const SmtpServer server("starttls");
  auto settings = settings_for(server.port(), Security::starttls);
  settings.ca_file = server.certificate();
  settings.server = "127.0.0.1";
  expect_failed(send(settings), MailError::tls);
}

TEST(Smtp, AServerWithoutStarttlsGetsNothing) {
  const SmtpServer server;
  expect_failed(send(settings_for(server.port(), Security::starttls)), MailError::tls);
  EXPECT_TRUE(server.received().empty());
}

TEST(Smtp, InClearOnlyToThisMachine) {
  auto settings = settings_for(25);
  settings.server = "mail.example.com";
  EXPECT_THROW(make_smtp(settings), std::runtime_error);
  settings.server = "127.0.0.1.example.com";
  EXPECT_THROW(make_smtp(settings), std::runtime_error);
  settings.server = "::1";
  EXPECT_NO_THROW(make_smtp(settings));
}

TEST(Smtp, SettingsThatCannotBeUsedAreRefused) {
  auto settings = settings_for(25);
  settings.server = "user@localhost";
  EXPECT_THROW(make_smtp(settings), std::runtime_error);
  settings = settings_for(25);
  settings.from = "nobody";
  EXPECT_THROW(make_smtp(settings), std::runtime_error);
}

TEST(Smtp, LogsInWhereTheServerAsks) {
  const SmtpServer server("auth");
  auto settings = settings_for(server.port());
  settings.user = "tally";
  settings.password = Secret("correct horse");
  const auto result = send(settings);
  ASSERT_TRUE(result.has_value()) << result.error().what;
  EXPECT_EQ(server.received().at(0).user, "tally");
}

TEST(Smtp, AWrongPasswordIsALoginRefused) {
  const SmtpServer server("auth");
  auto settings = settings_for(server.port());
  settings.user = "tally";
  settings.password = Secret("correct horse!");
  expect_failed(send(settings), MailError::login);
  EXPECT_FALSE(ports::is_worth_repeating(MailError::login));
}

TEST(Smtp, ARefusedConnectionIsWorthAnotherTry) {
  const tests::ClosedPort closed;
  expect_failed(send(settings_for(closed.port())), MailError::not_connected);
  EXPECT_TRUE(ports::is_worth_repeating(MailError::not_connected));
}

struct Fault {
  const char* mode;
  MailError kind;
  std::size_t received;
};
class SmtpFaults : public ::testing::TestWithParam<Fault> {};
INSTANTIATE_TEST_SUITE_P(Mail, SmtpFaults,
                         ::testing::Values(Fault{"421", MailError::temporary, 0},
                                           Fault{"451", MailError::temporary, 0},
                                           Fault{"452_after_data", MailError::temporary, 0},
                                           Fault{"550", MailError::permanent, 0},
                                           Fault{"554_after_data", MailError::permanent, 0},
                                           Fault{"drop_at_mail", MailError::broken, 0},
                                           Fault{"drop_after_data", MailError::unknown, 1},
                                           Fault{"banner", MailError::broken, 0},
                                           Fault{"http", MailError::broken, 0}),
                         [](const auto& one) { return std::string("Mode_") + one.param.mode; });

TEST_P(SmtpFaults, AreKindsAndNotStrings) {
  const SmtpServer server(GetParam().mode);
  expect_failed(send(settings_for(server.port())), GetParam().kind);
  EXPECT_EQ(server.received().size(), GetParam().received);
}

TEST(Smtp, ASlowServerIsGivenUp) {
  const SmtpServer server("slow");
  auto settings = settings_for(server.port());
  settings.total_timeout = 3s;  // enough to connect on a busy machine
  expect_failed(send(settings), MailError::timeout);
}

TEST(Smtp, SilenceAfterTheTextMayMeanThatItWasTaken) {
  const SmtpServer server("silent_after_data");
  auto settings = settings_for(server.port());
  settings.total_timeout = 10s;  // enough to hand it over on a busy machine
  expect_failed(send(settings), MailError::unknown);
  EXPECT_EQ(server.received().size(), 1U);
}

TEST(Smtp, AStopBeforeTheTextWasSentSendsNothing) {
  const SmtpServer server("slow");
  std::stop_source stop;
  stop.request_stop();
  expect_failed(send(settings_for(server.port()), stop.get_token()), MailError::stopped);
}

TEST(Smtp, ABadMessageNeverReachesTheServer) {
  const SmtpServer server;
  auto bad = message();
  bad.to = "ana@example.com\r\nRCPT TO:<x@evil.com>";
  const auto result = make_smtp(settings_for(server.port()))->send(bad, {});
  expect_failed(result, MailError::bad_message);
  EXPECT_TRUE(server.received().empty());
}

}  // namespace
}  // namespace tallyman::mail
