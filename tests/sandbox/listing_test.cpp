#include <set>

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

using Ids = std::vector<std::int64_t>;

class Listing : public SandboxTest {};

TEST_F(Listing, PagesTogetherHoldEveryOrderOnceInAscendingModifyOrder) {
  world.seed(SeedPlan::of(730));
  std::set<std::int64_t> seen;
  std::string before;
  for (int page = 1; page <= 2; ++page) {
    const auto list =
        read("/orders?sortBy=ModifyDate&sortDir=ASC&pageSize=500&page=" + std::to_string(page));
    EXPECT_EQ(list.at("total"), 730);
    EXPECT_EQ(list.at("page"), page);
    EXPECT_EQ(list.at("pages"), 2);
    EXPECT_EQ(list.at("orders").get_array().size(), page == 1 ? 500 : 230);
    for (const auto& order : list.at("orders").get_array()) {
      EXPECT_TRUE(seen.insert(order.at("orderId").get_int64()).second);
      const std::string stamp = word_of(order.at("modifyDate"));
      EXPECT_LE(before, stamp);
      before = stamp;
    }
  }
  EXPECT_EQ(seen.size(), 730);
  EXPECT_EQ(read("/orders?pageSize=500&page=3").at("orders").get_array().size(), 0);
}

TEST_F(Listing, SortsByOrderIdUnlessAskedOtherwise) {
  const Ids made{order("3"), order("1"), order("2")};
  clock.advance(1s);
  world.touch(made[0]);
  EXPECT_EQ(ids("/orders"), made);
  EXPECT_EQ(ids("/orders?sortBy=ModifyDate"), (Ids{made[1], made[2], made[0]}));
  EXPECT_EQ(ids("/orders?sortBy=modifydate&sortDir=DESC"), (Ids{made[0], made[2], made[1]}));
  EXPECT_EQ(get("/orders?sortBy=Colour").status, 400);
}

TEST_F(Listing, AWindowStartsAfterItsStartAndEndsAtItsEnd) {
  const Ids made{order("1"), (clock.advance(1s), order("2")), (clock.advance(1s), order("3"))};
  const std::string window = "/orders?modifyDateStart=2026-11-20%2006:30:00";
  EXPECT_EQ(ids(window), (Ids{made[1], made[2]}));
  EXPECT_EQ(ids(window + "&modifyDateEnd=2026-11-20T06%3A30%3A01"), Ids{made[1]});
  // ShipStation's own form of a space, and other spellings of the name.
  EXPECT_EQ(ids("/Orders/?MODIFYDATESTART=2026-11-20+06:30:00"), (Ids{made[1], made[2]}));
}

TEST_F(Listing, FiltersKnowWholeSecondsOnly) {
  clock.advance(500ms);
  const auto id = order("1");
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:30:00.700"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:30:00&modifyDateEnd=2026-11-20T06:30:00"),
            Ids{});
}

TEST_F(Listing, AnExplicitOffsetIsUnderstoodAndABareDateIsPacificMidnight) {
  const auto id = order("1");
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T14:29:59Z"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T14:29:59-00:00"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T14:30:00Z"), Ids{});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-21"), Ids{});
  // The classic mistake: UTC sent without an offset lies in the Pacific future.
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T14:00:00"), Ids{});
  EXPECT_EQ(get("/orders?modifyDateStart=yesterday").status, 400);
}

TEST_F(Listing, TheOrderNumberIsAPrefixAndOtherFiltersAreExact) {
  const auto one = order("100001");
  const auto two = order("1000015");
  const auto three = order("200001");
  world.hold(three, day_from_text("2026-12-01").value());
  EXPECT_EQ(ids("/orders?orderNumber=100001"), (Ids{one, two}));
  EXPECT_EQ(ids("/orders?orderStatus=on_hold"), Ids{three});
  EXPECT_EQ(ids("/orders?storeId=307866").size(), 3);
  EXPECT_EQ(ids("/orders?storeId=1"), Ids{});
  EXPECT_EQ(ids("/orders?orderStatus="), (Ids{one, two, three}));
}

TEST_F(Listing, APageSizeOver500CountsAs500) {
  world.seed(SeedPlan::of(600));
  EXPECT_EQ(ids("/orders?pageSize=1000").size(), 500);
  EXPECT_EQ(ids("/orders").size(), 100);
  EXPECT_EQ(get("/orders?pageSize=many").status, 400);
}

TEST_F(Listing, OneOrderIsFoundByIdAndAnUnknownOneIs404) {
  const auto id = order("1");
  EXPECT_EQ(read("/orders/" + std::to_string(id)).at("orderNumber"), "1");
  EXPECT_EQ(get("/orders/1").status, 404);
  world.remove(id);
  EXPECT_EQ(get("/orders/" + std::to_string(id)).status, 404);
  EXPECT_EQ(ids("/orders"), Ids{});
}

TEST_F(Listing, ShipmentsAreFoundByCreationVoidAndOrder) {
  const auto first = order("1", "17612 - 250340", 3);
  const auto second = order("2");
  const auto labels = world.ship(first, {.packages = 2});
  clock.advance(60s);
  world.ship(second);
  clock.advance(60s);
  world.void_shipment(labels[0]);
  EXPECT_EQ(world.find(first)->order.status, "shipped") << "one label is still good";

  const auto of_first =
      read("/shipments?includeShipmentItems=true&orderId=" + std::to_string(first));
  ASSERT_EQ(of_first.at("shipments").get_array().size(), 2);
  const auto& label = of_first.at("shipments").get_array()[0].get_object();
  EXPECT_EQ(label.at("shipmentItems").get_array()[0].at("quantity"), 2);
  EXPECT_EQ(label.at("voided"), true);
  EXPECT_EQ(label.at("voidDate"), "2026-11-20T06:32:00.0000000");
  EXPECT_EQ(label.at("createDate"), "2026-11-20T06:30:00.0000000");
  EXPECT_EQ(label.at("shipDate"), "2026-11-20");

  EXPECT_EQ(read("/shipments?createDateStart=2026-11-20%2006:30:01"
                 "&createDateEnd=2026-11-20%2006:31:00")
                .at("total"),
            1);
}

