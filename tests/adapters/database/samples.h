// The tables of the conformance suite in both dialects, and the suite's parameter.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "ports/database.h"
#include "ports/statements.h"
#include "tests/adapters/database/sql/samples.h"
#include "tests/support/databases.h"
#include "tests/support/postgres.h"

namespace tallyman::database {

inline void make_sample_tables(tests::FreshDatabase& database) {
  switch (database->dialect()) {
    case ports::Dialect::sqlite:
      database.script(
          "CREATE TABLE samples (id INTEGER PRIMARY KEY, number INTEGER, words TEXT,"
          " seen_at TEXT, on_day TEXT, due_us INTEGER, is_open INTEGER CHECK (is_open IN (0, 1)),"
          " payload BLOB) STRICT;"
          "CREATE TABLE sample_children (id INTEGER PRIMARY KEY,"
          " sample_id INTEGER NOT NULL REFERENCES samples (id)) STRICT;");
      return;
    case ports::Dialect::postgres:
      database.script(
          "CREATE TABLE samples (id BIGINT PRIMARY KEY, number BIGINT, words TEXT COLLATE \"C\","
          " seen_at TIMESTAMPTZ, on_day DATE, due_us BIGINT,"
          " is_open INTEGER CHECK (is_open IN (0, 1)), payload BYTEA);"
          "CREATE TABLE sample_children (id BIGINT PRIMARY KEY,"
          " sample_id BIGINT NOT NULL REFERENCES samples (id));");
      return;
  }
}

class OnBothDatabases : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  OnBothDatabases() : database(GetParam()) { make_sample_tables(database); }

  // The ids that are there, in order.
  std::vector<std::int64_t> ids() {
    return ports::transact(*database, ports::TxMode::read, [](ports::Tx& tx) {
      std::vector<std::int64_t> found;
      for (const auto& row : ports::select<samples::ListSamples>(tx, {})) found.push_back(row.id);
      return found;
    });
  }

  tests::FreshDatabase database;
};

inline std::string dialect_name(const ::testing::TestParamInfo<ports::Dialect>& info) {
  return info.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
}

// The kind of failure that `work` ends with; `other` and a test failure when it ends well.
template <class Work>
ports::DbError kind_of_failure(Work work) {
  try {
    work();
  } catch (const ports::DbFailure& failure) {
    return failure.kind();
  }
  ADD_FAILURE() << "nothing failed";
  return ports::DbError::other;
}

}  // namespace tallyman::database
