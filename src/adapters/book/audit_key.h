// The key of the audit log. With it each row's hash is an HMAC: whoever can write the database but
// does not have the key cannot make the chain anew. A process works on one order book, so it has
// one key or none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/base/secret.h"
#include "ports/database.h"

namespace tallyman::book {

struct AuditKey {
  Secret key;
  // Rows from this one on must be sealed with it; those before are older than the key.
  std::int64_t since = 1;
};

// Eight digits by which the rows that it sealed name it; they tell nothing about it.
std::string id_of(const AuditKey& key);

// While it lives, this process seals and verifies with the key.
class AuditKeyInUse {
 public:
  explicit AuditKeyInUse(AuditKey key);
  ~AuditKeyInUse();
  AuditKeyInUse(const AuditKeyInUse&) = delete;
  AuditKeyInUse& operator=(const AuditKeyInUse&) = delete;
};
std::optional<AuditKey> audit_key_in_use();  // none: rows are hashed without a key

// Where the log ends.
struct AuditEnd {
  std::int64_t rows = 0;
  std::string head;                   // hash of the last row
  std::optional<std::string> key_id;  // of the key that sealed it
};
AuditEnd audit_end(ports::Tx& tx);

// A row that says that the key in use begins here, unless it sealed the last row already.
void begin_audit_key(ports::Tx& tx);

}  // namespace tallyman::book
