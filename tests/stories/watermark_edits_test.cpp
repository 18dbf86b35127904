// What people and scripts do to sync_watermark by SQL: whatever it holds, nothing may be lost.
#include <gtest/gtest.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOfOrders = " WHERE workflow_name = 'shipstation-sync'";

class WatermarkEdits : public testing::Test {
 protected:
  WatermarkEdits() {
    story_.seed(sandbox::SeedPlan::of(200));
    EXPECT_EQ(story_.sync().outcome, book::Outcome::ok);
  }

  void set(const std::string& assignments) {
    story_.script("UPDATE sync_watermark SET " + assignments + kOfOrders);
  }
  std::string new_order(const std::string& number) {
    sandbox::OrderSpec spec;
    spec.number = number;
    spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
    story_.world().create_order(spec);
    return number;
  }
  std::string count_of(const std::string& number) {
    return story_.one("SELECT COUNT(*) FROM orders_inbox WHERE order_number = '" + number + "'");
  }
  std::string text_in(Micros ahead) { return to_text(story_.clock().now() + ahead); }
  std::string micros_in(Micros ahead) {
    return std::to_string(to_micros(story_.clock().now() + ahead));
  }

  Story story_;
};

TEST_F(WatermarkEdits, ATextWithoutMicrosecondsIsTheWatermark) {
  set("watermark_us = NULL");
  new_order("100901");
  EXPECT_EQ(story_.sync().outcome, book::Outcome::ok);
  EXPECT_EQ(count_of("100901"), "1");
}

TEST_F(WatermarkEdits, ATextAloneIsTheWatermark) {
  set("watermark_us = NULL, read_until_us = NULL");
  new_order("100901");
  EXPECT_EQ(story_.sync().outcome, book::Outcome::ok);
  EXPECT_EQ(count_of("100901"), "1");
}

TEST_F(WatermarkEdits, AWatermarkWithinTheComingHourLosesNothing) {
  set("last_sync_timestamp = '" + text_in(50min) + "', watermark_us = " + micros_in(50min));
  new_order("100901");
  const auto result = story_.sync();
  EXPECT_EQ(result.outcome, book::Outcome::ok);
  for (int i = 0; i < 14; ++i) story_.sync();
  EXPECT_EQ(count_of("100901"), "1");
}

TEST_F(WatermarkEdits, AReadUntilWithinTheComingHourLosesNothing) {
  set("read_until_us = " + micros_in(50min));
  new_order("100901");
  for (int i = 0; i < 14; ++i) story_.sync();
  EXPECT_EQ(count_of("100901"), "1");
}

TEST_F(WatermarkEdits, AStreamReadIntoTheFutureLosesNoShipment) {
  story_.script("UPDATE sync_watermark SET read_until_us = " + micros_in(50min) +
                " WHERE workflow_name <> 'shipstation-sync'");
  const auto id = story_.world().create_order([] {
    sandbox::OrderSpec spec;
    spec.number = "100902";
    spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
    return spec;
  }());
  story_.sync();
  story_.world().ship(id, {});
  for (int i = 0; i < 14; ++i) story_.sync();
  EXPECT_EQ(story_.differences(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tallyman::tests
