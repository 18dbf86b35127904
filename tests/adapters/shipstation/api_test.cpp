#include "adapters/shipstation/api.h"

#include <gtest/gtest.h>

#include "adapters/shipstation/support.h"

namespace tallyman::shipstation {
namespace {

using namespace std::chrono_literals;
using ports::CallError;
using ports::HttpError;

// The wire's other end: answers what it is told and remembers what it was asked.
class CannedHttp final : public ports::Http {
 public:
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token) override {
    asked.push_back(request);
    return answer;
  }
  ports::HttpResult answer;
  std::vector<ports::HttpRequest> asked;
};

class ApiTest : public testing::Test {
 protected:
  void answer(int status, std::string body, ports::Headers headers = {}) {
    http.answer = ports::HttpResponse{status, std::move(headers), std::move(body)};
  }

  void fail(HttpError kind, std::string what = {}) {
    http.answer = tl::unexpected(ports::HttpFailure{kind, std::move(what)});
  }

  ports::CallFailure orders_failure() {
    auto page = api->orders({}, {});
    if (page) throw std::runtime_error("the call succeeded");
    return std::move(page.error());
  }

  // What was asked, behind the host.
  std::string target() const {
    const std::string base = "https://ship.example";
    EXPECT_TRUE(http.asked.back().url.starts_with(base));
    return http.asked.back().url.substr(base.size());
  }

  static Settings settings() {
    Settings all;
    all.base_url = "https://ship.example/";
    all.key = Secret{"key"};
    all.secret = Secret{"secret"};
    all.zone = pacific();
    return all;
  }

