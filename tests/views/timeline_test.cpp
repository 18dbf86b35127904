#include "views/timeline.h"

#include <gtest/gtest.h>

namespace tallyman::views {
namespace {

book::StoredEvent event(const std::string& kind, const std::string& run, const std::string& title,
                        const std::string& detail = {},
                        std::vector<orders::FieldChange> changes = {}) {
  book::StoredEvent made;
  made.kind = kind;
  made.run = run;
  made.title = title;
  made.detail = detail;
  made.changes = std::move(changes);
  return made;
}

TEST(Timeline, WhatOneRunLearntInTwoStepsIsOneEntryThatSaysHowItEnded) {
  const auto shown =
      timeline({event("history", "r2", "Shipped history updated", "From its shipments.",
                      {{.field = "tracking_number", .before = "A", .after = "A, B"}}),
                event("status", "r2", "Shipped"),
                event("history", "r2", "Recorded as shipped", "From the order alone.",
                      {{.field = "tracking_number", .before = std::nullopt, .after = "A"}})});
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].title, "Recorded as shipped");
  EXPECT_EQ(shown[0].detail, "From its shipments.");
  ASSERT_EQ(shown[0].changes.size(), 1U);
  EXPECT_EQ(shown[0].changes[0].before, std::nullopt);
  EXPECT_EQ(shown[0].changes[0].after, "A, B");
  EXPECT_EQ(shown[1].title, "Shipped");
}

TEST(Timeline, WhatTwoRunsDidStaysTwoEntries) {
  const auto shown = timeline({event("history", "r3", "Shipped history updated"),
                               event("history", "r2", "Recorded as shipped")});
  EXPECT_EQ(shown.size(), 2U);
}

}  // namespace
}  // namespace tallyman::views
