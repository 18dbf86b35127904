#include "domain/orders/cases.h"

#include <gtest/gtest.h>

namespace tallyman::orders {
namespace {

TEST(Cases, EveryKindHasWordsAndAnswers) {
  for (std::size_t i = 0; i < kCaseKinds; ++i) {
    const auto& kase = words(static_cast<CaseKind>(i));
    EXPECT_FALSE(kase.key.empty());
    EXPECT_FALSE(kase.title.empty());
    EXPECT_TRUE(kase.question.ends_with('?')) << kase.key;
    EXPECT_GE(kase.answers.size(), 2U) << kase.key;
    for (const auto answer : kase.answers) EXPECT_FALSE(words(answer).effect.empty());
  }
}

TEST(Cases, EqualFactsHashEquallyInAnyOrder) {
  const auto kind = CaseKind::number_conflict;
  EXPECT_EQ(case_facts_hash(kind, {"a", "b"}), case_facts_hash(kind, {"b", "a", "b"}));
  EXPECT_NE(case_facts_hash(kind, {"ab", "c"}), case_facts_hash(kind, {"a", "bc"}));
  EXPECT_NE(case_facts_hash(kind, {"a"}), case_facts_hash(CaseKind::merged_away, {"a"}));
}

}  // namespace
}  // namespace tallyman::orders
