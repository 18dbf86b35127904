// Cases: what a person has to decide, in words, with the answers on offer (requirements A8).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::orders {

enum class CaseKind {
  number_conflict,         // one number, several ShipStation orders that are no split of each other
  link_or_refuse,          // same number, local order without ShipStation id that we did not upload
  renumbered_to_taken,     // renumbered at ShipStation to the number of another local order
  merged_away,             // a survivor lists its ShipStation id in mergedIds
  duplicate,               // same number and base SKU on several live orders
  deleted_or_unreachable,  // ShipStation answers 404, and something still speaks for it
};
inline constexpr std::size_t kCaseKinds = 6;

// One-click answers. What each does is the cases workflow's business.
enum class Answer {
  link,             // the two are one order: link the ShipStation order to ours
  keep_apart,       // they are two orders: leave ours alone, do not ask again for these facts
  renumber_ours,    // give our order another number
  follow_survivor,  // the survivor carries its goods now: close ours as merged
  cancel_ours,
  keep_ours,  // it lives: keep watching
};
inline constexpr std::size_t kAnswers = 6;

struct CaseWords {
  std::string_view key;       // "number_conflict": stored, and in URLs
  std::string_view title;     // "One number, two ShipStation orders"
  std::string_view question;  // "Is this the same order as ours?"
  std::span<const Answer> answers;
};

const CaseWords& words(CaseKind kind);
struct AnswerWords {
  std::string_view key;     // "link"
  std::string_view label;   // "Link them"
  std::string_view effect;  // what happens then, one sentence
};
const AnswerWords& words(Answer answer);

// A decided case returns only when its facts change: equal facts give an equal hash, in any order
// of the facts. "v1:" and 64 hex digits.
std::string case_facts_hash(CaseKind kind, std::vector<std::string> facts);

}  // namespace tallyman::orders
