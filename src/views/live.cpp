#include "views/live.h"

namespace tallyman::views {

LiveNews live_news(ports::Tx& tx, std::int64_t after, std::int64_t limit) {
  LiveNews news{.events = book::events_after(tx, after, limit), .cut = false};
  news.cut = std::ssize(news.events) == limit;
  return news;
}

LiveStart live_start(ports::Tx& tx, Micros moments, std::int64_t limit) {
  LiveStart start;
  if (const auto newest = book::newest_event(tx)) start.newest = newest->id;
  start.late = book::events_since(tx, tx.now() - moments, limit);
  return start;
}

std::optional<std::vector<LiveEvent>> live_missed(ports::Tx& tx, std::int64_t last, Micros before,
                                                  std::int64_t limit) {
  const auto newest = book::newest_event(tx);
  const auto seen = book::event_up_to(tx, last);
  if (!newest || newest->id < last || !seen) return std::nullopt;
  auto events = book::events_since(tx, seen->at - before, limit);
  if (std::ssize(events) == limit) return std::nullopt;
  return events;
}

}  // namespace tallyman::views
