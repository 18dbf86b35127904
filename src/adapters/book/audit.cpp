#include "adapters/book/audit.h"

#include "adapters/book/sql/audit.h"
#include "ports/statements.h"

namespace tallyman::book {

void audit(ports::Tx& tx, const AuditEntry& entry) {
  ports::execute<sql::AddAudit>(tx, {.now_us = tx.now(),
                                     .who = entry.who,
                                     .action = entry.action,
                                     .subject = entry.subject,
                                     .detail = entry.detail});
}

}  // namespace tallyman::book
