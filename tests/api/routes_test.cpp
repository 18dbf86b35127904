#include "api/routes.h"

#include <set>

#include "api/api_test.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

TEST_F(ApiTest, ListsOrdersInKeysetPagesWithoutGapOrRepeat) {
  story_.seed(sandbox::SeedPlan::of(60));
  story_.sync();
  std::set<std::string> numbers;
  std::string cursor;
  int pages = 0;
  do {
    const auto page = get("/api/v1/orders?limit=7" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& item : page.at("items").as_array()) {
      const auto number = std::string(item.as_object().at("order_number").as_string());
      EXPECT_TRUE(numbers.insert(number).second) << number << " twice";
    }
    const auto& next = page.at("next_cursor");
    cursor = next.is_null() ? "" : std::string(next.as_string());
    ++pages;
  } while (!cursor.empty() && pages < 100);
  EXPECT_EQ(std::to_string(numbers.size()), story_.one("SELECT COUNT(*) FROM orders_inbox"));
}

TEST_F(ApiTest, FiltersByStatusSkuAndNumberPrefix) {
  const auto shipped = manual_order("100001");
  manual_order("100102");
  story_.sync();
  story_.world().ship(shipped);
  story_.sync();
  const auto one = get("/api/v1/orders?status=shipped").at("items").as_array();
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].at("order_number").as_string(), "100001");
  EXPECT_EQ(get("/api/v1/orders?q=1001").at("items").as_array().size(), 1U);
  EXPECT_EQ(get("/api/v1/orders?q=" + story_.one("SELECT tracking_number FROM orders_inbox "
                                                 "WHERE order_number = '100001'"))
                .at("items")
                .as_array()
                .size(),
            1U);
  story_.script(
      "UPDATE orders_inbox SET ship_company = 'Zeta Clinic' "
      "WHERE order_number = '100102'");
  EXPECT_EQ(get("/api/v1/orders?q=zeta%20c").at("items").as_array().size(), 1U);
  EXPECT_EQ(get("/api/v1/orders?sku=17612").at("items").as_array().size(), 2U);
  EXPECT_EQ(get("/api/v1/orders?sku=17904").at("items").as_array().size(), 0U);
  EXPECT_EQ(get("/api/v1/orders").at("counts").at("awaiting_shipment").at("units").as_int64(), 2);
}

TEST_F(ApiTest, TellsTheStoryOfAnOrder) {
  const auto id = manual_order("100528");
  story_.sync();
  story_.world().ship(id, {.packages = 2, .tracking = "9400111899562764290564"});
  story_.sync();
  const auto page = get("/api/v1/orders/100528");
  const auto& order = page.at("order").as_object();
  EXPECT_EQ(order.at("status").as_string(), "shipped");
  EXPECT_EQ(order.at("total_items").as_int64(), 2);
  EXPECT_EQ(order.at("tracking_numbers").as_array().size(), 2U);
  EXPECT_EQ(page.at("items").as_array()[0].at("lot").as_string(), "250340");
  EXPECT_NE(page.at("why").as_string().find("17612"), std::string::npos) << page.at("why");
  EXPECT_GE(page.at("timeline").as_array().size(), 3U);
  EXPECT_TRUE(page.at("proven").as_bool()) << page.at("proof");
  const auto documents = get("/api/v1/orders/100528/payload").at("documents").as_array();
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0].at("document").at("orderNumber").as_string(), "100528");
}

TEST_F(ApiTest, SaysWhyAnOrderIsNotHere) {
  sandbox::OrderSpec spec;
  spec.number = "500";
  spec.items.push_back({.sku = "99999"});
  story_.world().create_order(spec);
  story_.sync();
  const auto skipped = send("GET", "/api/v1/orders/500/why");
  EXPECT_EQ(skipped.status, 404);
  EXPECT_NE(skipped.body.find("skipped"), std::string::npos) << skipped.body;
  EXPECT_NE(send("GET", "/api/v1/orders/501").body.find("never been seen"), std::string::npos);
}

TEST_F(ApiTest, RunsCarryTheNumbersOfTheContract) {
  manual_order("100001");
  story_.sync();
  const auto run = get("/api/v1/runs").at("items").as_array()[0].as_object();
  EXPECT_EQ(run.at("outcome").as_string(), "ok");
  EXPECT_EQ(run.at("manual_orders_imported").as_int64(), 1);
  EXPECT_EQ(run.at("received").as_int64(), 1);
  const auto same = get("/api/v1/runs/" + std::string(run.at("run_id").as_string()));
  EXPECT_EQ(same, run);
  EXPECT_EQ(get("/api/v1/sync/status").at("state").as_string(), "waiting");
  EXPECT_EQ(send("GET", "/health/ready").status, 200);
}

TEST_F(ApiTest, SaysWhatThePagesNeedToBegin) {
  const auto begin = get("/api/v1/bootstrap");
  EXPECT_EQ(begin.at("zone").as_string(), "America/Los_Angeles");
  EXPECT_EQ(begin.at("build").as_string(), "test");
}

TEST_F(ApiTest, RefusesWhatItCannotAnswerInWords) {
  EXPECT_EQ(send("GET", "/api/v1/orders?limit=0").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/orders?limit=abc").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/orders?cursor=nonsense").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/nothing").status, 404);
  const auto wrong_method = send("DELETE", "/api/v1/orders");
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(ports::find_header(wrong_method.headers, "Allow"), "GET");
  const auto problem = json::parse(wrong_method.body).as_object();
  EXPECT_EQ(problem.at("status").as_int64(), 405);
  EXPECT_TRUE(problem.contains("detail"));
}

TEST_F(ApiTest, RefusesWritesFromAnotherSite) {
  const auto foreign = send("POST", "/api/v1/sync/runs",
                            {{"Host", "127.0.0.1:8080"}, {"Origin", "https://evil.example"}});
  EXPECT_EQ(foreign.status, 403);
  const auto own = send("POST", "/api/v1/sync/runs",
                        {{"Host", "127.0.0.1:8080"}, {"Origin", "http://127.0.0.1:8080"}});
  EXPECT_EQ(own.status, 202);
}

TEST_F(ApiTest, EveryAnswerCarriesTheSecurityHeaders) {
  for (const auto* target : {"/", "/api/v1/orders", "/api/v1/nothing", "/health/live"}) {
    const auto response = send("GET", target, {{"Accept", "text/html"}});
    const auto header = [&](std::string_view name) {
      return ports::find_header(response.headers, name).value_or("");
    };
    EXPECT_TRUE(header("Content-Security-Policy").starts_with("default-src 'none'")) << target;
    EXPECT_EQ(header("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header("Referrer-Policy"), "same-origin") << target;
    EXPECT_EQ(header("Cross-Origin-Opener-Policy"), "same-origin") << target;
    EXPECT_EQ(header("Cross-Origin-Resource-Policy"), "same-origin") << target;
    EXPECT_NE(header("Permissions-Policy"), "") << target;
    EXPECT_EQ(header("Strict-Transport-Security"), "") << "not over plain http";
  }
}

TEST_F(ApiTest, OtherSitesAreAllowedNothing) {
  for (const auto* origin : {"https://evil.example", "null"}) {
    const ports::Headers headers = {{"Host", "localhost"}, {"Origin", origin}};
    for (const auto& response :
         {send("GET", "/api/v1/orders", headers), send("OPTIONS", "/api/v1/orders", headers)}) {
      for (const auto& [name, value] : response.headers) {
        EXPECT_FALSE(name.starts_with("Access-Control-")) << name << ": " << value;
      }
    }
  }
}

}  // namespace
}  // namespace tallyman::tests
