// Loads a time zone from the system's tzdata into a plain value (domain/base/zone.h), once at
// start. Nothing else in the program asks the operating system about zones.
#pragma once

#include <string_view>

#include "domain/base/result.h"
#include "domain/base/zone.h"

namespace tallyman::timing {

// `iana_name` as in "America/Los_Angeles". Holds the clock changes of 1990 to 2060 (those after the
// file's last one by its standing rule); before and after, the nearest offset. An unknown name or
// missing tzdata is a Problem that says so.
Result<Zone> load_zone(std::string_view iana_name);

}  // namespace tallyman::timing
