#include "adapters/book/quarantine.h"

#include "adapters/book/payloads.h"
#include "adapters/book/sql/quarantine.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr std::size_t kPayloadLimit = 256U << 10U;  // bytes kept of one document
}

std::string_view word(Entity entity) {
  switch (entity) {
    case Entity::order: return "order";
    case Entity::shipment: return "shipment";
    case Entity::fulfilment: return "fulfilment";
    case Entity::hole: return "hole";
    case Entity::shop_order: return "shop_order";
  }
  return "?";
}

void put_quarantine(ports::Tx& tx, AccountId account, const RunId& run, const NewQuarantine& row) {
  const Packed packed = pack(std::string_view(row.payload).substr(0, kPayloadLimit));
  sql::PutQuarantine::Params params{};
  params.account_id = account.value;
  params.entity = word(row.entity);
  params.entity_key = row.key;
  params.entity_id = row.id;
  if (row.number) params.entity_number = *row.number;
  params.stream = row.stream;
  params.error_class = row.error_class;
  params.problem = row.problem;
  params.facts = row.facts;
  params.encoding = packed.encoding;
  if (!row.payload.empty()) params.payload = packed.body;
  params.run_id = run.value;
  params.now_us = tx.now();
  ports::execute<sql::PutQuarantine>(tx, params);
}

bool resolve_quarantine(ports::Tx& tx, AccountId account, Entity entity, std::string_view key,
                        std::string_view by, std::string_view reason) {
  return ports::execute<sql::ResolveQuarantine>(tx, {.account_id = account.value,
                                                     .entity = word(entity),
                                                     .entity_key = key,
                                                     .now_us = tx.now(),
                                                     .closed_by = by,
                                                     .reason = reason}) > 0;
}

void note_attempt(ports::Tx& tx, const RunId& run, std::int64_t row, std::string_view problem) {
  ports::execute<sql::NoteAttempt>(
      tx, {.id = row, .problem = problem, .run_id = run.value, .now_us = tx.now()});
}

std::vector<Quarantined> list_open_quarantine(ports::Tx& tx, AccountId account,
                                              std::int64_t limit) {
  std::vector<Quarantined> all;
  for (auto& row :
       ports::select<sql::ListOpenQuarantine>(tx, {.account_id = account.value, .limit = limit})) {
    all.push_back({.row = row.id,
                   .entity = std::move(row.entity),
                   .key = std::move(row.entity_key),
                   .id = row.entity_id,
                   .number = std::move(row.entity_number),
                   .stream = std::move(row.stream),
                   .error_class = std::move(row.error_class),
                   .problem = std::move(row.problem),
                   .facts = std::move(row.facts),
                   .first_seen = row.first_seen_us,
                   .last_seen = row.last_seen_us,
                   .attempts = row.attempts,
                   .run = RunId{std::move(row.run_id)}});
  }
  return all;
}

std::int64_t count_open_quarantine(ports::Tx& tx, AccountId account) {
  return ports::select_one<sql::CountOpenQuarantine>(tx, {.account_id = account.value})->open;
}

}  // namespace tallyman::book
