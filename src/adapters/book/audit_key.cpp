#include "adapters/book/audit_key.h"

#include <mutex>
#include <utility>

#include "adapters/book/audit.h"
#include "adapters/book/sql/audit.h"
#include "domain/base/check.h"
#include "domain/base/digest.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr std::size_t kIdDigits = 8;

struct InUse {
  std::mutex mutex;
  std::optional<AuditKey> key;
};

InUse& in_use() {
  static InUse state;
  return state;
}

}  // namespace

std::string id_of(const AuditKey& key) {
  return hmac_sha256_hex(key.key, "the name of this key").substr(0, kIdDigits);
}

AuditKeyInUse::AuditKeyInUse(AuditKey key) {
  const std::lock_guard lock(in_use().mutex);
  check(!in_use().key, "a process has one audit key");
  in_use().key = std::move(key);
}

AuditKeyInUse::~AuditKeyInUse() {
  const std::lock_guard lock(in_use().mutex);
  in_use().key.reset();
}

std::optional<AuditKey> audit_key_in_use() {
  const std::lock_guard lock(in_use().mutex);
  return in_use().key;
}

AuditEnd audit_end(ports::Tx& tx) {
  const auto head = ports::select_one<sql::FindAuditHead>(tx, {});
  check(head.has_value(), "the audit log has a head");
  AuditEnd end{.rows = head->last_id, .head = head->hash, .key_id = std::nullopt};
  if (const auto colon = head->hash.find(':'); colon != std::string::npos) {
    end.key_id = head->hash.substr(0, colon);
  }
  return end;
}

void begin_audit_key(ports::Tx& tx) {
  const auto key = audit_key_in_use();
  check(key.has_value(), "an audit key is in use");
  const std::string id = id_of(*key);
  if (audit_end(tx).key_id == id) return;
  audit(tx, {.who = "tallyman", .action = "audit.key", .subject = id});
}

}  // namespace tallyman::book
