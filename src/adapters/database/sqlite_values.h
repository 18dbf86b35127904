// Values on their way into and out of SQLite. An instant is text of one fixed form, a day likewise,
// micros are an integer.
#pragma once

#include <cstddef>
#include <span>

#include "ports/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tallyman::database {

// Binds all parameters; views must live until the statement is reset. Throws bad_value.
void bind_sqlite(sqlite3* connection, sqlite3_stmt* handle, const ports::Statement& statement,
                 std::span<const ports::Value> params, std::size_t row);

// The current row. What a script stored in a form we cannot read is bad_value.
class SqliteRow final : public ports::RowView {
 public:
  SqliteRow(sqlite3_stmt* handle, const ports::Statement& statement)
      : handle_(handle), statement_(statement) {}
  bool is_null(std::size_t column) const override;
  std::int64_t integer(std::size_t column) const override;
  std::string_view text(std::size_t column) const override;
  Instant instant(std::size_t column) const override;
  Day day(std::size_t column) const override;
  std::string_view blob(std::size_t column) const override;

 private:
  int stored_as(std::size_t column, int wanted) const;
  std::string_view stored_text(std::size_t column) const;

  sqlite3_stmt* handle_;
  const ports::Statement& statement_;
};

}  // namespace tallyman::database
