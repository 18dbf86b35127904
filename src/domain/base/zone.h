// A time zone as a value: a table of transitions, loaded once by adapters/time. Pure arithmetic.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/time.h"

namespace tallyman {

// From `at` on, local time = UTC + offset. The first transition lies before every instant we use.
struct Transition {
  Instant at;
  std::chrono::seconds offset;
  std::string abbreviation;  // "PST", "PDT"
  friend bool operator==(const Transition&, const Transition&) = default;
};

// The hour (or other length) that a wall clock shows twice: [first, end) in UTC covers both passes.
struct RepeatedHour {
  Instant first;   // start of the first pass
  Instant second;  // start of the second pass
  Instant end;     // end of the second pass
  friend bool operator==(const RepeatedHour&, const RepeatedHour&) = default;
};

class Zone {
 public:
  Zone() = default;  // UTC
  Zone(std::string name, std::vector<Transition> ascending);

  const std::string& name() const { return name_; }
  const std::string& abbreviation(Instant at) const;
  std::chrono::seconds offset(Instant at) const;
  LocalTime to_local(Instant at) const { return LocalTime{at.time_since_epoch() + offset(at)}; }
  Day day(Instant at) const { return day_of(to_local(at)); }

  // A wall clock time that occurs twice decodes to the earlier instant; one that never occurs
  // (spring gap) decodes as the instant the clock jumped.
  Instant earliest(LocalTime at) const;
  Instant latest(LocalTime at) const;

  // The repeated hour whose [first, end) meets [from, to], if any.
  std::optional<RepeatedHour> repeated_hour(Instant from, Instant to) const;

 private:
  const Transition& at(Instant at) const;
  std::string name_ = "UTC";
  std::vector<Transition> transitions_ = {{Instant::min(), std::chrono::seconds{0}, "UTC"}};
};

}  // namespace tallyman
