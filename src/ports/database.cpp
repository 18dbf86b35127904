#include "ports/database.h"

namespace tallyman::ports {

namespace {
thread_local int open_transactions = 0;
}  // namespace

std::string_view word(DbError kind) {
  switch (kind) {
    case DbError::constraint: return "constraint";
    case DbError::bad_value: return "bad value";
    case DbError::locked: return "locked";
    case DbError::serialization: return "serialization";
    case DbError::connection_lost: return "connection lost";
    case DbError::commit_unknown: return "commit unknown";
    case DbError::unreachable: return "not reachable";
    case DbError::refused: return "refused";
    case DbError::read_only: return "read only";
    case DbError::disk_full: return "disk full";
    case DbError::corrupt: return "corrupt";
    case DbError::timeout: return "timeout";
    case DbError::schema: return "schema";
    case DbError::other: return "failed";
  }
  return "?";
}

bool this_thread_is_in_transaction() { return open_transactions > 0; }

TransactionMark::TransactionMark() { ++open_transactions; }
TransactionMark::~TransactionMark() { --open_transactions; }

}  // namespace tallyman::ports
