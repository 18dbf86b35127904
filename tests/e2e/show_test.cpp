// What the program is for, from the outside: one command reads two thousand orders, proves that
// none was lost, and does nothing when it is run again.
#include <gtest/gtest.h>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

class Show : public testing::TestWithParam<ports::Dialect> {};

std::int64_t number(const json::object& run, std::string_view name) {
  return run.at(name).to_number<std::int64_t>();
}

std::int64_t accounted_for(const json::object& run) {
  std::int64_t sum = number(run, "applied") + number(run, "unchanged") +
                     number(run, "quarantined") + number(run, "deferred");
  for (const auto& [reason, count] : run.at("skipped").as_object()) {
    sum += count.to_number<std::int64_t>();
  }
  return sum;
}

TEST_P(Show, TwoThousandOrdersInNineRequestsAndNothingToDoTheSecondTime) {
  World world(GetParam(), {"--seed", "1", "--orders", "2000"});
  world.environment()["TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE"] = "38";
  world.prepare();
  const json::object first = world.sync();
  EXPECT_EQ(first.at("outcome"), "ok");
  EXPECT_EQ(number(first, "source_total"), 2000);
  EXPECT_EQ(number(first, "received"), 2000);
  EXPECT_EQ(accounted_for(first), 2000);
  EXPECT_EQ(number(first, "applied"), 1900);
  EXPECT_EQ(number(first, "manual_orders_imported"), 200);
  EXPECT_EQ(number(first, "status_updates"), 1700);
  EXPECT_LE(world.sandbox().requests(), 9);
  EXPECT_EQ(number(first, "requests"), world.sandbox().requests());
  EXPECT_EQ(differences(world), Findings{});
  EXPECT_EQ(duplicates(world.book()), Findings{});

  const auto before = world.book().dump();
  const auto asked = world.sandbox().requests();
  const json::object second = world.sync();
  EXPECT_EQ(second.at("outcome"), "ok");
  EXPECT_EQ(number(second, "applied"), 0);
  EXPECT_LE(world.sandbox().requests() - asked, 2);
  EXPECT_EQ(world.book().dump(), before);
}

TEST_P(Show, TheJsonDocumentHasTheDocumentedMembersInTheirOrder) {
  World world(GetParam(), {"--orders", "40"});
  world.prepare();
  const json::object run = world.sync();
  std::vector<std::string> members;
  for (const auto& member : run) members.emplace_back(member.key());
  EXPECT_EQ(members, (std::vector<std::string>{
                         "run_id", "outcome", "manual_orders_imported", "status_updates", "message",
                         "window", "source_total", "received", "applied", "unchanged", "skipped",
                         "quarantined", "deferred", "requests", "duration_ms", "watermark",
                         "read_until", "warnings"}));
  EXPECT_TRUE(run.at("window").as_object().contains("from"));
  EXPECT_TRUE(run.at("window").as_object().contains("until"));
  EXPECT_TRUE(run.at("watermark").as_object().contains("before"));
  EXPECT_TRUE(run.at("watermark").as_object().contains("after"));
}

INSTANTIATE_TEST_SUITE_P(Databases, Show,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& kind) {
                           return kind.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace tallyman::tests
