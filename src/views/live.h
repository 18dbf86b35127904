// What happened lately, for pages that watch: the events themselves, and what somebody missed who
// was away for a moment.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/book/live_events.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::views {

using book::LiveEvent;

struct LiveNews {
  std::vector<LiveEvent> events;  // ascending by id
  bool cut = false;               // there were more than asked for
};
LiveNews live_news(ports::Tx& tx, std::int64_t after, std::int64_t limit);

struct LiveStart {
  std::int64_t newest = 0;      // 0: there are none
  std::vector<LiveEvent> late;  // of the last moments: ids among them may still be missing
};
LiveStart live_start(ports::Tx& tx, Micros moments, std::int64_t limit);

// For somebody who has seen the event `last`. Replays from `before` ahead of it, because an event
// with a smaller id may have been committed after it. No value: that cannot be said any more (too
// long ago, too many, or an id of another database).
std::optional<std::vector<LiveEvent>> live_missed(ports::Tx& tx, std::int64_t last, Micros before,
                                                  std::int64_t limit);

}  // namespace tallyman::views
