// The audit log under a key: who can write the database and does not have the key makes nothing
// that holds.
#include "adapters/book/audit_key.h"

#include "adapters/book/audit.h"
#include "domain/base/digest.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

class SealedAudit : public BookOnBoth {
 protected:
  book::AuditKey key(std::int64_t since = 1) {
    return {.key = Secret(std::string(64, 'a')), .since = since};
  }
  void add(const std::string& subject) {
    write([&](ports::Tx& tx) {
      book::audit(tx, {.who = "user:ana", .action = "user.add", .subject = subject});
    });
  }
  book::AuditChain verify() {
    return ports::transact(*database, ports::TxMode::read,
                           [](ports::Tx& tx) { return book::verify_audit(tx); });
  }
  void tamper(const std::string& sql) {
    if (GetParam() == ports::Dialect::postgres) {
      database.script("ALTER TABLE audit_log DISABLE TRIGGER USER;" + sql);
    } else {
      database.script(
          "DROP TRIGGER IF EXISTS audit_log_no_update; "
          "DROP TRIGGER IF EXISTS audit_log_no_delete;" +
          sql);
    }
  }
  // The log as it would be without a key, written by somebody who knows how.
  void make_anew() {
    std::string log = "DELETE FROM audit_log; UPDATE audit_head SET last_id = 0, hash = '';";
    tamper(log);
    for (const auto* subject : {"mallory", "mallory2", "mallory3"}) add(subject);
  }
};
INSTANTIATE_TEST_SUITE_P(Book, SealedAudit, kBothDialects, dialect_name);

TEST_P(SealedAudit, ALogThatWasSealedFromTheFirstRowIsWhole) {
  const book::AuditKeyInUse in_use(key());
  write(book::begin_audit_key);
  add("ben");
  write(book::begin_audit_key);
  const auto chain = verify();
  EXPECT_FALSE(chain.broken_at);
  EXPECT_EQ(chain.checked, 2) << "a key begins once";
  EXPECT_TRUE(chain.head.starts_with(book::id_of(key()) + ":"));
  EXPECT_EQ(one("SELECT subject FROM audit_log WHERE action = 'audit.key'"), book::id_of(key()));
}

TEST_P(SealedAudit, ALogOlderThanItsKeyIsSealedFromThereOn) {
  add("ben");
  add("cid");
  const book::AuditKeyInUse in_use(key(3));
  write(book::begin_audit_key);
  add("dee");
  EXPECT_FALSE(verify().broken_at);
  EXPECT_EQ(verify().checked, 4);
  tamper("UPDATE audit_log SET subject = 'x' WHERE audit_id = 1");
  EXPECT_EQ(verify().broken_at, 1);
}

TEST_P(SealedAudit, WhoMakesTheChainAnewWithoutTheKeyIsFound) {
  {
    const book::AuditKeyInUse in_use(key());
    write(book::begin_audit_key);
    add("ben");
  }
  make_anew();
  EXPECT_FALSE(verify().broken_at) << "without a key nobody could tell";
  const book::AuditKeyInUse in_use(key());
  EXPECT_EQ(verify().broken_at, 1);
  write(book::begin_audit_key);
  EXPECT_EQ(verify().broken_at, 1) << "also when the program has gone on behind it";
}

TEST_P(SealedAudit, RowsPutBehindWithoutTheKeyAreFound) {
  const book::AuditKeyInUse in_use(key());
  write(book::begin_audit_key);
  const auto head = verify().head;
  tamper(
      "INSERT INTO audit_log (audit_id, at_us, who, action, subject, detail, prev_hash, hash) "
      "VALUES (2, 1, 'user:ana', 'user.add', 'mallory', '{}', '" +
      head + "', '" + sha256_hex("anything") + "')");
  EXPECT_EQ(verify().broken_at, 2);
}

TEST_P(SealedAudit, AnotherKeyDoesNotDo) {
  {
    const book::AuditKeyInUse in_use(key());
    write(book::begin_audit_key);
  }
  const book::AuditKeyInUse other({.key = Secret(std::string(64, 'b')), .since = 2});
  EXPECT_EQ(verify().broken_at, 1);
}

TEST_P(SealedAudit, AProgramWithoutTheKeyWritesNothingBehindIt) {
  {
    const book::AuditKeyInUse in_use(key());
    write(book::begin_audit_key);
  }
  EXPECT_THROW(add("ben"), std::runtime_error);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM audit_log"), "1");
  EXPECT_EQ(verify().broken_at, 1) << "and cannot tell whether it is whole";
}

TEST_P(SealedAudit, ALogThatWasEmptiedIsFound) {
  const book::AuditKeyInUse in_use(key());
  write(book::begin_audit_key);
  tamper("DELETE FROM audit_log; UPDATE audit_head SET last_id = 0, hash = ''");
  EXPECT_EQ(verify().broken_at, 1);
}

// RFC 4231, test case 2.
TEST(Hmac, IsTheOneOfTheStandard) {
  EXPECT_EQ(hmac_sha256_hex(Secret("Jefe"), "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace tallyman::tests
