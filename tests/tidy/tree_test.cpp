// The rules applied to this very tree.
#include <gtest/gtest.h>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

TEST(Tree, KeepsTheRulesOfTheHouse) {
  for (const auto& finding : inspect(TALLYMAN_SOURCE_DIR)) ADD_FAILURE() << to_text(finding);
}

}  // namespace
}  // namespace tallyman::tidy
