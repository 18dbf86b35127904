#include <gtest/gtest.h>

#include <set>

#include "adapters/time/seeded_random.h"
#include "adapters/time/system_random.h"

namespace tallyman::timing {
namespace {

TEST(SeededRandom, GivesTheSameNumbersForTheSameSeedForEver) {
  SeededRandom random(0);
  EXPECT_EQ(random.next(), 0x99EC5F36CB75F2B4U);
  EXPECT_EQ(random.next(), 0xBF6E1F784956452AU);
  EXPECT_EQ(random.next(), 0x1A5F849D4933E6E0U);
}

TEST(SeededRandom, GivesOtherNumbersForAnotherSeed) {
  SeededRandom one(1);
  SeededRandom two(2);
  EXPECT_NE(one.next(), two.next());
}

TEST(SystemRandom, NeverRepeatsItself) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(ports::random_hex128(random));
  EXPECT_EQ(seen.size(), 1000U);
}

}  // namespace
}  // namespace tallyman::timing
