// A migrated order book on SQLite and on PostgreSQL, for every suite of this room.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "ports/database.h"
#include "ports/statements.h"
#include "support/databases.h"

namespace tallyman::tests {

class BookOnBoth : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  BookOnBoth() : database(GetParam()) {
    database::migrate(*database, book::migrations(GetParam())).value();
  }

  template <class Work>
  auto write(const Work& work) {
    return ports::transact(*database, ports::TxMode::write, work);
  }

  std::string one(const std::string& sql) { return database.rows(sql).at(0).at(0); }

  FreshDatabase database;
};

inline std::string dialect_name(const ::testing::TestParamInfo<ports::Dialect>& info) {
  return info.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
}

inline const auto kBothDialects =
    ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres);

}  // namespace tallyman::tests
