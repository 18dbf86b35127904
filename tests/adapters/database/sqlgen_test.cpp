// The generator's mistakes: every one names the file, the line and what is wrong. That its output
// compiles and does what it says is shown by the conformance suite, which is written with it.
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "tests/adapters/database/sql/all.h"
#include "tests/adapters/database/sql/samples.h"
#include "tests/support/databases.h"
#include "tests/support/program.h"

namespace tallyman::samples {
namespace {

struct Outcome {
  int code = 0;
  std::string said;
};

Outcome sqlgen(std::vector<std::string> arguments) {
  const tests::TempFolder folder;
  arguments.insert(arguments.begin(), TALLYMAN_BINARY_DIR "/sqlgen");
  const int status = tests::wait_for_end(tests::launch(arguments, folder.path() / "said"));
  std::ifstream said(folder.path() / "said");
  return {WEXITSTATUS(status), {std::istreambuf_iterator<char>(said), {}}};
}

class Sqlgen : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = (folder.path() / name).string();
    std::ofstream(path) << text;
    return path;
  }
  Outcome make(const std::string& text) const {
    return sqlgen(
        {"one", "tallyman::x", file("orders.sql", text), (folder.path() / "out.h").string()});
  }
  tests::TempFolder folder;
};

TEST_F(Sqlgen, EachMistakeIsToldWithFileLineAndReason) {
  const std::pair<const char*, const char*> cases[] = {
      {"SELECT 1;", "orders.sql:1: expected '-- name: some_name' first"},
      {"-- name: Find\nSELECT 1;", "orders.sql:1: 'Find' is not a name"},
      {"-- name: class\nSELECT 1;", "orders.sql:1: 'class' is a word of C++"},
      {"-- name: a\n-- params: id integer\nSELECT :other, :id;",
       "orders.sql:3: :other is not in params: of 'a'"},
      {"-- name: a\n-- params: id integer\nSELECT 1;",
       "orders.sql:1: 'id' is declared in params: but not used in the sqlite text"},
      {"-- name: a\n-- params: id integer\nSELECT\n-- sqlite: x\n:id\n-- postgres: y\n2",
       "orders.sql:1: 'id' is declared in params: but not used in the postgres text"},
      {"-- name: a\nSELECT 1;\n\n-- name: a\nSELECT 2;",
       "orders.sql:4: 'a' is already the name of a statement in line 1"},
      {"-- name: a\n-- params: id integer, id text\nSELECT :id;",
       "orders.sql:2: 'id' is declared twice"},
      {"-- name: a\n-- params: id number\nSELECT :id;",
       "orders.sql:2: unknown type 'number' of 'id'"},
      {"-- name: a\n-- params: id\nSELECT :id;", "orders.sql:2: expected 'name type', got 'id'"},
      {"-- name: a\n", "orders.sql:1: 'a' has no SQL"},
      {"-- name: a\nSELECT 1; SELECT 2;", "orders.sql:2: text after ';'"},
      {"-- name: a\nSELECT 1\n-- columns: id integer\n;", "orders.sql:3: declarations come before"},
      {"-- name: a\nSELECT\n 'open;", "orders.sql:3: this quotation has no end"},
      {"-- name: a\nSELECT /* open", "orders.sql:2: this /* comment has no end"},
      {"-- name: a\nSELECT ?;", "orders.sql:2: write parameters as :name"},
      {"-- name: a\nSELECT $1;", "orders.sql:2: write parameters as :name"},
      {"-- name: a\nSELECT 1\n  + CAST('1' AS integer);", "orders.sql:3: CAST may not stand"},
      {"-- name: a\nSELECT '1'::text;", "orders.sql:2: :: may not stand"},
      {"-- name: a\nSELECT a->>'b' FROM t;", "orders.sql:2: ->> may not stand"},
      {"-- name: a\nSELECT a FROM t WHERE a like 'x';", "orders.sql:2: LIKE may not stand"},
      {"-- name: a\nSELECT a FROM t\n FOR\n  UPDATE;", "orders.sql:3: FOR UPDATE may not stand"},
      {"-- name: a\nSELECT a FROM t SKIP LOCKED;", "orders.sql:2: SKIP LOCKED may not stand"},
      {"-- name: a\nINSERT OR IGNORE INTO t VALUES (1);", "orders.sql:2: INSERT OR may not stand"},
      {"-- name: a\nSELECT strftime('%Y');", "orders.sql:2: STRFTIME may not stand"},
      {"-- name: a\nSELECT now ();", "orders.sql:2: NOW( may not stand"},
      {"-- name: a\nSELECT CURRENT_TIMESTAMP;", "orders.sql:2: CURRENT_TIMESTAMP may not stand"},
      {"-- name: a\nSELECT 1\n-- sqlite:\n+ 1\n-- postgres: y\n+ 2",
       "orders.sql:3: a dialect block says why"},
      {"-- name: a\nSELECT 1\n-- sqlite: x\n+ 1", "orders.sql:4: the -- sqlite: block has no"},
      {"-- name: a\nSELECT 1\n-- postgres: x\n+ 1", "orders.sql:4: dialect blocks come in pairs"},
      {"-- name: a\nSELECT 1\n-- sqlite: x\n+ 1\n-- shared\n+ 2",
       "orders.sql:6: dialect blocks come in pairs"},
  };
  for (const auto& [text, expected] : cases) {
    const Outcome outcome = make(text);
    EXPECT_EQ(outcome.code, 1) << text;
    EXPECT_NE(outcome.said.find(expected), std::string::npos)
        << text << "\n-> " << outcome.said << "\nexpected " << expected;
  }
}

