// tallyman alerts: what it asks, prints and how it ends, for canned answers of the API.
#include <gtest/gtest.h>

#include <map>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"

namespace tallyman::cli {
namespace {

std::string alert(const std::string& more = {}) {
  return R"({"id":12,"rule":"disk_low","subject":"the order book","severity":"critical",)"
         R"("state":"open","title":"The disk is full","detail":"Make room.",)"
         R"("evidence":"/settings","owner":"bo","opened_at":"2026-11-20T06:30:00.000000Z",)"
         R"("last_seen_at":"2026-11-20T06:31:00.000000Z","seen":2,)"
         R"("acknowledged_at":"2026-11-20T06:40:00.000000Z","acknowledged_by":"user:bo",)"
         R"("snoozed_until":null,"resolved_at":null,"resolved_by":null,"resolution":null,)"
         R"("mailed_at":null)" +
         more + "}";
}

class Alerts : public testing::Test {
 protected:
  Exit run(const ApiCommand& command, bool as_json = false) {
    const Global global{.json = as_json};
    timing::VirtualClock clock(Instant{});
    Terminal terminal{.out = [&](std::string_view text) { out += text; },
                      .error = [&](std::string_view text) { error += text; },
                      .progress = Progress::lines};
    const Api api = [&](std::string_view method, const std::string& target,
                        const std::string& body) {
      asked = std::string(method) + " " + target + (body.empty() ? "" : " " + body);
      const auto found = answers.find(asked);
      return found == answers.end() ? ApiAnswer{404, R"({"detail":"There is no alert 12."})"}
                                    : found->second;
    };
    Doing doing{.global = global, .api = api, .clock = clock, .stop = {}, .terminal = terminal};
    return run_api_command(command, doing);
  }

  std::map<std::string, ApiAnswer> answers;
  std::string asked;
  std::string out;
  std::string error;
};

TEST_F(Alerts, AListIsATableForPeople) {
  answers["GET /api/v1/alerts?state=open&limit=100"] = {
      200, R"({"items":[)" + alert() + R"(],"next_cursor":"12","counts":{}})"};
  EXPECT_EQ(run(AlertsList{}), Exit::done);
  EXPECT_EQ(out,
            "ID  SEVERITY  STATE  OPENED                OWNER  TITLE\n"
            "12  critical  open   2026-11-20 06:30 UTC  bo     The disk is full\n");
  EXPECT_EQ(error, "more: --cursor 12\n");
}

TEST_F(Alerts, AllAsksForTheResolvedOnesToo) {
  answers["GET /api/v1/alerts?state=all&limit=5&cursor=12"] = {
      200, R"({"items":[],"next_cursor":null,"counts":{}})"};
  EXPECT_EQ(run(AlertsList{.all = true, .limit = 5, .cursor = "12"}), Exit::done);
  EXPECT_EQ(out, "Nothing is wrong.\n");
}

TEST_F(Alerts, OneIsShownWithWhatToDo) {
  answers["GET /api/v1/alerts/12"] = {200, alert()};
  EXPECT_EQ(run(AlertsShow{12}), Exit::done);
  EXPECT_EQ(out,
            "alert 12  critical  open\nThe disk is full\nMake room.\n"
            "rule        disk_low of the order book\n"
            "opened      2026-11-20 06:30 UTC, seen 2 times, last "
            "2026-11-20 06:31 UTC\n"
            "owner       bo, 2026-11-20 06:40 UTC\n"
            "see         /settings\n");
}

TEST_F(Alerts, JsonIsTheApisDocument) {
  answers["GET /api/v1/alerts/12"] = {200, alert()};
  EXPECT_EQ(run(AlertsShow{12}, true), Exit::done);
  EXPECT_EQ(out, alert() + "\n");
}

TEST_F(Alerts, WritesSendTheirBodyAndSayWhatFollows) {
  answers["POST /api/v1/alerts/12/ack {}"] = {200, alert()};
  answers[R"(POST /api/v1/alerts/12/ack {"owner":"bo"})"] = {200, alert()};
  answers[R"(POST /api/v1/alerts/12/snooze {"hours":3})"] = {200, alert()};
  answers[R"(POST /api/v1/alerts/12/resolve {"reason":"a \"new\" disk"})"] = {200, alert()};
  EXPECT_EQ(run(AlertsAck{.id = 12}), Exit::done);
  EXPECT_EQ(run(AlertsAck{.id = 12, .owner = "bo"}), Exit::done);
  EXPECT_EQ(run(AlertsSnooze{.id = 12, .hours = 3}), Exit::done);
  EXPECT_EQ(run(AlertsResolve{.id = 12, .reason = "a \"new\" disk"}), Exit::done);
  EXPECT_EQ(out,
            "bo looks after alert 12.\nbo looks after alert 12.\n"
            "Alert 12 is hidden for 3 h, or until its facts change.\n"
            "Alert 12 is resolved; it returns when its facts change.\n");
}

TEST_F(Alerts, ARefusalIsTheProblemInWords) {
  EXPECT_EQ(run(AlertsResolve{.id = 12, .reason = "why"}), Exit::failed);
  EXPECT_EQ(error, "tallyman: There is no alert 12.\n");
}

}  // namespace
}  // namespace tallyman::cli
