// The bodies against captured ones: the same members in the same order, nulls included.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

// The captured bodies lie in a folder "shared" beside or above the sources.
std::optional<json::value> sample(const std::string& name) {
  std::filesystem::path folder = TALLYMAN_SOURCE_DIR;
  for (;; folder = folder.parent_path()) {
    const auto file = folder / "shared/data/shipstation/samples" / name;
    if (std::ifstream in(file); in) {
      std::stringstream text;
      text << in.rdbuf();
      return json::parse(text.str());
    }
    if (folder == folder.root_path()) return std::nullopt;
  }
}

// The members of an object and of all objects inside it, in order: "billTo.name".
void collect(const json::value& value, const std::string& path, std::vector<std::string>& names) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, inner] : *object) {
      const std::string name = path.empty() ? std::string(key) : path + "." + std::string(key);
      names.push_back(name);
      collect(inner, name, names);
    }
  } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
    collect(array->front(), path + "[]", names);
  }
}

std::vector<std::string> members(const json::value& value) {
  std::vector<std::string> names;
  collect(value, "", names);
  return names;
}

class Wire : public SandboxTest {
 protected:
  // An order in which every optional part is there.
  std::int64_t full_order() {
    const auto id = order("1");
    world.edit(id, [](Order& full) {
      full.dimensions = Dimensions{"inches", 600, 400, 400};
      full.lines[0].options = {{"Size", "Large"}};
    });
    return id;
  }
};

TEST_F(Wire, AnOrderHasTheMembersOfACapturedOneInTheirOrder) {
  const auto captured = sample("order.json");
  if (!captured) GTEST_SKIP() << "the captured bodies are not beside these sources";
  const auto id = full_order();
  EXPECT_EQ(members(json::parse(get("/orders/" + std::to_string(id)).body)), members(*captured));
  EXPECT_EQ(members(read("/orders").at("orders").get_array()[0]), members(*captured));
}

TEST_F(Wire, AShipmentHasTheMembersOfACapturedOneInTheirOrder) {
  const auto captured = sample("shipment.json");
  if (!captured) GTEST_SKIP() << "the captured bodies are not beside these sources";
  world.ship(full_order());
  EXPECT_EQ(members(read("/shipments").at("shipments").get_array()[0]), members(*captured));
}

TEST_F(Wire, AFulfilmentHasTheMembersOfACapturedOneInTheirOrder) {
  const auto captured = sample("fulfillment.json");
  if (!captured) GTEST_SKIP() << "the captured bodies are not beside these sources";
  world.mark_as_shipped(full_order());
  EXPECT_EQ(members(read("/fulfillments").at("fulfillments").get_array()[0]), members(*captured));
}

TEST_F(Wire, TheMembersStandInTheDocumentedOrderAlsoWithoutCaptures) {
  const auto body = get("/orders/" + std::to_string(full_order())).body;
  std::size_t last = 0;
  for (const char* name : {"orderId",
                           "orderNumber",
                           "orderKey",
                           "orderDate",
                           "createDate",
                           "modifyDate",
                           "paymentDate",
                           "shipByDate",
                           "orderStatus",
                           "customerId",
                           "customerUsername",
                           "customerEmail",
                           "billTo",
                           "shipTo",
                           "items",
                           "orderTotal",
                           "amountPaid",
                           "customerNotes",
                           "internalNotes",
                           "gift",
                           "giftMessage",
                           "paymentMethod",
                           "requestedShippingService",
                           "carrierCode",
                           "serviceCode",
                           "packageCode",
                           "confirmation",
                           "shipDate",
                           "holdUntilDate",
                           "dimensions",
                           "insuranceOptions",
                           "internationalOptions",
                           "advancedOptions",
                           "tagIds",
                           "userId",
                           "externallyFulfilled",
                           "externallyFulfilledBy",
                           "externallyFulfilledById",
                           "externallyFulfilledByName",
                           "labelMessages"}) {
    const auto found = body.find("\"" + std::string(name) + "\":", last);
    ASSERT_NE(found, std::string::npos) << name;
    last = found;
  }
}

TEST_F(Wire, TheThreeFormsOfDatesStandWhereShipStationPutsThem) {
  clock.advance(823ms);
  const auto id = order("1");
  world.ship(id);
  const auto shown = read("/orders/" + std::to_string(id));
  EXPECT_EQ(shown.at("createDate"), "2026-11-20T06:30:00.8230000");
  EXPECT_EQ(shown.at("orderDate"), "2026-11-20T06:30:00.0000000");
  EXPECT_EQ(shown.at("items").get_array()[0].at("createDate"), "2026-11-20T06:30:00.823");
  EXPECT_EQ(shown.at("shipDate"), "2026-11-20");
  EXPECT_TRUE(shown.at("holdUntilDate").is_null());
}

}  // namespace
}  // namespace tallyman::sandbox