TEST_F(Sqlgen, WhatIsForbiddenInSharedTextIsAllowedInBlocksAndStrings) {
  const Outcome outcome = make(
      "-- name: a\n-- columns: words text\n"
      "SELECT 'CAST ? $1 :x like' AS words, now, date FROM t -- strftime ?\n"
      "-- sqlite: nothing to lock\n-- postgres: rows\nFOR UPDATE SKIP LOCKED\n-- shared\n;");
  EXPECT_EQ(outcome.code, 0) << outcome.said;
}

TEST_F(Sqlgen, ANameMayBeUsedOnceOverAllFiles) {
  const std::string one = file("one.sql", "-- name: a\nSELECT 1;");
  const std::string two = file("two.sql", "\n-- name: a\nSELECT 1;");
  const std::string out = (folder.path() / "all.h").string();
  const Outcome outcome = sqlgen({"all", "tallyman::x", "some/folder", out, one, two});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.said, two + ":2: 'a' is already the name of a statement in " + one + ":1\n");
}

TEST_F(Sqlgen, AMissingFileIsToldByName) {
  EXPECT_EQ(sqlgen({"one", "x", "/nowhere.sql", "/nowhere.h"}).said,
            "/nowhere.sql: cannot be read\n");
  EXPECT_EQ(sqlgen({}).code, 2);
}

TEST(SqlgenOutput, DialectsDifferOnlyWhereTheBlocksSaySo) {
  EXPECT_EQ(LockSample::statement().sqlite, "SELECT number FROM samples WHERE id = ?1");
  EXPECT_EQ(LockSample::statement().postgres,
            "SELECT number FROM samples WHERE id = $1 FOR UPDATE");
  EXPECT_EQ(TrickyText::statement().postgres,
            "SELECT 'it''s :id; -- no comment' AS words FROM samples WHERE id = $1");
}

TEST(SqlgenOutput, AllStatementsListsEachOnce) {
  EXPECT_EQ(all_statements().size(), 10U);
  EXPECT_EQ(all_statements().front()->name, "put_sample");
}

}  // namespace
}  // namespace tallyman::samples
