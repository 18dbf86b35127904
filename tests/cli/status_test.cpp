#include <gtest/gtest.h>

#include "adapters/time/virtual_clock.h"
#include "cli/run.h"

namespace tallyman::cli {
namespace {

constexpr std::string_view kToday =
    R"({"date":"2026-11-20","weekday":"Friday","zone":"America/Chicago",)"
    R"("cutoff":{"time":"12:00","passed":false,"minutes_left":42},)"
    R"("tiles":[{"key":"units_to_ship","label":"Units to ship","value":37,"unit":"units",)"
    R"("second":36,"second_label":"in ShipStation","difference":-1,)"
    R"("because":["1 unit more here: 1 order, not uploaded yet."],"link":"/orders",)"
    R"("as_of":"2026-11-20T17:00:00.000000Z","proven":false,"proof":"Not proven: it is not."}],)"
    R"("attention":[{"kind":"case","title":"One number, several ShipStation orders",)"
    R"("subject":"100528","detail":"Two of them.","since":"2026-11-20T16:00:00.000000Z",)"
    R"("severity":"warning","link":"/orders/100528"}],"attention_total":3,)"
    R"("last_sync":{"run_id":"r","outcome":"ok","started_at":"2026-11-20T16:59:00.000000Z",)"
    R"("finished_at":null,"duration_ms":null,"message":"All read."},)"
    R"("as_of":"2026-11-20T17:00:00.000000Z","proven":true,"proof":"Proven: all is there."})";

struct Shown {
  Exit exit = Exit::done;
  std::string out;
  std::string error;
  int asked = 0;
};

Shown show(const Status& command, const Global& global = {}, int answers = 100) {
  Shown shown;
  timing::VirtualClock clock(Instant{});
  std::stop_source stop;
  Terminal terminal{.out = [&](std::string_view text) { shown.out += text; },
                    .error = [&](std::string_view text) { shown.error += text; },
                    .progress = Progress::lines};
  const Api api = [&](std::string_view, const std::string& target, const std::string&) {
    EXPECT_EQ(target, "/api/v1/today");
    if (++shown.asked == answers) stop.request_stop();
    return ApiAnswer{200, std::string(kToday)};
  };
  Doing doing{
      .global = global, .api = api, .clock = clock, .stop = stop.get_token(), .terminal = terminal};
  shown.exit = run_api_command(Status{command}, doing);
  return shown;
}

TEST(StatusCommand, TellsPeopleTheNumbersTheirCausesAndWhatWaits) {
  const auto shown = show({});
  EXPECT_EQ(shown.exit, Exit::done);
  EXPECT_EQ(
      shown.out,
      "Friday 2026-11-20 (America/Chicago), cut-off 12:00 in 42 min\n"
      "Proven: all is there.\n"
      "\n"
      "NUMBER                                          VALUE  UNIT   BESIDE             PROOF\n"
      "Units to ship                                      37  units  36 in ShipStation  not "
      "proven\n"
      "  1 unit more here: 1 order, not uploaded yet.\n"
      "\n"
      "Needs attention (3):\n"
      "SEVERITY  WHAT                                    WHERE   SINCE                "
      " DETAIL\n"
      "warning   One number, several ShipStation orders  100528  2026-11-20 16:00 UTC "
      " Two of them.\n"
      "\n"
      "Last sync: ok at 2026-11-20 16:59 UTC. All read.\n");
}

TEST(StatusCommand, JsonIsTheDocumentOfTheApi) {
  EXPECT_EQ(show({}, {.json = true}).out, std::string(kToday) + "\n");
}

TEST(StatusCommand, WatchAsksAgainUntilItIsStopped) {
  const auto shown = show({.watch = true}, {}, 3);
  EXPECT_EQ(shown.exit, Exit::done);
  EXPECT_EQ(shown.asked, 3);
}

}  // namespace
}  // namespace tallyman::cli
