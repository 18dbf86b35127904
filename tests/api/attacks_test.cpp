// What a hostile page, a stale link or an odd number makes of the API.
#include <gtest/gtest.h>

#include "adapters/time/system_threads.h"
#include "api/routes.h"
#include "engine/schedule.h"
#include "http_server/target.h"
#include "stories/story.h"

namespace tallyman::tests {
namespace {

class ApiAttacks : public testing::Test {
 protected:
  ApiAttacks()
      : schedule_(story_.clock(), threads_, random_, std::nullopt,
                  [](const RunId&, const std::string&, std::stop_token) {
                    return engine::Afterwards::when_asked;
                  }),
        context_{.database = story_.database(),
                 .clock = story_.clock(),
                 .sync = schedule_,
                 .account = kDefaultAccount,
                 .warehouse = pacific(),
                 .known_skus = story_.settings().routing.known_skus,
                 .status = {},
                 .version = "test",
                 .demo = false,
                 .dev_assets = std::nullopt,
                 .lost_run = [](const RunId&) { return std::nullopt; }},
        handler_(api::make_handler(context_)) {}

  http_server::Response send(const std::string& method, const std::string& target,
                             ports::Headers headers = {}) {
    const auto parsed = http_server::parse_target(target).value();
    http_server::Request request;
    request.method = method;
    request.path = parsed.path;
    request.query = parsed.query;
    request.headers = std::move(headers);
    return handler_(request);
  }

  Story story_;
  timing::SystemThreads threads_;
  timing::SeededRandom random_{1};
  engine::Schedule schedule_;
  api::Context context_;
  http_server::Handler handler_;
};

TEST_F(ApiAttacks, ANameThatOnlyLeadsHereIsNotUs) {
  for (const auto* host : {"evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example",
                           "[::2]:8080", "10.0.0.1"}) {
    EXPECT_EQ(send("GET", "/api/v1/orders", {{"Host", host}}).status, 421) << host;
    EXPECT_EQ(send("GET", "/", {{"Host", host}, {"Accept", "text/html"}}).status, 421) << host;
    EXPECT_EQ(send("POST", "/api/v1/sync/runs",
                   {{"Host", host}, {"Origin", std::string("http://") + host}})
                  .status,
              421)
        << host;
  }
  for (const auto* host : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"}) {
    EXPECT_EQ(send("GET", "/api/v1/orders", {{"Host", host}}).status, 200) << host;
  }
}

TEST_F(ApiAttacks, ACursorBeyondAllTimeIsABadRequest) {
  EXPECT_EQ(send("GET", "/api/v1/orders?cursor=9223372036854775807-1").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/orders?cursor=-9223372036854775808-1").status, 400);
}

TEST_F(ApiAttacks, ANumberWithASlashIsFound) {
  sandbox::OrderSpec spec;
  spec.number = "10/905";
  spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
  story_.world().create_order(spec);
  story_.sync();
  EXPECT_EQ(send("GET", "/api/v1/orders/10%2F905").status, 200);
  EXPECT_EQ(send("GET", "/api/v1/orders/10%2F905/why").status, 200);
  EXPECT_EQ(send("GET", "/api/v1/orders/10%2F906").status, 404);
}

}  // namespace
}  // namespace tallyman::tests
