#include "adapters/book/audit.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "adapters/book/audit_key.h"
#include "adapters/book/sql/audit.h"
#include "adapters/book/text_view.h"
#include "domain/base/digest.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr std::int64_t kAtATime = 1000;

// Each part with its length before it: no two rows give the same text.
void add_part(std::string& text, std::string_view part) {
  text.append(std::to_string(part.size())).append(":").append(part);
}

// With a key it is "KEY ID:HMAC", else the hash alone.
std::string hash_of(std::string_view prev_hash, std::int64_t id, Instant at,
                    const AuditEntry& entry, const AuditKey* key) {
  const std::string number = std::to_string(id);
  const std::string micros = std::to_string(to_micros(at));
  std::string text;
  for (const std::string_view part : {prev_hash, std::string_view(number), std::string_view(micros),
                                      entry.who, entry.action, entry.subject, entry.detail}) {
    add_part(text, part);
  }
  return key == nullptr ? sha256_hex(text) : id_of(*key) + ":" + hmac_sha256_hex(key->key, text);
}

bool is_sealed(std::string_view hash) { return hash.find(':') != std::string_view::npos; }

}  // namespace

void audit(ports::Tx& tx, const AuditEntry& entry) {
  const auto head = ports::select_one<sql::LockAuditHead>(tx, {});
  check(head.has_value(), "the audit log has a head");
  const auto last = ports::select_one<sql::LastAuditId>(tx, {});
  const std::int64_t id = std::max(head->last_id, last ? last->audit_id : 0) + 1;
  const Instant now = tx.now();
  const auto key = audit_key_in_use();
  if (!key && is_sealed(head->hash)) {
    // Never by silence: a row without the key would look like tampering for ever.
    throw std::runtime_error("the audit log is sealed with a key that this program does not have");
  }
  const std::string hash = hash_of(head->hash, id, now, entry, key ? &*key : nullptr);
  ports::execute<sql::AddAudit>(tx, {.audit_id = id,
                                     .now_us = now,
                                     .who = entry.who,
                                     .action = entry.action,
                                     .subject = entry.subject,
                                     .detail = entry.detail,
                                     .prev_hash = head->hash,
                                     .hash = hash});
  ports::execute<sql::MoveAuditHead>(tx, {.last_id = id, .hash = hash});
}

std::vector<AuditRow> list_audit(ports::Tx& tx, const AuditFilter& filter,
                                 std::optional<std::int64_t> before, std::int64_t limit) {
  std::vector<AuditRow> rows;
  for (auto& row : ports::select<sql::ListAudit>(
           tx, {.who = view(filter.who),
                .action = view(filter.action),
                .subject = view(filter.subject),
                .before_id = before.value_or(std::numeric_limits<std::int64_t>::max()),
                .limit = limit})) {
    rows.push_back({.id = row.audit_id,
                    .at = row.at_us,
                    .who = std::move(row.who),
                    .action = std::move(row.action),
                    .subject = std::move(row.subject),
                    .detail = std::move(row.detail)});
  }
  return rows;
}

AuditChain verify_audit(ports::Tx& tx) {
  AuditChain chain;
  const auto key = audit_key_in_use();
  // A row before the first one was never written by us.
  if (ports::select_one<sql::FindOddAudit>(tx, {})) {
    chain.broken_at = 0;
    return chain;
  }
  for (;;) {
    const auto rows =
        ports::select<sql::ReadAudit>(tx, {.after_id = chain.checked, .limit = kAtATime});
    for (const auto& row : rows) {
      const AuditEntry entry{
          .who = row.who, .action = row.action, .subject = row.subject, .detail = row.detail};
      const bool in_place = row.audit_id == chain.checked + 1 && row.prev_hash == chain.head;
      // Once a row is sealed, or should be, none without the key follows.
      const bool with_key =
          is_sealed(chain.head) || is_sealed(row.hash) || (key && row.audit_id >= key->since);
      const bool can_tell = !with_key || key.has_value();
      if (!in_place || !can_tell ||
          row.hash !=
              hash_of(chain.head, row.audit_id, row.at_us, entry, with_key ? &*key : nullptr)) {
        chain.broken_at = chain.checked + 1;
        return chain;
      }
      chain.head = row.hash;
      chain.checked = row.audit_id;
    }
    if (rows.empty()) break;
  }
  const auto head = ports::select_one<sql::FindAuditHead>(tx, {});
  const bool whole = head && head->last_id == chain.checked && head->hash == chain.head;
  const bool too_short = key && chain.checked < key->since;
  if (!whole || too_short) chain.broken_at = chain.checked + 1;  // the newest rows are gone
  return chain;
}

}  // namespace tallyman::book
