// What a run would do: read inside its transactions, before they are rolled back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/book/runs.h"
#include "domain/base/ids.h"
#include "ports/database.h"

namespace tallyman::book {

// One sentence of a timeline that would be written.
struct PlannedChange {
  std::string order_number;
  std::string title;
  std::string detail;
};

// Where the events of this moment end: list_planned() goes on behind it.
std::int64_t events_until_now(ports::Tx& tx);
std::vector<PlannedChange> list_planned(ports::Tx& tx, const RunId& run, std::int64_t after,
                                        std::int64_t limit);

// {"source_total":…,"received":…,…,"changes":[{"order_number":…,"title":…,"detail":…}]}
std::string to_json(const RunNumbers& numbers, const std::vector<PlannedChange>& changes);

}  // namespace tallyman::book
