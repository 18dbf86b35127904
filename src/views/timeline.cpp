#include "views/timeline.h"

#include <algorithm>
#include <utility>

namespace tallyman::views {

namespace {

bool is_history(const book::StoredEvent& event) { return event.kind == "history" && event.run; }

// `later` says how it ended; what it was before, and what became of it, is said by the first.
void merge(book::StoredEvent& later, book::StoredEvent first) {
  later.title = std::move(first.title);
  for (auto& change : first.changes) {
    const auto same = std::ranges::find(later.changes, change.field, &orders::FieldChange::field);
    if (same == later.changes.end()) {
      later.changes.push_back(std::move(change));
    } else {
      same->before = std::move(change.before);
    }
  }
}

}  // namespace

std::vector<book::StoredEvent> timeline(std::vector<book::StoredEvent> newest_first) {
  std::vector<book::StoredEvent> shown;
  for (auto& event : newest_first) {
    const auto later = std::ranges::find_if(shown, [&](const auto& other) {
      return is_history(event) && is_history(other) && other.run == event.run;
    });
    if (later == shown.end()) {
      shown.push_back(std::move(event));
    } else {
      merge(*later, std::move(event));
    }
  }
  return shown;
}

}  // namespace tallyman::views