TEST_F(Listing, OnlyTheVoidStreamFindsAVoidedLabel) {
  const auto id = order("1");
  const auto label = world.ship(id).front();
  clock.advance(3600s);
  world.void_shipment(label);
  EXPECT_EQ(read("/shipments?createDateStart=2026-11-20%2007:00:00").at("total"), 0);
  EXPECT_EQ(read("/shipments?voidDateStart=2026-11-20%2007:00:00").at("total"), 1);
  EXPECT_EQ(read("/shipments?orderId=1").at("total"), 0);
  EXPECT_TRUE(read("/shipments").at("shipments").get_array()[0].at("shipmentItems").is_null());
  EXPECT_EQ(world.find(id)->order.status, "awaiting_shipment");
  EXPECT_EQ(world.find(id)->order.modified_at, clock.now());
}

TEST_F(Listing, AMarkedOrderHasAFulfilmentAndNoShipment) {
  const auto id = order("1");
  world.mark_as_shipped(id, {.carrier = "UPS", .tracking = "1Z1", .ship_date = std::nullopt});
  EXPECT_EQ(read("/shipments").at("total"), 0);
  const auto list = read("/fulfillments?orderId=" + std::to_string(id));
  EXPECT_EQ(list.at("total"), 1);
  const auto& row = list.at("fulfillments").get_array()[0].get_object();
  EXPECT_EQ(row.at("trackingNumber"), "1Z1");
  EXPECT_EQ(row.at("shipDate"), "2026-11-20T00:00:00.0000000");
  EXPECT_EQ(world.find(id)->order.status, "shipped");
}

TEST_F(Listing, TheSmallListsAreBareArrays) {
  for (const char* path : {"/stores", "/carriers", "/accounts/listtags"}) {
    EXPECT_TRUE(json::parse(get(path).body).is_array()) << path;
  }
  EXPECT_EQ(get("/orders/teapot").status, 404);
  EXPECT_EQ(post("/shipments", "{}").status, 405);
}

TEST_F(Listing, AMergedOrderVanishesAndASplitOneHasAParent) {
  const auto one = order("1", "17612 - 250340", 5);
  const auto two = order("2");
  const auto part = world.split(one, 2);
  world.merge(one, two);
  EXPECT_EQ(get("/orders/" + std::to_string(two)).status, 404);
  EXPECT_EQ(ids("/orders?orderNumber=2"), Ids{});
  const auto survivor = read("/orders/" + std::to_string(one));
  EXPECT_EQ(survivor.at("advancedOptions").at("mergedIds").get_array()[0], two);
  EXPECT_EQ(survivor.at("items").get_array()[0].at("quantity"), 3);
  const auto child = read("/orders/" + std::to_string(part));
  EXPECT_EQ(child.at("advancedOptions").at("parentId"), one);
  EXPECT_EQ(child.at("orderNumber"), "1");
  EXPECT_EQ(child.at("items").get_array()[0].at("quantity"), 2);
}

TEST_F(Listing, AHoldEndsByItselfAtPacificMidnight) {
  const auto id = order("1");
  world.hold(id, day_from_text("2026-11-21").value());
  EXPECT_EQ(read("/orders/" + std::to_string(id)).at("holdUntilDate"), "2026-11-21");
  clock.jump_to(at("2026-11-21T07:59:59Z"));
  EXPECT_EQ(ids("/orders?orderStatus=on_hold"), Ids{id});
  clock.jump_to(at("2026-11-21T12:00:00Z"));
  const auto restored = read("/orders/" + std::to_string(id));
  EXPECT_EQ(restored.at("orderStatus"), "awaiting_shipment");
  EXPECT_EQ(restored.at("modifyDate"), "2026-11-21T00:00:00.0000000");
}

class InclusiveStart : public SandboxTest {
 protected:
  InclusiveStart()
      : SandboxTest(RateLimit::off, {.start = StartBound::inclusive,
                                     .end = EndBound::exclusive,
                                     .large_page = LargePage::reject,
                                     .one_page = OnePage::zero}) {}
};

TEST_F(InclusiveStart, SwitchesTurnWhatNobodyHasVerified) {
  const auto id = order("1");
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:30:00"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateEnd=2026-11-20T06:30:00"), Ids{});
  EXPECT_EQ(get("/orders?pageSize=501").status, 400);
  EXPECT_EQ(read("/orders").at("pages"), 0);
}

class AfterItsSecond : public SandboxTest {
 protected:
  AfterItsSecond()
      : SandboxTest(RateLimit::off,
                    {.start = StartBound::after_its_second, .end = EndBound::through_its_second}) {}
};

TEST_F(AfterItsSecond, BoundsCanMeanWholeSeconds) {
  clock.advance(500ms);
  const auto id = order("1");
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:30:00"), Ids{});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:29:59"), Ids{id});
  EXPECT_EQ(ids("/orders?modifyDateEnd=2026-11-20T06:30:00"), Ids{id});
}

}  // namespace
}  // namespace tallyman::sandbox
