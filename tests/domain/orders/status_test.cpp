#include "domain/orders/status.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace tallyman::orders {
namespace {

std::vector<OrderStatus> all() {
  std::vector<OrderStatus> statuses;
  for (std::size_t i = 0; i < kOrderStatuses; ++i) {
    statuses.push_back(static_cast<OrderStatus>(i));
  }
  return statuses;
}

TEST(OrderStatus, EveryWordComesBackAndUnknownWordsAreKept) {
  for (const auto status : all()) {
    if (status == OrderStatus::other) continue;
    EXPECT_EQ(status_from_word(to_word(status)), status_of(status));
  }
  EXPECT_EQ(status_from_word(" processing "), (Status{OrderStatus::other, "processing"}));
  EXPECT_EQ(status_from_word("Shipped").known, OrderStatus::other);
  EXPECT_EQ(status_from_word("").known, OrderStatus::other);
}

TEST(OrderStatus, AWordOfOursFromShipStationNeverLooksLikeAnOrderToUpload) {
  EXPECT_EQ(status_at_shipstation("pending"), (Status{OrderStatus::other, "shipstation:pending"}));
  EXPECT_EQ(status_at_shipstation("shipped"), status_of(OrderStatus::shipped));
}

TEST(OrderStatus, EveryPairOfStatusesMovesByTheRules) {
  for (const auto from : all()) {
    for (const auto to : all()) {
      const Move got = move(from, to);
      Move want = Move::free;
      if (from == to) {
        want = Move::same;
      } else if (is_ours(to) && !is_ours(from)) {
        want = Move::never;
      } else if (from == OrderStatus::cancelled && to == OrderStatus::shipped) {
        want = Move::free;
      } else if (is_final(from)) {
        want = Move::with_evidence;
      }
      EXPECT_EQ(got, want) << to_word(from) << " to " << to_word(to);
    }
  }
}

TEST(OrderStatus, AFinishedOrderOpensOnlyWithEvidence) {
  using enum OrderStatus;
  EXPECT_FALSE(allowed(shipped, awaiting_shipment, Evidence::list_row));
  EXPECT_TRUE(allowed(shipped, awaiting_shipment, Evidence::read_by_id));
  EXPECT_TRUE(allowed(shipped, awaiting_shipment, Evidence::void_seen));
  EXPECT_FALSE(allowed(cancelled, on_hold, Evidence::list_row));
  EXPECT_FALSE(allowed(shipped, pending, Evidence::read_by_id));
  EXPECT_TRUE(allowed(uploaded, shipped, Evidence::list_row));
}

TEST(OrderStatus, OnlyShippedAndCancelledAreFinal) {
  for (const auto status : all()) {
    EXPECT_EQ(is_final(status), status == OrderStatus::shipped || status == OrderStatus::cancelled);
    EXPECT_NE(is_final(status), is_open(status));
  }
}

TEST(OrderStatus, AFamilyIsOpenWhileOneOfItIsOpen) {
  using enum OrderStatus;
  const auto family = [](std::vector<OrderStatus> members) {
    std::vector<Status> statuses;
    for (const auto member : members) statuses.push_back(status_of(member));
    const auto first = family_status(statuses).known;
    std::reverse(statuses.begin(), statuses.end());
    EXPECT_EQ(family_status(statuses).known, first);
    return first;
  };
  EXPECT_EQ(family({shipped, awaiting_shipment}), awaiting_shipment);
  EXPECT_EQ(family({on_hold, awaiting_shipment, cancelled}), awaiting_shipment);
  EXPECT_EQ(family({shipped, other}), other);
  EXPECT_EQ(family({shipped, cancelled}), shipped);
  EXPECT_EQ(family({cancelled, cancelled}), cancelled);
}

}  // namespace
}  // namespace tallyman::orders
