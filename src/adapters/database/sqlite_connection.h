// One SQLite connection: set up, its cache of prepared statements, binding and reading of values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "adapters/database/sqlite.h"
#include "adapters/database/transaction.h"
#include "ports/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tallyman::database {

enum class SqliteRole { writer, reader };

class SqliteConnection final : public Session {
 public:
  // Opens the existing file; throws ports::DbFailure.
  SqliteConnection(const SqliteOptions& options, SqliteRole role);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  ports::Dialect dialect() const override { return ports::Dialect::sqlite; }
  std::int64_t run_rows(const ports::Statement& statement, std::size_t count,
                        const ports::ParamSource& params,
                        const ports::IndexedRowVisitor& visit) override;
  void control(const char* sql) override;
  void script(std::string_view sql) override;

  // Compiles the statement and compares its columns with what it declares.
  void prepare(const ports::Statement& statement);
  // When all was written but the disk did not confirm it, the outcome is open: commit_unknown.
  void commit();
  // Undoes whatever is open; false when the connection must be thrown away.
  bool roll_back() noexcept;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalize>;

  void set_up(const SqliteOptions& options, SqliteRole role);
  std::string answer(const char* sql);
  StatementHandle compile(const ports::Statement& statement);
  sqlite3_stmt* cached(const ports::Statement& statement);
  std::int64_t run_row(sqlite3_stmt* handle, const ports::Statement& statement, std::size_t index,
                       const ports::ParamSource& params, const ports::IndexedRowVisitor& visit);
  static int past_deadline(void* self);

  ports::Clock& clock_;
  Micros statement_timeout_;
  Micros deadline_ = Micros::max();  // of the statement that runs, on Clock::steady()
  std::unique_ptr<sqlite3, Close> connection_;
  std::unordered_map<std::string, StatementHandle> statements_;  // by their text
};

}  // namespace tallyman::database
