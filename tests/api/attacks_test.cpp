// What a hostile page, a stale link or an odd number makes of the API.
#include "api/api_test.h"

namespace tallyman::tests {
namespace {

using ApiAttacks = ApiTest;

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
