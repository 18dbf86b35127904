#include "domain/base/whole_number.h"

#include <gtest/gtest.h>

namespace tallyman {
namespace {

TEST(WholeNumber, IsAllOfTheTextOrNothing) {
  EXPECT_EQ(whole_number("17"), 17);
  EXPECT_EQ(whole_number("-17"), -17);
  EXPECT_EQ(whole_number("9223372036854775807"), INT64_MAX);
  for (const auto* text : {"", " 17", "+17", "17x", "1.0", "9223372036854775808", "-"}) {
    EXPECT_FALSE(whole_number(text)) << text;
  }
}

}  // namespace
}  // namespace tallyman
