// Instants as people of the warehouse read them: its clock, and the zone said.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "domain/base/zone.h"

namespace tallyman::cli {

enum class Fine { minutes, seconds };

// "2026-11-20 00:30 CST".
std::string when(Instant at, const Zone& warehouse, Fine fine = Fine::minutes);

// The member's RFC 3339 text in this form; "-" for null or absent. A text that is no
// instant is shown as it is.
std::string when(const boost::json::object& object, std::string_view name, const Zone& warehouse,
                 Fine fine = Fine::minutes);

}  // namespace tallyman::cli
