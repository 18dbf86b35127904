// The sandbox server answers from several threads at once.
#include <thread>

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

class Crowd : public SandboxTest {};

TEST_F(Crowd, RequestsPeopleAndControlMayComeAtOnce) {
  world.seed(SeedPlan::of(100));
  constexpr int kRounds = 25;
  const auto client = [&](const char* path) {
    return std::jthread([this, path] {
      for (int i = 0; i < kRounds; ++i) {
        const auto response = http.send(asking(path), {});
        EXPECT_TRUE(response && response->status == 200) << path;
      }
    });
  };
  {
    const std::jthread crowd[] = {client("/orders?sortBy=ModifyDate"), client("/shipments"),
                                  client("/_sandbox/stats"), std::jthread([this] {
                                    for (int i = 0; i < kRounds; ++i) world.act(2);
                                  })};
  }
  EXPECT_EQ(world.requests(), 2 * kRounds);
  // Whatever was done meanwhile: every index holds every order once.
  const auto total = static_cast<std::int64_t>(world.snapshot().size());
  for (const char* sort : {"ModifyDate", "CreateDate", "OrderDate", ""}) {
    EXPECT_EQ(read(std::string("/orders?sortBy=") + sort).at("total"), total) << sort;
  }
}

TEST_F(Crowd, IndexesStaySortedAndCompleteWhateverPeopleDo) {
  world.seed(SeedPlan::of(150));
  world.set_fault({.fault = Fault::late_visibility, .probability = 0.3, .amount = 90});
  for (int i = 0; i < 300; ++i) {
    clock.advance(20s);
    world.act(1);
    if (i % 50 == 0) world.remove(world.snapshot().front().order.id);
  }
  world.clear_faults();
  clock.advance(100s);
  const auto truth = world.snapshot();
  const auto list = read("/orders?sortBy=ModifyDate&pageSize=500");
  const auto& rows = list.at("orders").get_array();
  ASSERT_EQ(rows.size(), truth.size());
  std::string before;
  for (const auto& row : rows) {
    const std::string stamp = word_of(row.at("modifyDate"));
    EXPECT_LE(before, stamp);
    before = stamp;
    const auto real = world.find(row.at("orderId").get_int64());
    ASSERT_TRUE(real);
    EXPECT_EQ(row.at("orderStatus"), json::string(real->order.status));
  }
}

}  // namespace
}  // namespace tallyman::sandbox
