// Rows that cannot be read or stored: each alone goes to quarantine, the others flow, and the day
// it can be read it is applied.
#include <gtest/gtest.h>

#include <ostream>

#include <fmt/format.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using Rows = std::vector<std::vector<std::string>>;
using sandbox::BrokenMember;
using sandbox::Fault;

std::vector<std::int64_t> manual_orders(Story& story, int count) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < count; ++i) {
    ids.push_back(story.world().create_order(goods("17612 - 250340", 1 + i % 4)));
    story.clock().advance(1s);
  }
  return ids;
}

constexpr auto kOpen = "SELECT COUNT(*) FROM quarantine WHERE state = 'open'";

struct Broken {
  std::string_view name;
  BrokenMember member;
  std::string_view problem;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenOrder : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenOrder, AmongFiveHundredOthersIsQuarantinedAloneAndRetriedUntilItIsRepaired) {
  Story story;
  const auto ids = manual_orders(story, 500);
  const auto broken = ids[137];
  story.world().set_fault(
      {.fault = Fault::broken_order, .order = broken, .member = GetParam().member});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::partial) << run.message;
  EXPECT_EQ(run.numbers.applied, 499);
  EXPECT_EQ(run.numbers.quarantined, 1);
  const auto row = story.rows(
      "SELECT state, problem, entity_number, payload IS NOT NULL, "
      "attempts FROM quarantine");
  ASSERT_EQ(row.size(), 1U);
  EXPECT_EQ(row[0][0], "open");
  EXPECT_NE(row[0][1].find(GetParam().problem), std::string::npos) << row[0][1];
  EXPECT_EQ(row[0][2], "100138");
  EXPECT_EQ(row[0][3], "1");

  story.sync(20min);
  const auto again = story.one("SELECT attempts FROM quarantine");
  EXPECT_GT(std::stoi(again), std::stoi(row[0][4])) << "retried each cycle";
  story.world().clear_faults();
  story.sync(20min);  // far beyond the overlap: found by its id, or by its number
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  EXPECT_EQ(story.one(kOpen), "0");
}

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenOrder,
    ::testing::Values(Broken{"unit_price", BrokenMember::unit_price_text, "unitPrice"},
                      Broken{"items", BrokenMember::items_text, "items"},
                      Broken{"modify_date", BrokenMember::modify_date_text, "modifyDate"},
                      Broken{"order_id", BrokenMember::order_id_missing, "orderId"}),
    [](const auto& broken) { return std::string(broken.param.name); });

TEST(Quarantine, MoreThanTwentyBrokenOrdersAreTheSourcesFault) {
  Story story;
  const auto ids = manual_orders(story, 60);
  for (int i = 0; i < 21; ++i) {
    story.world().set_fault(
        {.fault = Fault::broken_order, .order = ids[static_cast<std::size_t>(i)]});
  }
  const auto book = story.book();
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::failed);
  EXPECT_NE(run.message.find("nothing was quarantined"), std::string::npos) << run.message;
  EXPECT_TRUE(story.book() == book) << "the book was touched";
  EXPECT_EQ(story.watermarks(), "");
  story.world().clear_faults();
  story.sync();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Quarantine, TwentyBrokenOrdersAreTheirOwnFault) {
  Story story;
  const auto ids = manual_orders(story, 60);
  for (int i = 0; i < 20; ++i) {
    story.world().set_fault(
        {.fault = Fault::broken_order, .order = ids[static_cast<std::size_t>(i)]});
  }
  EXPECT_EQ(story.sync(15min).numbers.quarantined, 20);
  story.world().clear_faults();
  story.sync(20min);  // ten reads by id in a run
  EXPECT_EQ(story.one(kOpen), "10");
  story.sync(20min);
  EXPECT_EQ(story.one(kOpen), "0");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Quarantine, AnOrderThatTurnsItsPageInto500IsReadAroundAndFoundAgainWhenItHeals) {
  Story story;
  story.settings().reading.page_size = 16;
  const auto ids = manual_orders(story, 50);
  story.world().set_fault({.fault = Fault::poison_row, .order = ids[20]});
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::partial) << run.message;
  EXPECT_EQ(run.numbers.applied, 49);
  EXPECT_EQ(run.numbers.quarantined, 1);
  EXPECT_EQ(story.rows("SELECT entity, state FROM quarantine"), (Rows{{"hole", "open"}}));
  EXPECT_NE(story.one("SELECT problem FROM quarantine").find(std::to_string(ids[19])),
            std::string::npos)
      << "the neighbours are named";

  const auto next = story.sync(20min);
  EXPECT_NE(next.outcome, book::Outcome::failed) << next.message;
  EXPECT_EQ(story.one(kOpen), "1");
  const auto newer = story.world().create_order(goods("17612 - 250340"));
  EXPECT_EQ(story.sync(20min).numbers.manual_orders_imported, 1) << newer;

  story.world().clear_faults();
  story.sync(20min);
  EXPECT_EQ(story.one(kOpen), "0");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Quarantine, ALabelThatTurnsItsPageInto500IsReadAroundAndFoundAgainWhenItHeals) {
  Story story;
  std::vector<std::int64_t> labels;
  for (const auto order : manual_orders(story, 6)) {
    labels.push_back(story.world().ship(order).front());
    story.clock().advance(1s);
  }
  story.world().set_fault({.fault = Fault::poison_row, .order = labels[2]});
  story.sync(15min);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments"), "5");
  EXPECT_EQ(story.rows("SELECT entity, stream, state FROM quarantine"),
            (Rows{{"hole", "shipments_created", "open"}}));
  EXPECT_EQ(story.one("SELECT SUM(provisional) FROM shipped_items"), "1")
      << "the order alone speaks for its parcel";
  story.sync(65min);
  EXPECT_EQ(story.one(kOpen), "1");
  story.world().clear_faults();
  story.sync(65min);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM shipments"), "6");
  EXPECT_EQ(story.one(kOpen), "0");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Quarantine, AnOrderThatTheDatabaseRefusesIsQuarantinedAlone) {
  Story story;
  manual_orders(story, 30);
  story.script(
      "CREATE TRIGGER refuse BEFORE INSERT ON orders_inbox "
      "WHEN NEW.order_number = '100013' BEGIN SELECT RAISE(ABORT, 'not this one'); END");
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::partial) << run.message;
  EXPECT_EQ(run.numbers.applied, 29);
  EXPECT_EQ(run.numbers.quarantined, 1);
  EXPECT_EQ(story.rows("SELECT entity_number, error_class, state FROM quarantine"),
            (Rows{{"100013", "refused by the database", "open"}}));
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM order_items_inbox"), "29");
  story.script("DROP TRIGGER refuse");
  story.sync(20min);
  EXPECT_EQ(story.one(kOpen), "0");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

