#include "domain/orders/items.h"

#include <gtest/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

TEST(Items, WhatDoesNotShipIsNamed) {
  auto line = samples::line(1, "17612", 1);
  EXPECT_FALSE(why_not_stored(line));
  line.quantity = 0;
  EXPECT_EQ(why_not_stored(line), "no quantity");
  line.quantity = 1;
  line.sku_text = "  ";
  EXPECT_EQ(why_not_stored(line), "no SKU");
  line.sku_text.reset();
  EXPECT_EQ(why_not_stored(line), "no SKU");
  line.adjustment = true;
  EXPECT_TRUE(why_not_stored(line)->starts_with("an adjustment"));
}

}  // namespace
}  // namespace tallyman::orders
