// /metrics, read as Prometheus reads it.
#include "api/api_test.h"
#include "api/meters.h"
#include "support/exposition.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class ApiMetrics : public ApiTest {
 protected:
  ApiMetrics() : meters_(registry_, story_.database(), story_.clock(), context_.status, "1.2.3") {
    context_.meters = &meters_;
  }

  Exposition metrics() {
    const auto response = send("GET", "/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(ports::find_header(response.headers, "Content-Type"),
              "text/plain; version=0.0.4; charset=utf-8");
    auto read = read_exposition(response.body);
    for (const auto& complaint : read.complaints) ADD_FAILURE() << complaint;
    return read;
  }

  metrics::Registry registry_;
  api::Meters meters_;
};

TEST_F(ApiMetrics, ShowsTheProgramAndItsRequests) {
  send("GET", "/api/v1/orders");
  send("GET", "/api/v1/orders?limit=0");
  send("GET", "/api/v1/orders/nowhere");
  send("GET", "/api/v1/nothing/of/the/kind");
  send("GET", "/", {{"Accept", "text/html"}});
  const auto read = metrics();
  EXPECT_EQ(read.value(R"(tallyman_build_info{version="1.2.3"})"), 1);
  EXPECT_GT(read.value("process_resident_memory_bytes"), 1e6);
  const auto requests = [&](const std::string& labels) {
    return read.value("tallyman_http_requests_total{" + labels + "}");
  };
  EXPECT_EQ(requests(R"(operation="listOrders",status="200")"), 1);
  EXPECT_EQ(requests(R"(operation="listOrders",status="400")"), 1);
  EXPECT_EQ(requests(R"(operation="getOrder",status="404")"), 1) << "no number in the label";
  EXPECT_EQ(requests(R"(operation="none",status="404")"), 1) << "what strangers try is one series";
  EXPECT_EQ(requests(R"(operation="page",status="200")"), 1);
  EXPECT_EQ(read.value(R"(tallyman_http_request_seconds_count{operation="listOrders"})"), 2);
}

TEST_F(ApiMetrics, ShowsTheWorkAndWhatStandsInTheBook) {
  manual_order("100001");
  story_.sync();
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  story_.sync();
  story_.script(
      "INSERT INTO breakers (partner, state, changed_us) VALUES ('shipstation', 'open', 1)");
  const auto read = metrics();
  EXPECT_EQ(read.value(R"(tallyman_runs_total{workflow="shipstation-sync",outcome="ok"})"), 1);
  EXPECT_EQ(read.value(R"(tallyman_runs_total{workflow="shipstation-sync",outcome="failed"})"), 1);
  EXPECT_GT(read.value(R"(tallyman_last_success_timestamp_seconds{workflow="shipstation-sync"})"),
            1.7e9);
  EXPECT_GE(read.value(R"(tallyman_watermark_age_seconds{partner="shipstation"})"), 300);
  EXPECT_TRUE(read.value(R"(tallyman_budget_limit{partner="shipstation"})"));
  EXPECT_EQ(read.value(R"(tallyman_breaker_state{partner="shipstation",state="open"})"), 1);
  EXPECT_EQ(read.value(R"(tallyman_breaker_state{partner="shipstation",state="closed"})"), 0);
  EXPECT_EQ(read.value(R"(tallyman_jobs{state="dead"})"), 0);
  EXPECT_EQ(read.value(R"(tallyman_alerts_open{severity="critical"})"), 0);
  EXPECT_EQ(read.value("tallyman_quarantine_open"), 0);
  EXPECT_EQ(read.value("tallyman_database_up"), 1);
}

TEST_F(ApiMetrics, TheBookIsReadEveryFiveSecondsAtMost) {
  const auto ok = [&] {
    return metrics().value(R"(tallyman_runs_total{workflow="shipstation-sync",outcome="ok"})");
  };
  EXPECT_FALSE(ok());
  story_.sync(0s);
  EXPECT_FALSE(ok()) << "within five seconds";
  story_.clock().advance(5s);
  EXPECT_EQ(ok(), 1);
}

TEST_F(ApiMetrics, ABookThatCannotBeReadIsANumberToo) {
  story_.script("ALTER TABLE runs RENAME TO gone");
  const auto read = metrics();
  EXPECT_EQ(read.value("tallyman_database_up"), 0);
  EXPECT_TRUE(read.value(R"(tallyman_build_info{version="1.2.3"})"));
}

TEST_F(ApiMetrics, AreForThisMachineAndForWhoMayLook) {
  http_server::Request request;
  request.method = "GET";
  request.path = "/metrics";
  const auto status = [&](const std::string& peer, ports::Headers headers) {
    request.peer = peer;
    request.headers = std::move(headers);
    return send(request).status;
  };
  EXPECT_EQ(status("unix", {}), 200);
  EXPECT_EQ(status("127.0.0.1", {{"Host", "localhost"}}), 200);
  EXPECT_EQ(status("192.168.1.7", {{"Host", "localhost"}}), 401);
  EXPECT_EQ(status("127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-For", "192.168.1.7"}}), 401)
      << "through a proxy on this machine";
  EXPECT_EQ(status("192.168.1.7", {{"Host", "localhost"}, {"Authorization", "Bearer tally_1_x"}}),
            401);
  context_.meters = nullptr;
  EXPECT_EQ(status("unix", {}), 503);
}

}  // namespace
}  // namespace tallyman::tests
