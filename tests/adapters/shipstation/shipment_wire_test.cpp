#include <gtest/gtest.h>

#include "adapters/shipstation/support.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {
namespace {

using ports::Unreadable;
using shipments::FulfilmentSeen;
using shipments::ShipmentSeen;

template <class Seen>
const Seen& seen(const ports::Page<Seen>& page, std::size_t row) {
  const auto* document = std::get_if<ports::Document<Seen>>(&page.rows.at(row));
  if (document == nullptr) throw std::runtime_error(std::get<Unreadable>(page.rows[row]).problem);
  return document->seen;
}

ports::ShipmentPage shipments_of(std::string body) {
  auto page = read_shipment_page(body, pacific());
  if (!page) throw std::runtime_error(page.error().what);
  return std::move(*page);
}

ports::FulfilmentPage fulfilments_of(std::string body) {
  auto page = read_fulfilment_page(body, pacific());
  if (!page) throw std::runtime_error(page.error().what);
  return std::move(*page);
}

TEST(ShipmentPage, OfOurGoldenPayloadIsReadMemberByMember) {
  const auto page = shipments_of(invented("shipments_page.json"));
  EXPECT_EQ(page.total, 3);
  ASSERT_EQ(page.rows.size(), 3U);  // the null element is left out

  ShipmentSeen first;
  first.id = {88000001};
  first.order = ShipStationOrderId{700000009};
  first.number = OrderNumber{"100433-1"};
  first.created = at("2026-11-01T19:59:58.997Z");
  first.ship_date = day("2026-11-01");
  first.tracking = "1ZEXAMPLE0000000001";
  first.carrier_code = "ups_walleted";
  first.service_code = "ups_ground_saver";
  first.cost = Money{835};
  first.lines = {{ShipStationLineId{1202218626800}, "17904", "Example product, 16 oz", 1},
                 {std::nullopt, std::nullopt, "Leaflet", 2}};
  EXPECT_EQ(seen(page, 0), first);

  const ShipmentSeen& voided = seen(page, 1);
  EXPECT_TRUE(voided.voided);
  EXPECT_EQ(voided.voided_at, at("2026-11-02T16:00:00.503Z"));
  EXPECT_EQ(voided.lines, (std::vector<shipments::ShipmentLineSeen>{}));

  const ShipmentSeen& bare_label = seen(page, 2);
  EXPECT_EQ(bare_label.order, std::nullopt);
  EXPECT_EQ(bare_label.number, std::nullopt);
  EXPECT_EQ(bare_label.tracking, std::nullopt);
  EXPECT_EQ(bare_label.cost, std::nullopt);
  EXPECT_TRUE(bare_label.return_label);
  EXPECT_EQ(bare_label.lines, std::nullopt);
}

TEST(ShipmentPage, OfTheCapturedSampleIsRead) {
  const auto page =
      shipments_of("{\"shipments\":[" + captured("samples/shipment.json") + "],\"total\":1}");
  EXPECT_EQ(seen(page, 0).id.value, 101027951);
  EXPECT_EQ(seen(page, 0).tracking, "9400111899562764290564");
  EXPECT_EQ(seen(page, 0).created, at("2015-06-29T21:29:28.583Z"));
  EXPECT_EQ(seen(page, 0).cost, Money{235});
  EXPECT_EQ(seen(page, 0).lines, std::nullopt);
}

TEST(FulfilmentPage, OfOurGoldenPayloadIsReadMemberByMember) {
  const auto page = fulfilments_of(invented("fulfilments_page.json"));
  ASSERT_EQ(page.rows.size(), 2U);
  FulfilmentSeen first;
  first.id = {99000001};
  first.order = ShipStationOrderId{700000010};
  first.number = OrderNumber{"111-0000000-0000001"};
  first.created = at("2026-11-01T20:00:00.297Z");
  first.ship_date = day("2026-11-01");
  first.tracking = "EXAMPLE0001";
  first.carrier = "UPS";
  EXPECT_EQ(seen(page, 0), first);
  EXPECT_TRUE(seen(page, 1).voided);
  EXPECT_EQ(seen(page, 1).voided_at, at("2026-11-03T17:15:00Z"));
  EXPECT_EQ(seen(page, 1).tracking, std::nullopt);
  EXPECT_EQ(seen(page, 1).carrier, std::nullopt);
}

TEST(FulfilmentPage, OfTheCapturedSampleIsRead) {
  const auto page = fulfilments_of("{\"fulfillments\":[" + captured("samples/fulfillment.json") +
                                   "],\"total\":1}");
  EXPECT_EQ(seen(page, 0).id.value, 12345678);
  EXPECT_EQ(seen(page, 0).ship_date, day("2020-06-19"));
  EXPECT_EQ(seen(page, 0).created, at("2020-06-19T14:21:51.773Z"));
}

TEST(ShipmentPage, IsolatesABadShipmentAndNamesItsPath) {
  const struct {
    const char* element;
    const char* problem;
  } cases[] = {
      {R"({"createDate":"2026-07-01"})", "shipmentId: is missing"},
      {R"({"shipmentId":1})", "createDate: is missing"},
      {R"({"shipmentId":1,"createDate":"2026-07-01","voided":"no"})",
       "voided: expected true or false, got text"},
      {R"({"shipmentId":1,"createDate":"2026-07-01","shipmentCost":true})",
       "shipmentCost: expected a number, got true or false"},
      {R"({"shipmentId":1,"createDate":"2026-07-01","shipmentItems":[{"quantity":"1"}]})",
       "shipmentItems[0].quantity: expected a number, got text"},
      {R"({"shipmentId":1,"createDate":"2026-07-01","shipmentItems":[{}]})",
       "shipmentItems[0].quantity: is missing"},
      {"17", "expected an object, got a number"},
  };
  for (const auto& c : cases) {
    const auto page = shipments_of(std::string{"{\"shipments\":["} + c.element + "],\"total\":1}");
    ASSERT_EQ(page.rows.size(), 1U);
    const auto& row = std::get<Unreadable>(page.rows[0]);
    EXPECT_EQ(row.problem, c.problem) << c.element;
    EXPECT_EQ(row.raw.bytes, c.element);
  }
}

TEST(ShipmentPage, TellsIdNumberAndStampOfABadShipment) {
  const auto page =
      shipments_of(R"({"total":1,"shipments":[{"voided":7,"shipmentId":4,"orderNumber":"A1",)"
                   R"("createDate":"2026-07-01"}]})");
  const auto& row = std::get<Unreadable>(page.rows.at(0));
  EXPECT_EQ(row.id, 4);
  EXPECT_EQ(row.number, "A1");
  EXPECT_EQ(row.stamp, at("2026-07-01T07:00:00Z"));
}

TEST(FulfilmentPage, RefusesTheListOfAnotherKind) {
  std::string body = R"({"shipments":[],"total":0})";
  const auto page = read_fulfilment_page(body, pacific());
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().what, "fulfillments: is missing");
}

}  // namespace
}  // namespace tallyman::shipstation
