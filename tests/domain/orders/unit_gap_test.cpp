#include "domain/orders/unit_gap.h"

#include <gtest/gtest.h>

namespace tallyman::orders {
namespace {

TEST(UnitGap, EveryDifferenceOfALocalOrderHasItsCause) {
  const LocalUnits same{.status = "awaiting_shipment",
                        .units = 3,
                        .lines = 1,
                        .awaiting_units = 2,
                        .awaiting = 1,
                        .parts = 1};
  EXPECT_EQ(cause_of(same), GapCause::unexplained);
  auto order = same;
  order.status = "pending";
  EXPECT_EQ(cause_of(order), GapCause::to_upload);
  order = same;
  order.parts = order.awaiting = 0;
  EXPECT_EQ(cause_of(order), GapCause::not_read_yet);
  order = same;
  order.parts = 2;
  EXPECT_EQ(cause_of(order), GapCause::parts_done);
  order = same;
  order.uncounted = 1;
  EXPECT_EQ(cause_of(order), GapCause::not_counted);
  order = same;
  order.lines = 0;
  EXPECT_EQ(cause_of(order), GapCause::without_lines);
}

TEST(UnitGap, EveryShipStationOrderThatNoneOfOursStandsForHasItsCause) {
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "skipped"}), GapCause::not_ours);
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "deferred"}), GapCause::undecided);
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "quarantined"}), GapCause::unreadable);
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "applied", .known_here = true}),
            GapCause::closed_here);
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "skipped", .uncounted = true}),
            GapCause::not_counted);
  EXPECT_EQ(cause_of(RemoteUnits{.disposition = "applied"}), GapCause::unexplained);
}

TEST(UnitGap, CausesAddUpAndAreToldInUnits) {
  const auto gaps = summed({{.cause = GapCause::to_upload, .orders = 1, .units = -4},
                            {.cause = GapCause::not_ours, .orders = 3, .units = 7},
                            {.cause = GapCause::to_upload, .orders = 1, .units = -1}});
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(sentence(gaps[0]), "7 units more in ShipStation: 3 orders, not ours.");
  EXPECT_EQ(sentence(gaps[1]), "5 units more here: 2 orders, not uploaded yet.");
  EXPECT_TRUE(is_explained(gaps));
  EXPECT_FALSE(is_explained({{.cause = GapCause::unexplained, .orders = 1, .units = 1}}));
  EXPECT_EQ(sentence({.cause = GapCause::not_counted, .orders = 1, .units = 0}),
            "Units not known: 1 order, read before units were counted.");
}

}  // namespace
}  // namespace tallyman::orders
