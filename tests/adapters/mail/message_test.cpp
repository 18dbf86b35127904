#include "adapters/mail/message.h"

#include <gtest/gtest.h>

namespace tallyman::mail {
namespace {

ports::MailMessage plain() {
  return {.to = "ana@example.com",
          .subject = "Hello",
          .text = "One line.\n",
          .message_id = "<a.1@example.com>",
          .date = instant_from_text("2026-11-20T15:04:05Z").value()};
}

TEST(MailMessage, IsHeadersABlankLineAndTheText) {
  EXPECT_EQ(compose(plain(), "tally@example.com").value(),
            "Date: Fri, 20 Nov 2026 15:04:05 +0000\r\n"
            "From: tallyman <tally@example.com>\r\n"
            "To: ana@example.com\r\n"
            "Subject: Hello\r\n"
            "Message-ID: <a.1@example.com>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "One line.\r\n");
}

struct Injection {
  const char* name;
  void (*into)(ports::MailMessage&, std::string& from);
};

class HeaderInjection : public ::testing::TestWithParam<Injection> {};
INSTANTIATE_TEST_SUITE_P(
    Mail, HeaderInjection,
    ::testing::Values(
        Injection{"SubjectLineEnd",
                  [](ports::MailMessage& m, std::string&) { m.subject = "a\r\nBcc: x@evil.com"; }},
        Injection{"SubjectLineFeed",
                  [](ports::MailMessage& m, std::string&) { m.subject = "a\nBcc: x@evil.com"; }},
        Injection{"SubjectCarriageReturn",
                  [](ports::MailMessage& m, std::string&) { m.subject = "a\rb"; }},
        Injection{"SubjectNul",
                  [](ports::MailMessage& m, std::string&) { m.subject = std::string("a\0b", 3); }},
        Injection{"ToLineEnd",
                  [](ports::MailMessage& m, std::string&) { m.to = "a@b.com\r\nBcc: x@evil.com"; }},
        Injection{"ToTwo",
                  [](ports::MailMessage& m, std::string&) { m.to = "a@b.com,x@evil.com"; }},
        Injection{"ToBrackets",
                  [](ports::MailMessage& m, std::string&) { m.to = "a@b.com> SIZE=9 <"; }},
        Injection{"ToBlank", [](ports::MailMessage& m, std::string&) { m.to = " a@b.com"; }},
        Injection{"ToNobody", [](ports::MailMessage& m, std::string&) { m.to = "ana"; }},
        Injection{"ToNotAscii", [](ports::MailMessage& m, std::string&) { m.to = "ä@b.com"; }},
        Injection{"FromLineEnd",
                  [](ports::MailMessage&, std::string& from) { from += "\r\nX: y"; }},
        Injection{"IdLineEnd",
                  [](ports::MailMessage& m, std::string&) { m.message_id = "<a@b.com>\r\nX: y"; }},
        Injection{"IdInside",
                  [](ports::MailMessage& m, std::string&) { m.message_id = "<a\r\n@b.com>"; }},
        Injection{"IdWithoutBrackets",
                  [](ports::MailMessage& m, std::string&) { m.message_id = "a@b.com"; }}),
    [](const auto& one) { return one.param.name; });

TEST_P(HeaderInjection, IsRefused) {
  auto message = plain();
  std::string from = "tally@example.com";
  GetParam().into(message, from);
  EXPECT_FALSE(compose(message, from).has_value());
}

TEST(MailMessage, LineEndsOfTheTextStayInTheText) {
  auto message = plain();
  message.text = "a\r\n.\r\nBcc: x@evil.com\n";
  const auto bytes = compose(message, "tally@example.com").value();
  const auto body = bytes.substr(bytes.find("\r\n\r\n") + 4);
  EXPECT_EQ(body, "a\r\n=2E\r\nBcc: x@evil.com\r\n");
}

TEST(MailMessage, NoLineIsLongerThan76) {
  auto message = plain();
  for (int i = 0; i < 170; ++i) message.text += i % 7 == 0 ? "ü. word" : "üwordword";
  message.subject = "Größe " + std::string(300, 'x') + " ü";
  const auto bytes = compose(message, "tally@example.com").value();
  std::size_t begin = 0;
  for (auto end = bytes.find("\r\n"); end != std::string::npos; end = bytes.find("\r\n", begin)) {
    EXPECT_LE(end - begin, 76U) << bytes.substr(begin, end - begin);
    begin = end + 2;
  }
}

TEST(MailMessage, TooLargeIsRefused) {
  auto message = plain();
  message.text = std::string(kMessageBytesMost, 'x');
  EXPECT_FALSE(compose(message, "tally@example.com").has_value());
}

TEST(MailMessage, AnEncodedSubjectKeepsItsCharactersWhole) {
  EXPECT_EQ(header_text("Grün"), "=?UTF-8?B?R3LDvG4=?=");
  EXPECT_EQ(header_text("=?UTF-8?B?R3LDvG4=?="), "=?UTF-8?B?PT9VVEYtOD9CP1IzTER2RzQ9Pz0=?=");
  // The 39th byte is the first half of a character: it goes to the next word.
  EXPECT_TRUE(header_text(std::string(38, 'a') + "üüü").ends_with("?=\r\n =?UTF-8?B?w7zDvMO8?="));
}

}  // namespace
}  // namespace tallyman::mail
