#include "domain/orders/service_name.h"

#include <gtest/gtest.h>

namespace tallyman::orders {
namespace {

TEST(ServiceName, ComesFromTheTableElseFromTheCodeInTitleCase) {
  EXPECT_EQ(service_name("fedex_2day"), "FedEx 2Day");
  EXPECT_EQ(service_name("fedex_international_ground"), "FedEx International Ground");
  EXPECT_EQ(service_name("usps_priority_mail"), "Usps Priority Mail");
  EXPECT_EQ(service_name("ups_2nd_DAY_air"), "Ups 2Nd Day Air");
  EXPECT_EQ(service_name(""), "");
}

}  // namespace
}  // namespace tallyman::orders