  CannedHttp http;
  std::unique_ptr<ports::ShipStation> api = make_shipstation(http, settings());
};

constexpr const char* kEmptyOrders = R"({"orders":[],"total":0,"page":1,"pages":0})";

TEST_F(ApiTest, AsksForOrdersByModifyDateInPacificTime) {
  answer(200, kEmptyOrders);
  ports::OrderQuery query;
  query.modified = {at("2026-11-20T06:46:31.9Z"), at("2026-11-20T07:00:00Z")};
  ASSERT_TRUE(api->orders(query, {}));
  EXPECT_EQ(target(),
            "/orders?modifyDateStart=2026-11-19%2022%3A46%3A31"
            "&modifyDateEnd=2026-11-19%2023%3A00%3A00"
            "&sortBy=ModifyDate&sortDir=ASC&page=1&pageSize=500");
}

TEST_F(ApiTest, AsksForOrdersByEverythingElseToo) {
  answer(200, kEmptyOrders);
  ports::OrderQuery query;
  query.created.from = at("2026-07-01T07:00:00Z");
  query.number = OrderNumber{"A/1 &é"};
  query.status = "on_hold";
  query.sort = ports::OrderQuery::Sort::created;
  query.page = 3;
  query.page_size = 1;
  ASSERT_TRUE(api->orders(query, {}));
  EXPECT_EQ(target(),
            "/orders?createDateStart=2026-07-01%2000%3A00%3A00&orderNumber=A%2F1%20%26%C3%A9"
            "&orderStatus=on_hold&sortBy=CreateDate&sortDir=ASC&page=3&pageSize=1");
}

TEST_F(ApiTest, AsksForShipmentsWithTheirItems) {
  answer(200, R"({"shipments":[],"total":0})");
  ports::ShipmentQuery created;
  created.created = {at("2026-07-01T07:00:00Z"), at("2026-07-02T07:00:00Z")};
  ASSERT_TRUE(api->shipments(created, {}));
  EXPECT_EQ(target(),
            "/shipments?createDateStart=2026-07-01%2000%3A00%3A00"
            "&createDateEnd=2026-07-02%2000%3A00%3A00"
            "&includeShipmentItems=true&sortBy=CreateDate&sortDir=ASC&page=1&pageSize=500");
  ports::ShipmentQuery voided;
  voided.voided = created.created;
  voided.order = ShipStationOrderId{1202218626703};
  ASSERT_TRUE(api->shipments(voided, {}));
  EXPECT_EQ(target(),
            "/shipments?voidDateStart=2026-07-01%2000%3A00%3A00"
            "&voidDateEnd=2026-07-02%2000%3A00%3A00&orderId=1202218626703"
            "&includeShipmentItems=true&sortBy=CreateDate&sortDir=ASC&page=1&pageSize=500");
}

TEST_F(ApiTest, AsksForFulfilments) {
  answer(200, R"({"fulfillments":[],"total":0})");
  ports::FulfilmentQuery query;
  query.created.from = at("2026-01-01T08:00:00Z");
  query.order = ShipStationOrderId{7};
  query.page = 2;
  ASSERT_TRUE(api->fulfilments(query, {}));
  EXPECT_EQ(target(),
            "/fulfillments?createDateStart=2026-01-01%2000%3A00%3A00&orderId=7"
            "&sortBy=CreateDate&sortDir=ASC&page=2&pageSize=500");
}

TEST_F(ApiTest, SendsCredentialsWithTheFirstRequestAndLimitsIt) {
  answer(200, kEmptyOrders);
  ASSERT_TRUE(api->orders({}, {}));
  ASSERT_EQ(http.asked.size(), 1U);
  const auto& request = http.asked[0];
  EXPECT_EQ(request.method, ports::HttpMethod::get);
  ASSERT_TRUE(request.auth.has_value());
  EXPECT_EQ(request.auth->user.reveal(), "key");
  EXPECT_EQ(request.auth->password.reveal(), "secret");
  EXPECT_EQ(request.total_timeout, 120s);
  EXPECT_EQ(request.connect_timeout, 10s);
  EXPECT_EQ(request.body_limit, 64U << 20U);
  EXPECT_EQ(ports::find_header(request.headers, "Accept"), "application/json");
}

TEST_F(ApiTest, ReadsAPageAndTheServersClock) {
  answer(200, invented("orders_page.json"), {{"date", "Fri, 20 Nov 2026 06:46:31 GMT"}});
  const auto page = api->orders({}, {});
  ASSERT_TRUE(page) << page.error().cause;
  EXPECT_EQ(page->rows.size(), 3U);
  EXPECT_EQ(page->served_at, at("2026-11-20T06:46:31Z"));
  answer(200, invented("shipments_page.json"), {{"Date", "sometime"}});
  const auto shipments = api->shipments({}, {});
  ASSERT_TRUE(shipments) << shipments.error().cause;
  EXPECT_EQ(shipments->served_at, std::nullopt);
}

TEST_F(ApiTest, ReadsOneOrderAndRefusesAnother) {
  answer(200, captured("samples/order.json"));
  const auto order = api->order({373704169}, {});
  ASSERT_TRUE(order) << order.error().cause;
  EXPECT_EQ(target(), "/orders/373704169");
  EXPECT_EQ(order->seen.number.value, "S-1001");
  const auto other = api->order({5}, {});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, CallError::unreadable);
  EXPECT_EQ(other.error().cause, "asked for order 5, got 373704169");
}

TEST_F(ApiTest, AnUnreadableSingleOrderIsAFailureWithItsPath) {
  answer(200, R"({"orderId":5,"customerEmail":"buyer@example.com"})");
  const auto order = api->order({5}, {});
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, CallError::unreadable);
  EXPECT_EQ(order.error().cause, "orderNumber: is missing");
}