// ---- backfills that are larger than one transaction ----

void slices_of_forty(Story& story) {
  story.settings().reading.page_size = 20;
  story.settings().slices = {.one_transaction = 50, .slice = 40};
}

TEST(Backfill, InSlicesItAddsUpLikeInOne) {
  Story story;
  slices_of_forty(story);
  story.seed(sandbox::SeedPlan::of(300));
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(run.numbers.received, 300);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM checkpoints"), "0");
}

TEST(Backfill, CutOffInTheMiddleItGoesOnWhereItStood) {
  Story story({.latency = 20ms});
  slices_of_forty(story);
  story.seed(sandbox::SeedPlan::of(300));
  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges == 9) story.world().set_fault({.fault = Fault::unreachable});
  });
  const auto cut = story.sync();
  EXPECT_EQ(cut.outcome, book::Outcome::failed) << cut.message;
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM checkpoints"), "1");
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM sync_watermark "
                      "WHERE workflow_name = 'shipstation-sync' AND watermark_us IS NOT NULL"),
            "0");
  const auto kept = std::stoi(story.one("SELECT COUNT(*) FROM remote_orders"));
  EXPECT_GE(kept, 80);

  story.clock().on_wait({});
  story.world().clear_faults();
  story.world().clear_log();
  const auto rest = story.sync();
  EXPECT_EQ(rest.outcome, book::Outcome::ok) << rest.message;
  EXPECT_EQ(rest.numbers.received, 300) << "the whole pass adds up, both runs together";
  std::int64_t asked = 0;
  for (const auto& count : story.world().log()) {
    if (count.path == "/orders") asked += count.count;
  }
  EXPECT_LE(asked, (300 - kept) / 19 + 3) << "earlier pages are not read again";
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM checkpoints"), "0");
}

TEST(Backfill, StoppedByAPersonItGoesOnToo) {
  Story story({.latency = 20ms});
  slices_of_forty(story);
  story.seed(sandbox::SeedPlan::of(300));
  std::stop_source stop;
  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges == 9) stop.request_stop();
  });
  const auto cut = story.sync(5min, stop.get_token());
  EXPECT_EQ(cut.outcome, book::Outcome::skipped);
  EXPECT_EQ(cut.failure, ports::CallError::stopped);
  story.clock().on_wait({});
  story.world().act(30);
  const auto rest = story.sync();
  EXPECT_EQ(rest.outcome, book::Outcome::ok) << rest.message;
  story.heal();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Backfill, ADamagedCheckpointIsIgnoredWithAWarning) {
  Story story({.latency = 20ms});
  slices_of_forty(story);
  story.seed(sandbox::SeedPlan::of(300));
  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges == 9) story.world().set_fault({.fault = Fault::unreachable});
  });
  story.sync();
  story.clock().on_wait({});
  story.world().clear_faults();
  story.script(R"(UPDATE checkpoints SET state = '{"form": 1, "half":')");
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(run.numbers.received, 300);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Backfill, AnOrderReopenedAfterItsSliceIsCountedOnce) {
  Story story({.latency = 20ms});
  slices_of_forty(story);
  story.seed(sandbox::SeedPlan::of(300));
  std::int64_t order = 0;
  int exchanges = 0;
  story.clock().on_wait([&](Instant) {
    if (++exchanges != 9) return;
    for (const auto& row : story.rows("SELECT shipstation_order_id FROM remote_orders WHERE "
                                      "status = 'shipped' AND disposition = 'applied'")) {
      const auto truth = story.world().find(std::stoll(row[0])).value();
      if (truth.shipments.empty()) continue;  // only marked as shipped
      order = truth.order.id;
      for (const auto& label : truth.shipments) story.world().void_shipment(label.id);
      return;
    }
  });
  const auto run = story.sync();
  story.clock().on_wait({});
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(run.numbers.deferred, 0);
  EXPECT_EQ(run.numbers.received, 300);
  story.heal();
  ASSERT_NE(order, 0);
  EXPECT_EQ(story.world().find(order)->order.status, "awaiting_shipment");
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Backfill, OrdersThatMoveBetweenItsSlicesAreCountedOnce) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Story story({.seed = seed, .latency = 20ms});
    slices_of_forty(story);
    story.seed(sandbox::SeedPlan::of(200));
    int exchanges = 0;
    story.clock().on_wait([&](Instant) {
      if (++exchanges % 2 == 0) story.world().act(3);
    });
    story.sync();
    story.clock().on_wait({});
    story.heal();
    EXPECT_EQ(story.differences(), std::vector<std::string>{}) << "seed " << seed;
  }
}

}  // namespace
}  // namespace tallyman::tests
