// The lists of shipments: what cannot be read is owed, and a list that does not add up stays where
// it was.
#include <gtest/gtest.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

std::string open_rows(Story& story) {
  return story.one("SELECT COUNT(*) FROM quarantine WHERE state = 'open'");
}

std::int64_t manual_order(Story& story, const std::string& number) {
  return story.world().create_order(goods("17612 - 250340", 2, number));
}

TEST(StreamQuarantine, AnUnreadableShipmentIsAskedForUntilItCanBeRead) {
  Story story;
  bool damages = false;
  int lists = 0;
  // Damages one member of the first shipment of every list while told to; hides nothing else.
  story.alter_answers([&](const ports::HttpRequest& request, ports::HttpResponse& answer) {
    if (request.url.find("/shipments") == std::string::npos) return;
    ++lists;
    const std::string sound = R"("isReturnLabel":false)";
    const auto at = answer.body.find(sound);
    if (damages && at != std::string::npos) {
      answer.body.replace(at, sound.size(), R"("isReturnLabel":"?")");
    }
  });
  story.sync();
  const auto id = manual_order(story, "100901");
  story.sync();
  story.world().ship(id);
  damages = true;
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::partial) << run.message;
  EXPECT_NE(run.message.find("1 in quarantine"), std::string::npos) << run.message;
  EXPECT_EQ(open_rows(story), "1");
  // Far beyond the overlap of the list.
  for (int hours = 0; hours < 3; ++hours) {
    EXPECT_EQ(story.sync(1h).outcome, book::Outcome::partial);
  }
  EXPECT_EQ(open_rows(story), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments"), "0");

  damages = false;
  EXPECT_EQ(story.sync().outcome, book::Outcome::ok);
  EXPECT_EQ(open_rows(story), "0");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments"), "1");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  const int before = lists;
  story.sync();
  EXPECT_EQ(lists, before) << "nothing is owed any more";
}

TEST(StreamQuarantine, OneOlderThanASeedReachesIsStillAskedForEachHour) {
  Story story;
  story.settings().seed_days = 2;
  bool damages = true;
  story.alter_answers([&](const ports::HttpRequest& request, ports::HttpResponse& answer) {
    if (request.url.find("/shipments") == std::string::npos) return;
    const std::string sound = R"("isReturnLabel":false)";
    const auto at = answer.body.find(sound);
    if (damages && at != std::string::npos) {
      answer.body.replace(at, sound.size(), R"("isReturnLabel":"?")");
    }
  });
  story.sync();
  const auto id = manual_order(story, "100901");
  story.sync();
  story.world().ship(id);
  EXPECT_EQ(story.sync().outcome, book::Outcome::partial);
  for (int day = 0; day < 4; ++day) story.sync(24h);
  const std::string attempts = "SELECT CAST(attempts AS TEXT) FROM quarantine";
  const auto before = story.one(attempts);
  EXPECT_EQ(story.sync(61min).outcome, book::Outcome::partial) << "it is still owed";
  EXPECT_NE(story.one(attempts), before);
  EXPECT_EQ(open_rows(story), "1");
  damages = false;
  EXPECT_EQ(story.sync(61min).outcome, book::Outcome::ok);
  EXPECT_EQ(open_rows(story), "0");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments"), "1");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(StreamProof, AListWithFewerRowsThanItCountsKeepsItsWatermarkAndTheRunFails) {
  Story story;
  const auto id = manual_order(story, "100901");
  const auto labels = story.world().ship(id);
  story.sync();
  const std::string watermark =
      "SELECT last_sync_timestamp FROM sync_watermark "
      "WHERE workflow_name = 'shipstation-sync/shipments_voided'";
  const auto before = story.one(watermark);
  story.world().void_shipment(labels.front());
  // The list of voided labels counts three more than it shows.
  story.alter_answers([](const ports::HttpRequest& request, ports::HttpResponse& answer) {
    const std::string sound = R"("total":1,)";
    const auto at = answer.body.find(sound);
    if (request.url.find("voidDateStart") == std::string::npos || at == std::string::npos) return;
    answer.body.replace(at, sound.size(), R"("total":4,)");
  });
  for (int turn = 0; turn < 2; ++turn) {  // asked for again at once, not an hour later
    const auto run = story.sync(turn == 0 ? 61min : 5min);
    EXPECT_EQ(run.outcome, book::Outcome::failed) << run.message;
    EXPECT_NE(run.message.find("ShipStation counts 4 voided shipments, 1 were received."),
              std::string::npos)
        << run.message;
    EXPECT_EQ(story.one(watermark), before);
    EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments WHERE voided = 1"), "1")
        << "what came in is kept";
  }
  story.alter_answers({});
  EXPECT_EQ(story.sync().outcome, book::Outcome::ok);
  EXPECT_NE(story.one(watermark), before);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tallyman::tests
