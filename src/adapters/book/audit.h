// The audit log: who did what to what, written with the change itself. Append-only.
#pragma once

#include <string>
#include <string_view>

#include "ports/database.h"

namespace tallyman::book {

struct AuditEntry {
  std::string_view who;            // "user:ana", "token:till", "local:root", "schedule"
  std::string_view action;         // "workflow.disable", "user.add"
  std::string_view subject;        // "shipstation-sync", "ana"
  std::string_view detail = "{}";  // JSON without secrets and personal data
};
void audit(ports::Tx& tx, const AuditEntry& entry);

}  // namespace tallyman::book
