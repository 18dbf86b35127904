// What changed, for pages that watch: hints that commit with the change itself. Never the change's
// only record, and kept for an hour.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

// `kind`: "job.progress", "alert.opened", … `data`: a small JSON object.
void publish(ports::Tx& tx, std::string_view kind, std::string_view data);

// Ids grow, but on PostgreSQL they become visible in the order of commits: 8 may appear after 9.
struct LiveEvent {
  std::int64_t id = 0;
  Instant at;
  std::string kind;
  std::string data;
};

// Ascending by id, at most `limit` of them.
std::vector<LiveEvent> events_after(ports::Tx& tx, std::int64_t id, std::int64_t limit);
std::vector<LiveEvent> events_since(ports::Tx& tx, Instant since, std::int64_t limit);

struct EventMark {
  std::int64_t id = 0;
  Instant at;
};
// The event of that id, or the nearest kept before it.
std::optional<EventMark> event_up_to(ports::Tx& tx, std::int64_t id);
std::optional<EventMark> newest_event(ports::Tx& tx);

// At most `limit` of them; answers how many are gone.
std::int64_t forget_events(ports::Tx& tx, Instant before, std::int64_t limit);

}  // namespace tallyman::book
