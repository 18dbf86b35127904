// Quarantine: what could not be applied. A row owns the obligation to try again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

enum class Entity { order, shipment, fulfilment, hole, shop_order };
std::string_view word(Entity entity);

struct NewQuarantine {
  Entity entity = Entity::order;
  std::string key;  // the id as text, a hash when there is no id, or window and position of a hole
  std::optional<std::int64_t> id;
  std::optional<std::string> number;
  std::string stream;
  std::string error_class;   // "unreadable", "refused by the database", "server error"
  std::string problem;       // for a person, without personal data
  std::string facts = "{}";  // JSON: window, position, neighbours
  std::string payload;       // may be empty; kept packed, at most 256 KiB of it
};
void put_quarantine(ports::Tx& tx, AccountId account, const RunId& run, const NewQuarantine& row);

// Closes the open row of that key, if any. `by` is a run or a person.
bool resolve_quarantine(ports::Tx& tx, AccountId account, Entity entity, std::string_view key,
                        std::string_view by, std::string_view reason);

// Another try did not help: counts it and keeps the newest problem.
void note_attempt(ports::Tx& tx, const RunId& run, std::int64_t row, std::string_view problem);

struct Quarantined {
  std::int64_t row = 0;
  std::string entity;
  std::string key;
  std::optional<std::int64_t> id;
  std::optional<std::string> number;
  std::string stream;
  std::string error_class;
  std::string problem;
  std::string facts;
  Instant first_seen;
  Instant last_seen;
  std::int64_t attempts = 0;
  RunId run;  // that touched it last
};
// Open rows of what the sync reads, longest untried first.
std::vector<Quarantined> list_open_quarantine(ports::Tx& tx, AccountId account, std::int64_t limit);
std::int64_t count_open_quarantine(ports::Tx& tx, AccountId account);

}  // namespace tallyman::book
