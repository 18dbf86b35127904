#include "adapters/database/sqlite_values.h"

#include <string>

#include <sqlite3.h>

#include "adapters/database/sqlite_errors.h"
#include "adapters/database/values.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::ValueType;

// A null pointer would bind NULL instead of an empty text.
const char* data_of(std::string_view bytes) { return bytes.data() != nullptr ? bytes.data() : ""; }

// What the text of a view means to SQLite: ours while the statement runs, or copied.
enum class Lives { until_reset, shorter };

int bind_text(sqlite3_stmt* handle, int at, std::string_view text, Lives lives) {
  return sqlite3_bind_text64(handle, at, data_of(text), text.size(),
                             lives == Lives::until_reset ? SQLITE_STATIC : SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

struct Binder {
  sqlite3_stmt* handle;
  int at;
  ValueType type;

  int operator()(std::monostate) const { return sqlite3_bind_null(handle, at); }
  int operator()(std::int64_t number) const { return sqlite3_bind_int64(handle, at, number); }
  int operator()(std::string_view text) const {
    return bind_text(handle, at, text, Lives::until_reset);
  }
  int operator()(Instant instant) const {
    if (type == ValueType::micros) return sqlite3_bind_int64(handle, at, to_micros(instant));
    return bind_text(handle, at, to_text(instant), Lives::shorter);
  }
  int operator()(Day day) const { return bind_text(handle, at, to_text(day), Lives::shorter); }
  int operator()(const ports::Blob& blob) const {
    return sqlite3_bind_blob64(handle, at, data_of(blob.bytes), blob.bytes.size(), SQLITE_STATIC);
  }
};

}  // namespace

void bind_sqlite(sqlite3* connection, sqlite3_stmt* handle, const ports::Statement& statement,
                 std::span<const ports::Value> params, std::size_t row) {
  check_params(statement, params, row);
  for (std::size_t at = 0; at < params.size(); ++at) {
    const Binder binder{handle, static_cast<int>(at) + 1, statement.params[at]};
    const int code = std::visit(binder, params[at]);
    if (code != SQLITE_OK) throw_sqlite_failure(connection, code, "binding", statement.name, row);
  }
}

bool SqliteRow::is_null(std::size_t column) const {
  return sqlite3_column_type(handle_, static_cast<int>(column)) == SQLITE_NULL;
}

// The column's number for the library, once it is known to hold `wanted`.
int SqliteRow::stored_as(std::size_t column, int wanted) const {
  const int at = static_cast<int>(column);
  const int type = sqlite3_column_type(handle_, at);
  check(type != SQLITE_NULL, statement_.name);
  if (type != wanted) throw_unreadable(statement_, column);
  return at;
}

std::string_view SqliteRow::stored_text(std::size_t column) const {
  const int at = stored_as(column, SQLITE_TEXT);
  const unsigned char* text = sqlite3_column_text(handle_, at);
  const int length = sqlite3_column_bytes(handle_, at);
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
}

std::int64_t SqliteRow::integer(std::size_t column) const {
  check_declared(statement_, column, ValueType::integer);
  return sqlite3_column_int64(handle_, stored_as(column, SQLITE_INTEGER));
}

std::string_view SqliteRow::text(std::size_t column) const {
  check_declared(statement_, column, ValueType::text);
  return stored_text(column);
}

Instant SqliteRow::instant(std::size_t column) const {
  if (column < statement_.columns.size() && statement_.columns[column] == ValueType::micros) {
    return from_micros(sqlite3_column_int64(handle_, stored_as(column, SQLITE_INTEGER)));
  }
  check_declared(statement_, column, ValueType::instant);
  const auto instant = instant_from_text(stored_text(column));
  if (!instant) throw_unreadable(statement_, column);
  return *instant;
}

Day SqliteRow::day(std::size_t column) const {
  check_declared(statement_, column, ValueType::day);
  const auto day = day_from_text(stored_text(column));
  if (!day) throw_unreadable(statement_, column);
  return *day;
}

std::string_view SqliteRow::blob(std::size_t column) const {
  check_declared(statement_, column, ValueType::blob);
  const int at = stored_as(column, SQLITE_BLOB);
  const void* bytes = sqlite3_column_blob(handle_, at);
  const int length = sqlite3_column_bytes(handle_, at);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

}  // namespace tallyman::database
