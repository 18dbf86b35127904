#include "domain/sync/streams.h"

namespace tallyman::sync {

std::string_view word(Stream stream) {
  switch (stream) {
    case Stream::orders: return "orders";
    case Stream::shipments_created: return "shipments_created";
    case Stream::shipments_voided: return "shipments_voided";
    case Stream::fulfilments: return "fulfilments";
  }
  return "unknown";
}

std::string_view word(Because because) {
  switch (because) {
    case Because::newly_shipped: return "an order newly shipped";
    case Because::reopened: return "a shipped order reopened";
    case Because::never_read: return "never read before";
    case Because::interval: return "its interval has passed";
  }
  return "unknown";
}

std::vector<StreamDue> due_streams(Instant now, const OrdersFound& found,
                                   std::span<const StreamState> states, Micros interval) {
  std::vector<StreamDue> due;
  for (const StreamState& state : states) {
    if (state.stream == Stream::orders) continue;
    if (found.newly_shipped > 0) {
      due.push_back({state.stream, Because::newly_shipped});
    } else if (found.reopened > 0) {
      due.push_back({state.stream, Because::reopened});
    } else if (!state.last_read || *state.last_read > now) {
      due.push_back({state.stream, Because::never_read});
    } else if (now - *state.last_read >= interval) {
      due.push_back({state.stream, Because::interval});
    }
  }
  return due;
}

}  // namespace tallyman::sync
