// tallyman user, token, audit: what is asked of the API, and what a person reads.
#include <gtest/gtest.h>

#include <map>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"

namespace tallyman::cli {
namespace {

struct Ran {
  Exit exit = Exit::done;
  std::string out;
  std::string error;
  std::string asked;  // "METHOD target body" of each request
};

Ran run_with(const ApiCommand& command, const ApiAnswer& answer,
             std::optional<std::string> typed = std::nullopt, const Global& global = {}) {
  Ran ran;
  timing::VirtualClock clock(Instant{});
  Terminal terminal{.out = [&](std::string_view text) { ran.out += text; },
                    .error = [&](std::string_view text) { ran.error += text; },
                    .progress = Progress::none,
                    .secret = [&](std::string_view) { return typed; }};
  const Api api = [&](std::string_view method, const std::string& target,
                      const std::string& body) -> ApiAnswer {
    ran.asked += std::string(method) + " " + target + " " + body + "\n";
    return answer;
  };
  Doing doing{.global = global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
  ran.exit = run_api_command(command, doing);
  return ran;
}

TEST(UserCommands, APasswordIsTypedAndNeverShown) {
  const auto ran =
      run_with(UserAdd{.name = "ben", .role = "operator"}, {201, "{}"}, "seven jars of plums");
  EXPECT_EQ(
      ran.asked,
      R"(POST /api/v1/users {"name":"ben","role":"operator","password":"seven jars of plums"})"
      "\n");
  EXPECT_EQ(ran.out, "ben may sign in as operator.\n");
  EXPECT_EQ(ran.error, "");
}

TEST(UserCommands, WithoutAPasswordNothingIsAsked) {
  for (const ApiCommand& command :
       {ApiCommand{UserAdd{.name = "ben", .role = "viewer"}}, ApiCommand{UserPassword{"ben"}}}) {
    const auto ran = run_with(command, {201, "{}"});
    EXPECT_EQ(ran.exit, Exit::usage);
    EXPECT_EQ(ran.asked, "");
    EXPECT_NE(ran.error.find("nothing was changed"), std::string::npos);
  }
}

TEST(UserCommands, EachChangeIsOneRequest) {
  EXPECT_EQ(run_with(UserRole{"ben", "admin"}, {200, "{}"}).asked,
            "PATCH /api/v1/users/ben {\"role\":\"admin\"}\n");
  EXPECT_EQ(run_with(UserDisable{"ben"}, {200, "{}"}).asked,
            "PATCH /api/v1/users/ben {\"disabled\":true}\n");
  EXPECT_EQ(run_with(UserEnable{"ben/x"}, {200, "{}"}).asked,
            "PATCH /api/v1/users/ben%2Fx {\"disabled\":false}\n");
  EXPECT_EQ(run_with(UserPassword{"ben"}, {200, "{}"}, "words").asked,
            "PATCH /api/v1/users/ben {\"password\":\"words\"}\n");
}

TEST(UserCommands, ARefusalIsToldInWords) {
  const auto ran = run_with(UserDisable{"ana"}, {409, R"({"detail":"ana is the last admin."})"});
  EXPECT_EQ(ran.exit, Exit::conflict);
  EXPECT_EQ(ran.error, "tallyman: ana is the last admin.\n");
}

TEST(UserCommands, TheListIsATableForPeople) {
  EXPECT_EQ(run_with(UserList{},
                     {200, R"({"items":[{"name":"ana","role":"admin","disabled":false,)"
                           R"("sessions":2,"last_seen_at":"2026-11-20T06:30:00.000000Z",)"
                           R"("created_at":"2026-11-01T06:30:00.000000Z"}],"next_cursor":null})"})
                .out,
            "NAME  ROLE   STATE        SESSIONS  LAST SEEN             CREATED\n"
            "ana   admin  may sign in         2  2026-11-20 06:30 UTC  2026-11-01 06:30 UTC\n");
}

TEST(TokenCommands, ATokenAloneGoesToStandardOutput) {
  const auto ran =
      run_with(TokenAdd{.name = "till", .role = "viewer", .expires = "2027-01-01T00:00:00Z"},
               {201, R"({"token":"tally_12345678_x","token_id":"12345678"})"});
  EXPECT_EQ(ran.asked, R"(POST /api/v1/tokens {"name":"till","role":"viewer",)"
                       R"("expires_at":"2027-01-01T00:00:00Z"})"
                       "\n");
  EXPECT_EQ(ran.out, "tally_12345678_x\n");
  EXPECT_NE(ran.error.find("only time"), std::string::npos);
}

TEST(TokenCommands, RevokingTellsThatItIsDone) {
  const auto ran = run_with(TokenRevoke{"12345678"}, {204, ""});
  EXPECT_EQ(ran.asked, "DELETE /api/v1/tokens/12345678 \n");
  EXPECT_EQ(ran.out, "Token 12345678 is refused from now on.\n");
  EXPECT_EQ(run_with(TokenRevoke{"12345678"}, {204, ""}, std::nullopt, {.json = true}).out,
            "{\"token_id\":\"12345678\",\"revoked\":true}\n");
}

TEST(AuditCommands, VerifyEndsWithThreeWhenTheLogWasTamperedWith) {
  const auto whole =
      run_with(AuditVerify{}, {200, R"({"items":[],"next_cursor":null,"chain":{"verified":true,)"
                                    R"("checked":7,"broken_at":null,"head":"abc"}})"});
  EXPECT_EQ(whole.exit, Exit::done);
  EXPECT_EQ(whole.out, "The audit log is whole: 7 rows.\nhead abc\n");
  const auto broken =
      run_with(AuditVerify{}, {200, R"({"items":[],"next_cursor":null,"chain":{"verified":false,)"
                                    R"("checked":2,"broken_at":3,"head":"abc"}})"});
  EXPECT_EQ(broken.exit, Exit::differences);
  EXPECT_EQ(broken.out, "");
  EXPECT_NE(broken.error.find("row 3"), std::string::npos);
}

TEST(AuditCommands, TheListTakesItsFilters) {
  const auto ran = run_with(
      AuditList{.who = "user:ana", .action = "user.add", .subject = "", .limit = 5, .cursor = ""},
      {200, R"({"items":[{"id":3,"at":"2026-11-20T06:30:00.000000Z",)"
            R"("who":"user:ana","action":"user.add","subject":"ben",)"
            R"("detail":{"role":"viewer"}}],"next_cursor":"3"})"});
  EXPECT_EQ(ran.asked, "GET /api/v1/audit?limit=5&who=user%3Aana&action=user.add \n");
  EXPECT_EQ(ran.out,
            "ID  AT                       WHO       ACTION    SUBJECT  DETAIL\n"
            " 3  2026-11-20 06:30:00 UTC  user:ana  user.add  ben      {\"role\":\"viewer\"}\n");
  EXPECT_EQ(ran.error, "more: --cursor 3\n");
}

TEST(CommandLine, NoCommandTakesAPasswordAsAnArgument) {
  EXPECT_FALSE(parse({"user", "add", "ben", "secret words"}));
  EXPECT_FALSE(parse({"user", "password", "ben", "secret words"}));
  EXPECT_FALSE(parse({"user", "add", "ben", "--password", "secret words"}));
  EXPECT_FALSE(parse({"user", "role", "ben", "owner"}));
  EXPECT_TRUE(parse({"user", "role", "ben", "admin"}));
}

}  // namespace
}  // namespace tallyman::cli
