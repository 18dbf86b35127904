// The rules of requirements A14 and their kin, as one table: what each watches, in words. A rule
// looks at what was observed and answers what is wrong; it neither acts nor remembers.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/alerts/finding.h"
#include "domain/alerts/limits.h"
#include "domain/alerts/observed.h"

namespace tallyman::alerts {

struct Rule {
  std::string_view key;   // stored, and in URLs: "run_too_long"
  std::string_view area;  // the line of `tallyman doctor` it belongs to
  std::string_view says;  // when it fires, one sentence for people
  std::vector<Finding> (*find)(const Observed&, const Limits&);
};

std::span<const Rule> rules();
const Rule* find_rule(std::string_view key);

// Everything that is wrong, in the order of the table. At most one finding per rule and subject.
std::vector<Finding> findings(const Observed& observed, const Limits& limits = {});

}  // namespace tallyman::alerts
