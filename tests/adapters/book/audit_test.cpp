// The chain of the audit log: nothing in it can be changed, taken out or moved unnoticed.
#include "adapters/book/audit.h"

#include <thread>

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

class Audit : public BookOnBoth {
 protected:
  void add(const std::string& who, const std::string& subject) {
    write([&](ports::Tx& tx) {
      book::audit(
          tx,
          {.who = who, .action = "user.add", .subject = subject, .detail = R"({"role":"viewer"})"});
    });
  }
  void add_five() {
    for (const auto* name : {"ana", "ben", "cid", "dee", "eve"}) add("user:root", name);
  }
  book::AuditChain verify() {
    return ports::transact(*database, ports::TxMode::read,
                           [](ports::Tx& tx) { return book::verify_audit(tx); });
  }
  // As somebody would who owns the database and takes the triggers away first.
  void tamper(const std::string& sql) {
    if (GetParam() == ports::Dialect::postgres) {
      database.script("ALTER TABLE audit_log DISABLE TRIGGER USER;" + sql);
    } else {
      database.script("DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete;" + sql);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Audit, kBothDialects, dialect_name);

TEST_P(Audit, ALogThatNobodyTouchedIsWhole) {
  EXPECT_FALSE(verify().broken_at) << "also an empty one";
  add_five();
  const auto chain = verify();
  EXPECT_FALSE(chain.broken_at);
  EXPECT_EQ(chain.checked, 5);
  EXPECT_EQ(chain.head, one("SELECT hash FROM audit_log WHERE audit_id = 5"));
  EXPECT_EQ(chain.head.size(), 64U);
}

TEST_P(Audit, RowsCanBeNeitherChangedNorTakenOut) {
  add_five();
  for (const auto* sql : {"UPDATE audit_log SET who = 'user:ben' WHERE audit_id = 2",
                          "DELETE FROM audit_log WHERE audit_id = 5", "DELETE FROM audit_log"}) {
    EXPECT_THROW(database.script(sql), ports::DbFailure) << sql;
  }
  if (GetParam() == ports::Dialect::postgres) {
    EXPECT_THROW(database.script("TRUNCATE audit_log"), ports::DbFailure);
  }
  EXPECT_EQ(verify().checked, 5);
}

TEST_P(Audit, AnEditedRowIsFoundWhateverWasEdited) {
  add_five();
  tamper("UPDATE audit_log SET detail = '{}' WHERE audit_id = 5");
  EXPECT_EQ(verify().broken_at, 5);
  int row = 4;
  for (const auto* column : {"subject", "action", "who"}) {
    database.script(std::string("UPDATE audit_log SET ") + column +
                    " = 'x' WHERE audit_id = " + std::to_string(row));
    EXPECT_EQ(verify().broken_at, row--) << column;
  }
}

TEST_P(Audit, AnEditedTimeIsFound) {
  add_five();
  tamper("UPDATE audit_log SET at_us = at_us + 1 WHERE audit_id = 4");
  EXPECT_EQ(verify().broken_at, 4);
}

TEST_P(Audit, ADeletedRowIsFound) {
  add_five();
  tamper("DELETE FROM audit_log WHERE audit_id = 2");
  EXPECT_EQ(verify().broken_at, 2);
}

TEST_P(Audit, DeletedNewestRowsAreFound) {
  add_five();
  tamper("DELETE FROM audit_log WHERE audit_id >= 4");
  EXPECT_EQ(verify().broken_at, 4);
}

TEST_P(Audit, RowsThatChangedPlacesAreFound) {
  add_five();
  tamper(
      "UPDATE audit_log SET audit_id = 99 WHERE audit_id = 2;"
      "UPDATE audit_log SET audit_id = 2 WHERE audit_id = 3;"
      "UPDATE audit_log SET audit_id = 3 WHERE audit_id = 99");
  EXPECT_EQ(verify().broken_at, 2);
}

TEST_P(Audit, ARowPutInByHandIsFoundAndStopsNobody) {
  add_five();
  database.script(
      "INSERT INTO audit_log (audit_id, at_us, who, action, subject, detail, prev_hash, hash) "
      "VALUES (6, 1, 'user:eve', 'user.add', 'mallory', '{}', '', '')");
  add("user:root", "fay");
  EXPECT_EQ(verify().broken_at, 6);
}

TEST_P(Audit, ManyWritersMakeOneChain) {
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([this, i] {
        for (int k = 0; k < 10; ++k) add("user:" + std::to_string(i), std::to_string(k));
      });
    }
  }
  EXPECT_EQ(verify().checked, 40);
  EXPECT_FALSE(verify().broken_at);
}

TEST_P(Audit, WhatRollsBackLeavesNoTrace) {
  add_five();
  EXPECT_THROW(write([](ports::Tx& tx) {
                 book::audit(tx, {.who = "user:x", .action = "user.add", .subject = "y"});
                 throw std::runtime_error("stop");
               }),
               std::runtime_error);
  add("user:root", "fay");
  EXPECT_EQ(verify().checked, 6);
  EXPECT_FALSE(verify().broken_at);
}

TEST_P(Audit, IsListedNewestFirstByWhoActionAndSubject) {
  add_five();
  add("token:till", "ana");
  const auto list = [&](book::AuditFilter filter, std::optional<std::int64_t> before = {}) {
    std::string ids;
    for (const auto& row :
         write([&](ports::Tx& tx) { return book::list_audit(tx, filter, before, 3); })) {
      ids += std::to_string(row.id) + " ";
    }
    return ids;
  };
  EXPECT_EQ(list({}), "6 5 4 ");
  EXPECT_EQ(list({}, 4), "3 2 1 ");
  EXPECT_EQ(list({.who = "token:till", .action = {}, .subject = {}}), "6 ");
  EXPECT_EQ(list({.who = {}, .action = "user.add", .subject = "ana"}), "6 1 ");
  EXPECT_EQ(list({.who = {}, .action = "user.role", .subject = {}}), "");
}

// No trigger stands in the way of adding one.
TEST_P(Audit, ARowBeforeTheFirstIsFound) {
  add_five();
  database.script(
      "INSERT INTO audit_log (audit_id, at_us, who, action, subject, detail, prev_hash, hash) "
      "VALUES (-1, 1, 'user:ana', 'user.add', 'mallory', '{}', '', '')");
  EXPECT_TRUE(verify().broken_at.has_value());
}

}  // namespace
}  // namespace tallyman::tests
