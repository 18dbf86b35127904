// The rule at the end of a tzdata file ("PST8PDT,M3.2.0,M11.1.0") that holds for all time after the
// file's last transition. Written here because the date library ignores it.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "domain/base/zone.h"

namespace tallyman::timing {

// The clock changes of the years first..last by that rule, ascending; none when the rule has no
// summer time. Understands the POSIX TZ form with M dates, the only one tzdata uses.
Result<std::vector<Transition>> changes_by_rule(std::string_view rule, std::chrono::year first,
                                                std::chrono::year last);

}  // namespace tallyman::timing