TEST_F(ApiTest, TellsWhatEachStatusMeans) {
  const struct {
    int status;
    const char* body;
    CallError kind;
    const char* cause;
  } cases[] = {
      {401, R"({"Message":"Authorization has been denied for this request."})",
       CallError::unauthorized,
       "ShipStation refuses the API key and secret: Authorization has been denied for this "
       "request."},
      {401, "", CallError::unauthorized, "ShipStation refuses the API key and secret"},
      {403, "", CallError::forbidden, "ShipStation forbids this"},
      {404, "", CallError::not_found, "ShipStation knows nothing under this address"},
      {405, "", CallError::rejected, "ShipStation answered 405"},
      {302, "<html>moved</html>", CallError::rejected, "redirect refused"},
      {400, R"({"Message":"Bad.","ExceptionMessage":"Invalid packageCode"})", CallError::rejected,
       "ShipStation answered 400: Bad. Invalid packageCode"},
      {400,
       "{\"Message\":\"The request is invalid.\",\"ModelState\":{\"apiOrder\":[\"Cannot "
       "deserialize "
       "the array.\\r\\nPath '', line 1.\"],\"x\":null}}",
       CallError::rejected,
       "ShipStation answered 400: The request is invalid. apiOrder: Cannot deserialize the array. "
       "Path '', line 1."},
      {400, "\"No such store for buyer@example.com.\"\n", CallError::rejected,
       "ShipStation answered 400: No such store for"},
      {500,
       R"({"Message":"An error has occurred.","ExceptionMessage":"Object reference not set.",)"
       R"("StackTrace":"at SS.OpenApi"})",
       CallError::server_error,
       "ShipStation answered 500: An error has occurred. Object reference not set."},
      {502, "<!DOCTYPE html><html><head><TITLE lang='en'>\n Bad\n Gateway</TITLE>",
       CallError::server_error,
       "ShipStation answered 502: an HTML page \"Bad Gateway\" (text/html)"},
      {503, "upstream connect error", CallError::server_error,
       "ShipStation answered 503: \"upstream connect error\" (text/html)"},
      {500, R"({"customerEmail":"buyer@example.com"})", CallError::server_error,
       "ShipStation answered 500"},
      {500, R"({"Message":"cut off, "customerEmail":"buy)", CallError::server_error,
       "ShipStation answered 500"},
      {100, "", CallError::unreadable, "ShipStation answered 100"},
      {700, "", CallError::unreadable, "ShipStation answered 700"},
  };
  for (const auto& c : cases) {
    answer(c.status, c.body, {{"Content-Type", "text/html"}});
    const auto failure = orders_failure();
    EXPECT_EQ(failure.kind, c.kind) << c.status << c.body;
    EXPECT_EQ(failure.status, c.status);
    EXPECT_EQ(failure.cause, c.cause) << c.status;
    EXPECT_EQ(failure.reset_after, std::nullopt);
  }
}

TEST_F(ApiTest, KnowsThrottlingUnderAnyStatus) {
  for (const int status : {429, 400, 500, 503, 200}) {
    answer(status, R"({"message": "Too Many Requests"})", {{"X-Rate-Limit-Reset", "20"}});
    const auto failure = orders_failure();
    EXPECT_EQ(failure.kind, CallError::throttled) << status;
    EXPECT_EQ(failure.status, status);
    EXPECT_EQ(failure.cause, "ShipStation's rate limit is used up");
    EXPECT_EQ(failure.reset_after, 20s) << status;
  }
  answer(200, "Too Many Requests", {});
  EXPECT_EQ(orders_failure().kind, CallError::throttled);
  answer(429, "", {});
  EXPECT_EQ(orders_failure().kind, CallError::throttled);
}

TEST_F(ApiTest, ACustomerWhoWritesTooManyRequestsDoesNotThrottle) {
  answer(200, R"({"orders":[{"customerNotes":"Too Many Requests"}],"total":1})");
  EXPECT_TRUE(api->orders({}, {}));
  answer(200, R"({"orders":[{"customerNotes":"Too Many Requests"}]})");
  EXPECT_EQ(orders_failure().kind, CallError::unreadable);
}

