#include "sandbox/faults.h"

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

using Ids = std::vector<std::int64_t>;

class Faulty : public SandboxTest {
 protected:
  ports::HttpError error(const std::string& path) {
    const auto result = try_get(path);
    EXPECT_FALSE(result.has_value());
    return result ? ports::HttpError::stopped : result.error().kind;
  }
};

TEST_F(Faulty, AServerErrorStrikesTheNamedPageOnly) {
  order("1");
  world.set_fault({.fault = Fault::server_error, .page = 2, .path = "/orders"});
  EXPECT_EQ(get("/orders").status, 200);
  const auto broken = get("/orders?page=2");
  EXPECT_EQ(broken.status, 500);
  EXPECT_EQ(json::parse(broken.body).at("Message"), "An error has occurred.");
  EXPECT_EQ(get("/shipments?page=2").status, 200);
}

TEST_F(Faulty, AServerErrorStrikesAfterSoManyRequestsThatFit) {
  order("1");
  world.set_fault({.fault = Fault::server_error, .times = 1, .after = 2, .path = "/orders"});
  EXPECT_EQ(get("/orders").status, 200);
  EXPECT_EQ(get("/shipments").status, 200);
  EXPECT_EQ(get("/orders").status, 200);
  EXPECT_EQ(get("/orders").status, 500);
  EXPECT_EQ(get("/orders").status, 200);
}

TEST_F(Faulty, APoisonRowBreaksEveryPageThatHoldsItUntilCleared) {
  const Ids made{order("1"), order("2"), order("3")};
  world.set_fault({.fault = Fault::poison_row, .order = made[1]});
  EXPECT_EQ(get("/orders").status, 500);
  EXPECT_EQ(get("/orders?pageSize=1&page=2").status, 500);
  EXPECT_EQ(ids("/orders?pageSize=1&page=1"), Ids{made[0]});
  EXPECT_EQ(ids("/orders?pageSize=1&page=3"), Ids{made[2]});
  EXPECT_EQ(get("/orders/" + std::to_string(made[1])).status, 500);
  world.clear_fault(Fault::poison_row);
  EXPECT_EQ(ids("/orders"), made);
}

TEST_F(Faulty, ABrokenOrderIsValidJsonWithAMemberOfTheWrongKind) {
  const auto id = order("1");
  const auto broken = [&](BrokenMember member) {
    world.clear_faults();
    world.set_fault({.fault = Fault::broken_order, .order = id, .member = member});
    return read("/orders").at("orders").get_array()[0].get_object();
  };
  EXPECT_TRUE(
      broken(BrokenMember::unit_price_text).at("items").get_array()[0].at("unitPrice").is_string());
  EXPECT_FALSE(broken(BrokenMember::order_id_missing).contains("orderId"));
  EXPECT_TRUE(broken(BrokenMember::items_text).at("items").is_string());
  EXPECT_EQ(broken(BrokenMember::modify_date_text).at("modifyDate"), "yesterday");
}

TEST_F(Faulty, AHtmlPageComesWithStatus200AndARedirectGoesElsewhere) {
  world.set_fault({.fault = Fault::html_page, .times = 1});
  const auto page = get("/orders");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.starts_with("<!DOCTYPE html>"));
  world.set_fault({.fault = Fault::redirect, .times = 1});
  const auto moved = get("/orders");
  EXPECT_EQ(moved.status, 302);
  EXPECT_EQ(ports::find_header(moved.headers, "Location"), "https://login.example.com/");
  EXPECT_EQ(get("/orders").status, 200) << "both were one-shots";
}

TEST_F(Faulty, ATruncatedBodyIsNoJson) {
  order("1");
  fault(Fault::truncated_body);
  boost::system::error_code bad;
  json::parse(get("/orders").body, bad);
  EXPECT_TRUE(bad);
}

TEST_F(Faulty, ASlowAnswerTakesItsTimeOrTimesOut) {
  fault(Fault::slow, 30);
  const auto before = clock.now();
  EXPECT_EQ(get("/orders").status, 200);
  EXPECT_EQ(clock.now() - before, 30s);
  world.clear_faults();
  fault(Fault::slow, 90);
  EXPECT_EQ(error("/orders"), ports::HttpError::timeout);
  EXPECT_EQ(clock.now() - before, 90s) << "30 s and one timeout of 60 s";
}

TEST_F(Faulty, ALostAnswerIsLostAfterTheDeedAndALostRequestBeforeIt) {
  const auto id = order("1");
  auto request = asking("/orders/" + std::to_string(id));
  request.method = ports::HttpMethod::del;
  fault(Fault::lost_request);
  const auto before = clock.now();
  EXPECT_EQ(http.send(request, {}).error().kind, ports::HttpError::timeout);
  EXPECT_EQ(clock.now() - before, 60s);
  EXPECT_TRUE(world.find(id));
  world.clear_faults();
  fault(Fault::never_answer);
  EXPECT_EQ(http.send(request, {}).error().kind, ports::HttpError::timeout);
  EXPECT_FALSE(world.find(id));
  EXPECT_EQ(world.log(), (std::vector<RequestCount>{{"DELETE", "/orders/{id}", 0, 2}}));
}

