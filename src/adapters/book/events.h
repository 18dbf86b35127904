// Order events: one per decision, for people; and their changes as JSON text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/orders/change.h"
#include "ports/database.h"

namespace tallyman::book {

enum class EventSource { shipstation, tallyman, person };
enum class Tone { ours, elsewhere, problem };

struct NewEvent {
  std::optional<LocalOrderId> order;
  std::optional<ShipStationOrderId> remote;
  OrderNumber number;
  std::string kind;
  std::string title;
  std::string detail;
  EventSource source = EventSource::tallyman;
  Tone tone = Tone::ours;
  std::string rule;  // empty: none
  std::vector<orders::FieldChange> changes;
};

void add_events(ports::Tx& tx, AccountId account, const RunId& run,
                std::span<const NewEvent> events);

struct StoredEvent {
  std::int64_t id = 0;
  std::optional<ShipStationOrderId> remote;
  Instant at;
  std::string kind;
  std::string title;
  std::string detail;
  std::string source;
  std::string tone;
  std::optional<std::string> rule;
  std::optional<std::string> run;
  std::optional<std::string> by;
  std::vector<orders::FieldChange> changes;
};

// Newest first, at most 500.
std::vector<StoredEvent> list_events(ports::Tx& tx, LocalOrderId order);

}  // namespace tallyman::book
