// Between a page of ShipStation and what domain/sync needs of it. Private to the workflow.
#pragma once

#include <functional>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/sync/page.h"
#include "ports/shipstation.h"

namespace tallyman::workflows {

// One fact per row of the page. `stamp_of(seen)` is the list's sort key.
template <class Seen, class StampOf>
std::vector<sync::RowFact> facts_of(const ports::Page<Seen>& page, StampOf stamp_of) {
  const std::hash<std::string_view> fingerprint;
  std::vector<sync::RowFact> facts;
  facts.reserve(page.rows.size());
  for (const auto& row : page.rows) {
    if (const auto* readable = std::get_if<ports::Document<Seen>>(&row)) {
      facts.push_back({.id = readable->seen.id.value,
                       .stamp = stamp_of(readable->seen),
                       .fingerprint = fingerprint(readable->raw.bytes)});
    } else {
      const auto& unreadable = std::get<ports::Unreadable>(row);
      facts.push_back({.id = unreadable.id,
                       .stamp = unreadable.stamp,
                       .fingerprint = fingerprint(unreadable.raw.bytes)});
    }
  }
  return facts;
}

// ShipStation answers 500 for a page with one broken order, every time (facts/shipstation.md §8.2);
// 502 to 504 and everything else are failures of the whole.
inline bool is_refusal(const ports::CallFailure& failure) {
  return failure.kind == ports::CallError::server_error && failure.status == 500;
}

}  // namespace tallyman::workflows