TEST_F(ApiTest, ReadsWhenTheRateWindowOpensAgain) {
  const struct {
    ports::Headers headers;
    std::optional<std::chrono::seconds> reset;
  } cases[] = {
      {{{"x-rate-limit-reset", "0"}}, 0s},
      {{{"X-Rate-Limit-Reset", "60"}}, 60s},
      {{{"X-Rate-Limit-Reset", "601"}}, 600s},
      {{{"X-Rate-Limit-Reset", "99999999999999"}}, 600s},
      {{{"X-Rate-Limit-Reset", "-4"}}, 0s},
      {{{"X-Rate-Limit-Reset", "soon"}}, std::nullopt},
      {{{"X-Rate-Limit-Reset", ""}}, std::nullopt},
      {{{"X-Rate-Limit-Reset", "7"}, {"Retry-After", "9"}}, 7s},
      {{{"X-Rate-Limit-Reset", "soon"}, {"Retry-After", "9"}}, 9s},
      {{{"Retry-After", "Fri, 20 Nov 2026 06:46:41 GMT"},
        {"Date", "Fri, 20 Nov 2026 06:46:31 GMT"}},
       10s},
      {{{"Retry-After", "Fri, 20 Nov 2026 06:46:41 GMT"}}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const auto& c : cases) {
    answer(429, R"({"message": "Too Many Requests"})", c.headers);
    EXPECT_EQ(orders_failure().reset_after, c.reset);
  }
  answer(503, "", {{"Retry-After", "30"}, {"X-Rate-Limit-Reset", "7"}});
  EXPECT_EQ(orders_failure().reset_after, 30s);
}

TEST_F(ApiTest, TellsWhatABrokenExchangeMeans) {
  const struct {
    HttpError error;
    CallError kind;
    const char* cause;
  } cases[] = {
      {HttpError::bad_url, CallError::rejected, "bad address: why"},
      {HttpError::not_resolved, CallError::unreachable, "host not found: why"},
      {HttpError::not_connected, CallError::unreachable, "not reachable: why"},
      {HttpError::tls, CallError::unreachable, "TLS refused: why"},
      {HttpError::timeout, CallError::timeout, "timeout: why"},
      {HttpError::broken, CallError::timeout, "connection broken: why"},
      {HttpError::too_large, CallError::too_large, "answer too large: why"},
      {HttpError::stopped, CallError::stopped, "stopped: why"},
  };
  for (const auto& c : cases) {
    fail(c.error, "why");
    const auto failure = orders_failure();
    EXPECT_EQ(failure.kind, c.kind) << c.cause;
    EXPECT_EQ(failure.cause, c.cause);
    EXPECT_EQ(failure.status, 0);
  }
}

TEST_F(ApiTest, NamesAnAnswerThatIsNotJsonWithoutQuotingOrders) {
  const struct {
    const char* type;
    std::string body;
    const char* cause;
  } cases[] = {
      {"text/html; charset=utf-8", "<html><title>Maintenance</title><body>We are back soon.",
       "expected JSON, got an HTML page \"Maintenance\" (text/html; charset=utf-8)"},
      {"text/html", "\r\n<html><body>x", "expected JSON, got an HTML page (text/html)"},
      {"text/plain", "Service\r\n unavailable",
       "expected JSON, got \"Service unavailable\" (text/plain)"},
      {"application/json", "", "expected JSON, got an empty answer (application/json)"},
      {"application/json", R"({"orders":[{"customerEmail":"buyer@exam)",
       "the JSON ends too early, after 39 bytes"},
      {"text/plain", R"(rEmail":"buyer@example.com","name":"A Example"})",
       "malformed JSON at byte 0: expected a value"},
      {"application/json", R"({"Message":"An error has occurred."})",
       "orders: is missing (ShipStation says: An error has occurred.)"},
      {"text/plain", std::string(200, 'x'), nullptr},
  };
  for (const auto& c : cases) {
    answer(200, c.body, {{"Content-Type", c.type}});
    const auto failure = orders_failure();
    EXPECT_EQ(failure.kind, CallError::unreadable) << c.body;
    EXPECT_EQ(failure.status, 200);
    if (c.cause != nullptr) {
      EXPECT_EQ(failure.cause, c.cause);
    } else {
      EXPECT_LT(failure.cause.size(), 130U);
    }
    EXPECT_EQ(failure.cause.find("buyer"), std::string::npos);
  }
}

TEST_F(ApiTest, APageBeyondTheLimitIsOurOwnMistake) {
  answer(200, kEmptyOrders);
  ports::OrderQuery too_large;
  too_large.page_size = 501;
  EXPECT_DEATH((void)api->orders(too_large, {}), "500 rows");
  ports::OrderQuery before_first;
  before_first.page = 0;
  EXPECT_DEATH((void)api->orders(before_first, {}), "pages count from 1");
}

}  // namespace
}  // namespace tallyman::shipstation