TEST_F(Faulty, AConnectionBreaksOffOrIsNeverMade) {
  fault(Fault::connection_reset);
  EXPECT_EQ(error("/orders"), ports::HttpError::broken);
  world.clear_faults();
  fault(Fault::unreachable);
  EXPECT_EQ(error("/orders"), ports::HttpError::not_connected);
  http_server::Request request = served("GET", "/orders");
  EXPECT_EQ(world.handle(request).cut_after, 0);
}

TEST_F(Faulty, AThrottleStormEndsAfterItsRequests) {
  world.set_fault({.fault = Fault::throttle_storm, .times = 2});
  for (int i = 0; i < 2; ++i) {
    const auto refused = get("/orders");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(ports::find_header(refused.headers, "X-Rate-Limit-Reset"), "20");
  }
  EXPECT_EQ(get("/orders").status, 200);
  world.set_fault({.fault = Fault::throttle_bare, .times = 1});
  const auto bare = get("/orders");
  EXPECT_EQ(bare.status, 429);
  EXPECT_FALSE(ports::find_header(bare.headers, "X-Rate-Limit-Reset"));
}

TEST_F(Faulty, ALateChangeShowsInListsAfterItsDelayWithItsOldStamp) {
  const auto old = order("1");
  clock.advance(10s);
  fault(Fault::late_visibility, 30);
  world.edit(old, [](Order& changed) { changed.lines[0].quantity = 9; });
  const auto born = order("2");
  EXPECT_EQ(ids("/orders"), Ids{old});
  EXPECT_EQ(ids("/orders?modifyDateStart=2026-11-20T06:30:00"), Ids{});
  EXPECT_EQ(read("/orders/" + std::to_string(old)).at("items").get_array()[0].at("quantity"), 9)
      << "by id the truth shows at once";
  clock.advance(29s);
  EXPECT_EQ(ids("/orders"), Ids{old});
  clock.advance(1s);
  const auto list = read("/orders?modifyDateStart=2026-11-20T06:30:00");
  EXPECT_EQ(list.at("total"), 2);
  EXPECT_EQ(list.at("orders").get_array()[0].at("modifyDate"), "2026-11-20T06:30:10.0000000");
  EXPECT_EQ(ids("/orders"), (Ids{old, born}));
}

TEST_F(Faulty, PageShiftMovesRowsBetweenTwoReads) {
  world.seed(SeedPlan::of(100));
  fault(Fault::page_shift, 5);
  const std::string path = "/orders?sortBy=ModifyDate&pageSize=100";
  const Ids first = ids(path);
  clock.advance(1s);
  const Ids second = ids(path);
  ASSERT_EQ(first.size(), second.size());
  EXPECT_NE(first, second);
  EXPECT_TRUE(std::is_permutation(first.begin(), first.end(), second.begin()));
}

TEST_F(Faulty, SkewedStampsRunAheadOfTheDateHeader) {
  fault(Fault::clock_skew, 120);
  const auto id = order("1");
  EXPECT_EQ(read("/orders/" + std::to_string(id)).at("modifyDate"), "2026-11-20T06:32:00.0000000");
  EXPECT_EQ(world.find(id)->order.modified_at, clock.now());
}

TEST_F(Faulty, ListsCanLieAboutThemselves) {
  const Ids made{order("1"), order("2")};
  const auto with = [&](Fault which) {
    world.clear_faults();
    fault(which);
    return read("/orders");
  };
  EXPECT_TRUE(with(Fault::null_element).at("orders").get_array()[1].is_null());
  EXPECT_EQ(with(Fault::null_element).at("orders").get_array().size(), 3);
  EXPECT_EQ(with(Fault::duplicate_row).at("orders").get_array()[2].at("orderId"), made[0]);
  EXPECT_EQ(with(Fault::total_off).at("total"), 5);
  EXPECT_EQ(with(Fault::pages_zero).at("pages"), 0);
  EXPECT_EQ(with(Fault::unknown_status).at("orders").get_array()[0].at("orderStatus"),
            "processing");
  EXPECT_TRUE(with(Fault::unknown_members)
                  .at("orders")
                  .get_array()[0]
                  .get_object()
                  .contains("futureOptions"));
}

TEST_F(Faulty, AHugeBodyIsMoreThanTheCallerTakes) {
  fault(Fault::huge_body, 2);
  auto request = asking("/orders");
  request.body_limit = 1U << 20U;
  EXPECT_EQ(http.send(request, {}).error().kind, ports::HttpError::too_large);
  request.body_limit = 3U << 20U;
  EXPECT_TRUE(http.send(request, {}));
}

TEST_F(Faulty, AProbabilityStrikesThatOftenAndForOrdersAlwaysTheSame) {
  world.set_fault({.fault = Fault::server_error, .probability = 0.3});
  int struck = 0;
  for (int i = 0; i < 1000; ++i) struck += get("/stores").status == 500 ? 1 : 0;
  EXPECT_GT(struck, 240);
  EXPECT_LT(struck, 360);
  world.clear_faults();
  world.seed(SeedPlan::of(200));
  world.set_fault({.fault = Fault::unknown_status, .probability = 0.2});
  const auto body = get("/orders?pageSize=500").body;
  EXPECT_NE(body.find("\"processing\""), std::string::npos);
  EXPECT_EQ(body, get("/orders?pageSize=500").body);
}

TEST_F(Faulty, AStopEndsAWaitForAnAnswer) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(http.send(asking("/orders"), stop.get_token()).error().kind, ports::HttpError::stopped);
  EXPECT_EQ(world.requests(), 0);
}

}  // namespace
}  // namespace tallyman::sandbox
