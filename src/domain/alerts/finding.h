// A finding: something that is wrong now, with the facts by which it is recognised again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::alerts {

enum class Severity { info, warning, critical };
std::string_view word(Severity severity);
std::optional<Severity> severity_from(std::string_view text);

struct Finding {
  std::string rule;     // a key of rules.h
  std::string subject;  // what it is about: a workflow, a partner, a node; one alert at a time each
  Severity severity = Severity::warning;
  std::string title;     // one line: what is wrong
  std::string detail;    // what happened, what stayed unchanged, what to do
  std::string evidence;  // path of a page
  // Name and value of what a person took note of when resolving it. Nothing that changes by itself
  // (an age, a counter of attempts): a changed fact opens a new alert.
  std::vector<std::pair<std::string, std::string>> facts{};
};

// "v1:" and the SHA-256 of rule, subject, severity and facts, the facts in any order.
std::string fact_hash(const Finding& finding);

}  // namespace tallyman::alerts
