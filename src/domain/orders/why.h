// "Why is this order here?" as a paragraph, from what was recorded (ux.md §4, orders why).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/orders/change.h"
#include "domain/orders/routing.h"

namespace tallyman::orders {

// One recorded event or decision, oldest first. Times are rendered by the caller in a zone.
struct WhyStep {
  std::string when;  // "29 Oct 09:05"
  std::string by;    // "run 8f1d", "job 3921", a user's name; may be empty
  EventKind kind = EventKind::imported;
  std::optional<Rule> rule;
  std::string title;   // as recorded
  std::string detail;  // as recorded: the reason of the decision, or what changed
};

struct WhyInput {
  std::string number;
  std::string created;  // "29 Oct 08:58", empty when unknown
  std::string source_system;
  std::vector<WhyStep> steps;
};

// One paragraph in plain English. Without steps it says that nothing was recorded.
std::string why_in_words(const WhyInput& input);

}  // namespace tallyman::orders
