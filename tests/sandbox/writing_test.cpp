#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

class Writing : public SandboxTest {
 protected:
  static std::string posted(const std::string& key, std::int64_t quantity = 2) {
    return R"({"orderNumber":"700015","orderKey":")" + key +
           R"(","orderDate":"2026-11-20","orderStatus":"awaiting_shipment",)"
           R"("billTo":{"name":"A Example"},"shipTo":{"name":"A Example","street1":"1 Main St"},)"
           R"("items":[{"lineItemKey":"1","sku":"17612 - 250340","name":"PT Kit","quantity":)" +
           std::to_string(quantity) +
           R"(,"unitPrice":39.99}],"weight":{"value":6.5,"units":"ounces"},"taxAmount":0.07})";
  }
  json::object made(const std::string& body) {
    const auto response = post("/orders/createorder", body);
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body).get_object();
  }
};

TEST_F(Writing, TheSameKeyUpdatesAndNoKeyCreatesAnother) {
  const auto first = made(posted("key-1"));
  EXPECT_EQ(first.at("orderKey"), "key-1");
  EXPECT_EQ(first.at("advancedOptions").at("storeId"), kManualStore);
  clock.advance(5s);
  const auto again = made(posted("key-1", 7));
  EXPECT_EQ(again.at("orderId"), first.at("orderId"));
  EXPECT_EQ(again.at("createDate"), first.at("createDate"));
  EXPECT_EQ(again.at("modifyDate"), "2026-11-20T06:30:05.0000000");
  EXPECT_EQ(again.at("items").get_array()[0].at("quantity"), 7);
  EXPECT_EQ(again.at("items").get_array()[0].at("orderItemId"),
            first.at("items").get_array()[0].at("orderItemId"));
  made(posted(""));
  made(posted(""));
  EXPECT_EQ(world.snapshot().size(), 3);
}

TEST_F(Writing, MoneyIsExact) {
  const auto body = post("/orders/createorder", posted("key-1", 3)).body;
  EXPECT_NE(body.find(R"("unitPrice":39.99,)"), std::string::npos);
  EXPECT_NE(body.find(R"("orderTotal":120.04,)"), std::string::npos);
  EXPECT_NE(body.find(R"("weight":{"value":6.50,"units":"ounces","WeightUnits":1})"),
            std::string::npos);
}

TEST_F(Writing, AnUpdateReplacesTheWholeOrder) {
  const auto first = made(posted("key-1"));
  const std::string bare =
      R"({"orderKey":"key-1","orderNumber":"700015","orderDate":"2026-11-20",)"
      R"("orderStatus":"awaiting_shipment","billTo":{"name":"A Example"},"shipTo":{}})";
  const auto second = made(bare);
  EXPECT_EQ(second.at("orderId"), first.at("orderId"));
  EXPECT_TRUE(second.at("weight").is_null());
  EXPECT_TRUE(second.at("items").get_array().empty());
  EXPECT_TRUE(second.at("shipTo").at("street1").is_null());
}

TEST_F(Writing, TheWholeDocumentSentBackChangesNothingButWhatWasChanged) {
  const auto id = order("100001", "17612 - 250237", 3);
  world.edit(id, [](Order& full) {
    full.customer_notes = "ring <br/> twice";
    full.dimensions = Dimensions{"inches", 600, 400, 400};
    full.insurance = {"carrier", true, 1050};
    full.advanced.custom1 = "shelf 4";
    full.advanced.bill_to_my_other_account = 98765;
    full.tags = std::vector<std::int64_t>{9001};
    full.lines[0].options = {{"Size", "Large"}};
  });
  const std::string before = get("/orders/" + std::to_string(id)).body;
  std::string changed = before;
  changed.replace(changed.find("250237"), 6, "250340");
  made(changed);
  const std::string after = get("/orders/" + std::to_string(id)).body;
  // Only the line's own modifyDate may differ beside the SKU: both happen in the same second here.
  EXPECT_EQ(after, changed);
}

TEST_F(Writing, AShippedOrderIsLocked) {
  const auto first = made(posted("key-1"));
  world.ship(first.at("orderId").get_int64());
  EXPECT_EQ(post("/orders/createorder", posted("key-1", 9)).status, 400);
  EXPECT_EQ(world.find(first.at("orderId").get_int64())->order.lines[0].quantity, 2);
}

class LockedIsIgnored : public SandboxTest {
 protected:
  LockedIsIgnored()
      : SandboxTest(RateLimit::off,
                    {.locked_update = LockedUpdate::ignore, .read_only = ReadOnlyMembers::reject}) {
  }
};

