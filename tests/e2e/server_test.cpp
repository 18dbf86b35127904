// `serve`: commands go to it through its socket, pages and health answer, SIGTERM ends it in order.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;
using ports::HttpMethod;

std::string header(const Answer& answer, std::string_view name) {
  return std::string(ports::find_header(answer.headers, name).value_or(""));
}

class Server : public testing::TestWithParam<ports::Dialect> {
 protected:
  Server() : world_(GetParam(), {"--orders", "120"}) {
    world_.prepare();
    world_.environment()["TALLYMAN_LOG_FORMAT"] = "json";
  }
  Process serve() {
    Process server = world_.start({"serve"});
    const std::string rest = server.wait_for_error(" on http://");
    url_ = "http://" + rest.substr(0, rest.find(','));
    return server;
  }

  World world_;
  std::string url_;
};

TEST_P(Server, AnswersCommandsFromItsOwnBookAndEndsInOrder) {
  Process server = serve();
  server.wait_for_error("shipstation-sync ended");
  const auto before = world_.sandbox().requests();
  const json::object run = world_.sync();
  EXPECT_EQ(run.at("outcome"), "ok");
  EXPECT_GT(world_.sandbox().requests(), before);

  const Ended list = world_.tallyman({"orders", "list", "--json", "--limit", "500"});
  ASSERT_EQ(list.code, 0) << list.error;
  EXPECT_EQ(std::to_string(json::parse(list.out).at("items").as_array().size()),
            world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM orders_inbox"));

  const std::string number =
      world_.book().rows("SELECT order_number FROM orders_inbox ORDER BY id").front().front();
  const Ended why = world_.tallyman({"orders", "why", number});
  EXPECT_EQ(why.code, 0) << why.error;
  EXPECT_FALSE(why.out.empty());
  const Ended unknown = world_.tallyman({"orders", "why", "no-such-order"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_NE(unknown.error.find("no-such-order"), std::string::npos) << unknown.error;

  server.signal(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.code, 0) << ended.error;
  EXPECT_EQ(differences(world_), Findings{});
  EXPECT_EQ(world_.tallyman({"orders", "list"}).code, 0)
      << "without a server the command works too";
}

TEST_P(Server, ServesHealthAndPagesUnderAStrictPolicy) {
  Process server = serve();
  server.wait_for_error("shipstation-sync ended");
  EXPECT_EQ(ask(HttpMethod::get, url_ + "/health/live").status, 200);
  EXPECT_EQ(ask(HttpMethod::get, url_ + "/health/ready").status, 200);
  const Answer page = ask(HttpMethod::get, url_ + "/orders", {}, {{"Accept", "text/html"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(header(page, "Content-Type").starts_with("text/html"));
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos) << policy;
  EXPECT_EQ(header(page, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(ask(HttpMethod::get, url_ + "/api/v1/no-such-thing").status, 404);
}

TEST_P(Server, EndsCleanlyInTheMiddleOfARun) {
  world_.environment()["TALLYMAN_SERVER_DRAIN_SECONDS"] = "1";
  world_.sandbox().fault("slow", {{"amount", 60}});
  const auto before = world_.sandbox().requests();
  Process server = serve();
  while (world_.sandbox().requests() == before && !server.ends_within(Milliseconds{10})) {
  }
  server.signal(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.code, 0) << ended.error;
  EXPECT_EQ(world_.book().one("SELECT outcome FROM runs WHERE workflow = 'shipstation-sync'"),
            "skipped");
  EXPECT_EQ(world_.book().one("SELECT failure FROM runs WHERE workflow = 'shipstation-sync'"),
            "stopped");
  EXPECT_EQ(world_.book().one("SELECT CAST(expires_us AS TEXT) FROM sync_locks"), "0");
  EXPECT_EQ(world_.book().one("SELECT state || ' ' || CAST(attempt AS TEXT) FROM jobs "
                              "WHERE kind = 'shipstation-sync'"),
            "available 0")
      << "who was stopped has not failed: the next program goes on with it";
  world_.sandbox().calm();
  EXPECT_EQ(world_.sync().at("outcome"), "ok");
  EXPECT_EQ(differences(world_), Findings{});
}

TEST_P(Server, FinishesWhatRunsAndStillAnswersReadsBeforeItGoes) {
  world_.environment()["TALLYMAN_SERVER_DRAIN_SECONDS"] = "600";
  world_.sandbox().signal(SIGSTOP);  // the run hangs for as long as this lasts
  Process server = serve();
  const auto jobs = [&](const std::string& which) {
    return world_.book().one(
        "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'shipstation-sync' AND " + which);
  };
  while (jobs("state = 'running'") != "1" && !server.ends_within(Milliseconds{20})) {
  }
  server.signal(SIGTERM);
  Answer refused;
  while (refused.status != 503) {
    ASSERT_FALSE(server.ends_within(Milliseconds{20})) << server.error();
    refused = ask(HttpMethod::post, url_ + "/api/v1/sync/runs", "{}",
                  {{"Content-Type", "application/json"}});
  }
  EXPECT_FALSE(header(refused, "Retry-After").empty());
  EXPECT_EQ(ask(HttpMethod::get, url_ + "/health/live").status, 200);
  EXPECT_EQ(world_.tallyman({"jobs", "list"}).code, 0);
  EXPECT_FALSE(server.ends_within(Milliseconds{0}));
  world_.sandbox().signal(SIGCONT);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.code, 0) << ended.error;
  EXPECT_EQ(jobs("state = 'done' AND outcome = 'ok' AND attempt = 1"), "1");
  EXPECT_EQ(differences(world_), Findings{});
}

TEST_P(Server, PagesReadSkuTextsByTheKeySkusThatAreInForce) {
  ASSERT_EQ(world_.sync().at("outcome"), "ok");
  const auto lots = [&] {
    const Ended list = world_.tallyman({"orders", "list", "--json", "--limit", "500"});
    EXPECT_EQ(list.code, 0) << list.error;
    const auto page = json::parse(list.out);
    int found = 0;
    for (const auto& order : page.at("items").as_array()) {
      for (const auto& line : order.at("lines").as_array()) {
        if (line.at("lot").is_string()) ++found;
      }
    }
    return found;
  };
  EXPECT_GT(lots(), 0);
  world_.book().script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('orders', 'key_skus', '99999')");
  EXPECT_EQ(lots(), 0) << "no number is a key SKU any more";
}

TEST_P(Server, BeginsNothingWhereItsPortIsTaken) {
  const int taken = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(taken, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the API of sockets
  ASSERT_EQ(bind(taken, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size), 0);
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  ASSERT_EQ(listen(taken, 1), 0);
  world_.environment()["TALLYMAN_LISTEN"] = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  const auto before = world_.sandbox().requests();
  const Ended ended = world_.tallyman({"serve"});
  EXPECT_EQ(ended.code, 1) << ended.error;
  EXPECT_EQ(world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM nodes"), "0");
  EXPECT_EQ(world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM jobs"), "0");
  EXPECT_EQ(world_.sandbox().requests(), before);
  close(taken);
}

INSTANTIATE_TEST_SUITE_P(Databases, Server,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& kind) {
                           return kind.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace tallyman::tests
