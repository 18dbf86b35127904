// Times as ShipStation writes and reads them: naive Pacific wall clock, milliseconds of SQL Server,
// three lexical forms (facts/shipstation.md §3). Written independently of the client's reader.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/time.h"
#include "domain/base/zone.h"

namespace tallyman::sandbox {

// The wall clock of `zone`, rounded to SQL Server's 1/300 s: milliseconds end in 0, 3 or 7.
LocalTime stamp(const Zone& zone, Instant at);

std::string long_form(LocalTime at);   // "2015-07-16T14:00:34.8230000": orders, shipments
std::string short_form(LocalTime at);  // "2015-07-16T14:00:34.82", no fraction when zero: items
std::string day_form(Day day);         // "2015-07-02"
std::string http_date(Instant at);     // "Thu, 16 Jul 2015 21:00:34 GMT": the Date header

// A bound of a filter: "2026-11-20 06:30:00" or with 'T' (naive, Pacific), with an offset or 'Z',
// or a bare date (midnight). Fractions are cut: filters know whole seconds only.
Result<LocalTime> bound_from_text(std::string_view text, const Zone& zone);

}  // namespace tallyman::sandbox
