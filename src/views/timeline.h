// The timeline of one order as people read it.
#pragma once

#include <vector>

#include "adapters/book/events.h"

namespace tallyman::views {

// What one run first noted from the order alone and then, once it had read the shipments, from
// them, is one entry: it happened at once. `newest_first` as book::list_events() has it.
std::vector<book::StoredEvent> timeline(std::vector<book::StoredEvent> newest_first);

}  // namespace tallyman::views
