// What every reply has in common: authentication, the rate window, the Date header, the log.
#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

std::string header(const ports::HttpResponse& response, std::string_view name) {
  return std::string(ports::find_header(response.headers, name).value_or("(none)"));
}

class Door : public SandboxTest {
 protected:
  Door() : SandboxTest(RateLimit::on) {}
};

TEST_F(Door, RefusesAWrongSecretWithTheRateHeaders) {
  auto request = asking("/stores");
  request.auth->password = Secret{"wrong"};
  const auto response = http.send(request, {}).value();
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, R"({"Message":"Authorization has been denied for this request."})");
  EXPECT_EQ(header(response, "X-Rate-Limit-Limit"), "40");
  request.auth.reset();
  EXPECT_EQ(http.send(request, {}).value().status, 401);
}

TEST_F(Door, CountsFortyRequestsInAFixedWindow) {
  const auto first = get("/stores");
  EXPECT_EQ(header(first, "X-Rate-Limit-Remaining"), "39");
  EXPECT_EQ(header(first, "X-Rate-Limit-Reset"), "60");
  for (int i = 2; i <= 40; ++i) {
    clock.advance(1s);
    EXPECT_EQ(get(i % 2 == 0 ? "/stores" : "/orders/1").status, i % 2 == 0 ? 200 : 404);
  }
  const auto refused = get("/stores");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, R"({"message": "Too Many Requests"})");
  EXPECT_EQ(header(refused, "X-Rate-Limit-Remaining"), "0");
  EXPECT_EQ(header(refused, "X-Rate-Limit-Reset"), "21");
  EXPECT_EQ(header(refused, "Retry-After"), "(none)");
  clock.advance(20s);
  EXPECT_EQ(get("/stores").status, 429);
  clock.advance(1s);
  EXPECT_EQ(header(get("/stores"), "X-Rate-Limit-Remaining"), "39");
}

TEST_F(Door, EveryReplySaysWhatTimeItIsByTheSandboxClock) {
  EXPECT_EQ(header(get("/stores"), "Date"), "Fri, 20 Nov 2026 14:30:00 GMT");
  clock.advance(61s);
  EXPECT_EQ(header(get("/nothing"), "Date"), "Fri, 20 Nov 2026 14:31:01 GMT");
}

TEST_F(Door, CountsRequestsByPathAndStatus) {
  get("/orders/1");
  get("/Orders/2/");
  get("/orders?page=2");
  const std::vector<RequestCount> expected{{"GET", "/orders", 200, 1},
                                           {"GET", "/orders/{id}", 404, 2}};
  EXPECT_EQ(world.log(), expected);
  EXPECT_EQ(world.requests(), 3);
  const auto recent = world.recent_requests();
  ASSERT_EQ(recent.size(), 3);
  EXPECT_EQ(recent[2].query, (std::vector<std::pair<std::string, std::string>>{{"page", "2"}}));
}

TEST_F(Door, ControlRequestsAreFreeAndUncounted) {
  auto request = asking("/_sandbox/stats");
  request.auth.reset();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(http.send(request, {}).value().status, 200);
  EXPECT_EQ(world.requests(), 0);
  EXPECT_EQ(header(get("/stores"), "X-Rate-Limit-Remaining"), "39");
}

TEST_F(Door, AnAddressThatIsNoneIsNotSent) {
  auto request = asking("/stores");
  for (const char* url :
       {"ftp://a/b", "https:///b", "/stores", "https://a/%zz", "https://a/b?c d"}) {
    request.url = url;
    const auto result = http.send(request, {});
    ASSERT_FALSE(result) << url;
    EXPECT_EQ(result.error().kind, ports::HttpError::bad_url) << url;
  }
  EXPECT_EQ(world.requests(), 0);
}

class OpenDoor : public SandboxTest {};

TEST_F(OpenDoor, WithoutARateLimitThereAreNoRateHeaders) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(get("/stores").status, 200);
  EXPECT_EQ(header(get("/stores"), "X-Rate-Limit-Limit"), "(none)");
}

}  // namespace
}  // namespace tallyman::sandbox
