#include "domain/orders/cases.h"

#include <algorithm>
#include <array>

#include "domain/base/digest.h"

namespace tallyman::orders {
namespace {

constexpr std::array kConflictAnswers{Answer::link, Answer::keep_apart, Answer::renumber_ours};
constexpr std::array kLinkAnswers{Answer::link, Answer::keep_apart};
constexpr std::array kRenumberedAnswers{Answer::keep_apart, Answer::renumber_ours};
constexpr std::array kMergedAnswers{Answer::follow_survivor, Answer::keep_ours};
constexpr std::array kDuplicateAnswers{Answer::cancel_ours, Answer::keep_apart};
constexpr std::array kGoneAnswers{Answer::cancel_ours, Answer::keep_ours};

constexpr std::array<CaseWords, kCaseKinds> kCases{{
    {"number_conflict", "One number, several ShipStation orders",
     "Is the other ShipStation order the same order as ours?", kConflictAnswers},
    {"link_or_refuse", "Same number, but we never uploaded it",
     "Is this ShipStation order our order, entered there by someone?", kLinkAnswers},
    {"renumbered_to_taken", "Renumbered to a number that is taken",
     "Which of the two orders keeps this number?", kRenumberedAnswers},
    {"merged_away", "Merged into another order at ShipStation",
     "Do its goods ship with the surviving order now?", kMergedAnswers},
    {"duplicate", "Ordered twice?",
     "Are these live orders with one number and one SKU the same order?", kDuplicateAnswers},
    {"deleted_or_unreachable", "ShipStation no longer finds this order",
     "Was it deleted there on purpose?", kGoneAnswers},
}};

constexpr std::array<AnswerWords, kAnswers> kAnswerWords{{
    {"link", "Link them", "The ShipStation order is linked to our order and keeps it up to date."},
    {"keep_apart", "Keep them apart",
     "Both stay as they are; the case returns if the facts change."},
    {"renumber_ours", "Renumber ours", "Our order gets another number; nothing else changes."},
    {"follow_survivor", "Follow the survivor",
     "Our order is closed as merged; its goods ship with the surviving order."},
    {"cancel_ours", "Cancel ours", "Our order is cancelled; ShipStation is not touched."},
    {"keep_ours", "Keep ours", "Our order stays open and is looked for again."},
}};

}  // namespace

const CaseWords& words(CaseKind kind) { return kCases[static_cast<std::size_t>(kind)]; }
const AnswerWords& words(Answer answer) { return kAnswerWords[static_cast<std::size_t>(answer)]; }

std::string case_facts_hash(CaseKind kind, std::vector<std::string> facts) {
  std::ranges::sort(facts);
  const auto repeated = std::ranges::unique(facts);
  facts.erase(repeated.begin(), repeated.end());
  std::string text = std::string(words(kind).key) + '\n';
  // Lengths keep "ab", "c" and "a", "bc" apart.
  for (const auto& fact : facts) text += std::to_string(fact.size()) + ':' + fact + '\n';
  return "v1:" + sha256_hex(text);
}

}  // namespace tallyman::orders
