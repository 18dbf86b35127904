// ShipStation's words for time: naive wall clocks of one zone, in several lexical forms, and the
// HTTP Date header. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "domain/base/time.h"
#include "domain/base/zone.h"

namespace tallyman::shipstation {

// A filter bound: "2026-11-01 01:30:00", the wall clock of `zone`, rounded down to the second. A
// wall clock that never occurs is never written; in the repeated hour both passes read the same
// (facts/shipstation.md §3.1, §3.9).
std::string filter_text(Instant at, const Zone& zone);

// A stamp of an answer: "2015-07-16T14:00:34.8230000", "….78", a bare date (midnight), or a form
// with Z or an offset. A naive time that occurs twice is the earlier instant.
Result<Instant> stamp_from_text(std::string_view text, const Zone& zone);

// The date part of a stamp or date as it was sent, never moved into another zone: order and ship
// dates are not reliably Pacific (facts/shipstation.md §3.4).
Result<Day> day_from_stamp(std::string_view text);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7, IMF-fixdate only); anything else is none.
std::optional<Instant> instant_from_http_date(std::string_view text);

}  // namespace tallyman::shipstation
