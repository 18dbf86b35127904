// The audit log: who did what to what, written with the change itself. Append-only, and a chain:
// each row's hash covers the row and the hash before it, so that a row edited, deleted, put in or
// moved is found by verify_audit().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct AuditEntry {
  std::string_view who;            // "user:ana", "token:till/ab12cd34", "local:shell", "schedule"
  std::string_view action;         // "workflow.disable", "user.add"
  std::string_view subject;        // "shipstation-sync", "ana"
  std::string_view detail = "{}";  // JSON without secrets and personal data
};
// Locks the end of the chain until the transaction commits: call it last.
void audit(ports::Tx& tx, const AuditEntry& entry);

struct AuditFilter {
  std::optional<std::string> who;
  std::optional<std::string> action;
  std::optional<std::string> subject;
};
struct AuditRow {
  std::int64_t id = 0;  // 1, 2, 3 … without a gap
  Instant at;
  std::string who;
  std::string action;
  std::string subject;
  std::string detail;  // JSON
};
// Newest first, those before the row `before`.
std::vector<AuditRow> list_audit(ports::Tx& tx, const AuditFilter& filter,
                                 std::optional<std::int64_t> before, std::int64_t limit);

struct AuditChain {
  std::int64_t checked = 0;               // rows that are as they were written
  std::optional<std::int64_t> broken_at;  // the first id that is missing, changed or out of place
  std::string head;                       // hash of the last row: worth noting elsewhere
};
// Reads the whole log, a thousand rows at a time.
AuditChain verify_audit(ports::Tx& tx);

}  // namespace tallyman::book
