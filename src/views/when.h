// Times as people read them: in the warehouse zone, "29 Oct 09:05".
#pragma once

#include <string>

#include "domain/base/zone.h"

namespace tallyman::views {

std::string when(Instant at, const Zone& warehouse);

}  // namespace tallyman::views
