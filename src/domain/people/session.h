// How long a session lasts: until nobody has used it for a while, and never beyond its end.
#pragma once

#include <chrono>

#include "domain/base/time.h"

namespace tallyman::people {

struct SessionRules {
  Micros idle = std::chrono::minutes{30};
  Micros longest = std::chrono::hours{12};
  // Its use is written down only so often, so that reading a page is not a write.
  Micros noted_each = std::chrono::minutes{1};
};

enum class SessionState { live, live_to_note, over };

// `seen` is the last use that was noted, `expires` its end.
constexpr SessionState state_of(Instant seen, Instant expires, Instant now,
                                const SessionRules& rules) {
  if (now >= expires || now - seen >= rules.idle) return SessionState::over;
  return now - seen >= rules.noted_each ? SessionState::live_to_note : SessionState::live;
}

}  // namespace tallyman::people