TEST_F(LockedIsIgnored, ALockedOrderMayAlsoAnswer200AndDoNothing) {
  const auto id = order("1");
  world.cancel(id);
  const std::string body = R"({"orderId":)" + std::to_string(id) +
                           R"(,"orderNumber":"1","orderDate":"2026-11-20","orderStatus":)"
                           R"("awaiting_shipment","billTo":{"name":"A"},"shipTo":{}})";
  EXPECT_EQ(post("/orders/createorder", body).status, 200);
  EXPECT_EQ(world.find(id)->order.status, "cancelled");
  // … and read-only members sent back may be refused.
  const auto whole = get("/orders/" + std::to_string(id)).body;
  EXPECT_EQ(post("/orders/createorder", whole).status, 400);
}

TEST_F(Writing, RefusesWhatModelBindingRefuses) {
  const auto refused = [&](const std::string& path, const std::string& body) {
    const auto response = post(path, body);
    EXPECT_EQ(response.status, 400) << body;
    return response.body;
  };
  EXPECT_NE(refused("/orders/createorder", "[]").find("SS.OpenApi.Models.Orders.Order"),
            std::string::npos);
  refused("/orders/createorder", "{");
  refused("/orders/createorder", R"({"orderNumber":"1"})");
  std::string free = posted("key-1");
  free.replace(free.find("39.99"), 5, R"("free")");
  EXPECT_NE(refused("/orders/createorder", free).find("items[0].unitPrice"), std::string::npos);
  std::string nameless = posted("key-1");
  nameless.replace(nameless.find(R"("A Example")"), 11, "null");
  refused("/orders/createorder", nameless);
  EXPECT_EQ(world.snapshot().size(), 0);
}

TEST_F(Writing, BulkTakesAtMost100AndAnswersEachByItself) {
  const auto response =
      post("/orders/createorders",
           "[" + posted("a") + "," + R"({"orderNumber":"2"})" + "," + posted("b") + "]");
  EXPECT_EQ(response.status, 200);
  const auto answer = json::parse(response.body).get_object();
  EXPECT_EQ(answer.at("hasErrors"), true);
  const auto& results = answer.at("results").get_array();
  ASSERT_EQ(results.size(), 3);
  EXPECT_EQ(results[0].at("success"), true);
  EXPECT_TRUE(results[0].at("errorMessage").is_null());
  EXPECT_EQ(results[1].at("success"), false);
  EXPECT_EQ(results[2].at("orderKey"), "b");
  std::string many = "[" + posted("0");
  for (int i = 1; i <= 100; ++i) many += "," + posted(std::to_string(i));
  EXPECT_EQ(post("/orders/createorders", many + "]").status, 400);
  EXPECT_EQ(world.snapshot().size(), 2);
}

TEST_F(Writing, HoldRestoreMarkAndDeleteAnswerAsDocumented) {
  const auto id = std::to_string(order("1"));
  EXPECT_EQ(
      post("/orders/holduntil", R"({"orderId":)" + id + R"(,"holdUntilDate":"2026-12-01"})").body,
      R"({"success":true,"message":"Order held successfully."})");
  EXPECT_EQ(read("/orders/" + id).at("orderStatus"), "on_hold");
  EXPECT_EQ(post("/orders/restorefromhold", R"({"orderId":)" + id + "}").body,
            R"({"success":true,"message":"The requested order has been restored"})");
  EXPECT_EQ(post("/orders/restorefromhold", R"({"orderId":)" + id + "}").status, 400);
  EXPECT_EQ(post("/orders/restorefromhold", R"({"orderId":1})").status, 404);
  EXPECT_EQ(post("/Orders/MarkAsShipped/",
                 R"({"orderId":)" + id + R"(,"carrierCode":"ups","trackingNumber":"1Z9"})")
                .body,
            R"({"orderId":)" + id + R"(,"orderNumber":"1"})");
  EXPECT_EQ(post("/orders/markasshipped", R"({"orderId":)" + id + "}").status, 400);
  EXPECT_EQ(read("/orders/" + id).at("orderStatus"), "shipped");
  auto request = asking("/orders/" + id);
  request.method = ports::HttpMethod::del;
  EXPECT_EQ(http.send(request, {}).value().body,
            R"({"success":true,"message":"The requested order has been deleted."})");
  EXPECT_EQ(http.send(request, {}).value().status, 404);
}

TEST_F(Writing, TheStoreIsChosenAtCreationOnly) {
  const auto id = order("1");
  std::string body = get("/orders/" + std::to_string(id)).body;
  body.replace(body.find("307866"), 6, "307867");
  EXPECT_EQ(made(body).at("advancedOptions").at("storeId"), kManualStore);
}

TEST_F(Writing, TagsAreAddedAndNeverRemoved) {
  const auto id = order("1");
  world.edit(id, [](Order& tagged) { tagged.tags = std::vector<std::int64_t>{9001}; });
  std::string body = get("/orders/" + std::to_string(id)).body;
  body.replace(body.find("[9001]"), 6, "[9002]");
  const auto after = made(body);
  EXPECT_EQ(after.at("tagIds"), (json::array{9001, 9002}));
}

}  // namespace
}  // namespace tallyman::sandbox
