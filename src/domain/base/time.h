// Time as types: Instant is UTC microseconds, LocalTime is a wall clock without zone, Day is a
// civil date. "now" is never asked here; it is a port.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace tallyman {

using Micros = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Micros>;
using LocalTime = std::chrono::local_time<Micros>;
using Day = std::chrono::local_days;  // does not convert to Instant by accident

inline std::int64_t to_micros(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_micros(std::int64_t us) { return Instant{Micros{us}}; }

// The one fixed form stored and shown by machines: "2026-11-20T06:30:00.123456Z".
std::string to_text(Instant at);
// Accepts RFC 3339 with Z or an offset, 0 to 9 fraction digits, 'T' or a space between.
Result<Instant> instant_from_text(std::string_view text);

// "2026-11-20".
std::string to_text(Day day);
Result<Day> day_from_text(std::string_view text);

// A wall clock without zone: "2015-07-16T14:00:34.8230000", 'T' or a space, 0 to 9 fraction digits.
Result<LocalTime> local_time_from_text(std::string_view text);

inline Day day_of(LocalTime at) { return std::chrono::floor<std::chrono::days>(at); }

}  // namespace tallyman
