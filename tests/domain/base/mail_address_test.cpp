#include "domain/base/mail_address.h"

#include <gtest/gtest.h>

namespace tallyman {
namespace {

TEST(MailAddress, IsPlainAndHasOneAt) {
  for (const auto* good :
       {"ana@example.com", "a.b+c@x-y.example", "root@localhost", "o'neil@a.b"}) {
    EXPECT_EQ(mail_address_from(good).value_or(""), good);
  }
  EXPECT_EQ(mail_address_from("  ana@example.com ").value(), "ana@example.com");
  for (const auto* bad : {"",
                          "ana",
                          "@example.com",
                          "ana@",
                          "a@b@c",
                          "a b@c.d",
                          "a@b c",
                          "<a@b.c>",
                          "a@b.c,d@e.f",
                          "a\r\n@b.c",
                          "a@b.c\r\nBcc: x@y.z",
                          "\"a\"@b.c",
                          "ä@b.c",
                          "a@ü.c",
                          ".a@b.c",
                          "a..b@c.d",
                          "a@.b",
                          "a@b..c",
                          "a@-b.c",
                          "a@b.c\t"}) {
    EXPECT_FALSE(mail_address_from(bad).has_value()) << bad;
  }
  EXPECT_FALSE(mail_address_from(std::string(65, 'a') + "@b.c").has_value());
  EXPECT_FALSE(mail_address_from("a@" + std::string(260, 'b')).has_value());
}

TEST(MailAddress, TellsItsDomain) { EXPECT_EQ(domain_of("ana@example.com"), "example.com"); }

}  // namespace
}  // namespace tallyman
