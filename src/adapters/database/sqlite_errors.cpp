#include "adapters/database/sqlite_errors.h"

#include <cerrno>
#include <string>

#include <sqlite3.h>

namespace tallyman::database {

namespace {

using ports::DbError;

bool is_full_disk(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

int last_errno(sqlite3_file* file) {
  int error = 0;
  if (file != nullptr && file->pMethods != nullptr) {
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
  }
  return error;
}

// The errno behind an I/O error. The connection forgets it when COMMIT fails; the files remember.
int system_error_of(sqlite3* connection) {
  if (connection == nullptr) return 0;
  if (const int error = sqlite3_system_errno(connection); error != 0) return error;
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&file));
  if (const int error = last_errno(file); error != 0) return error;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  return last_errno(file);
}

// Failures that a person mends at the file itself: then it is named.
bool is_about_the_file(DbError kind) {
  return kind == DbError::corrupt || kind == DbError::disk_full || kind == DbError::read_only ||
         kind == DbError::locked;
}

bool names_missing_schema(std::string_view message) {
  for (const std::string_view sign : {"no such table", "no such column", "has no column named",
                                      "no such index", "no such trigger", "no such view"}) {
    if (message.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

DbError sqlite_error_kind(int code, int system_error, std::string_view message) {
  if (code == SQLITE_CONSTRAINT_DATATYPE) return DbError::bad_value;
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DbError::locked;
    case SQLITE_FULL: return DbError::disk_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return DbError::corrupt;
    case SQLITE_READONLY: return DbError::read_only;
    case SQLITE_CONSTRAINT: return DbError::constraint;
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return DbError::bad_value;
    case SQLITE_IOERR: return is_full_disk(system_error) ? DbError::disk_full : DbError::other;
    case SQLITE_CANTOPEN: return DbError::unreachable;
    case SQLITE_PERM:
    case SQLITE_AUTH: return DbError::refused;
    case SQLITE_INTERRUPT: return DbError::timeout;
    case SQLITE_ERROR: return names_missing_schema(message) ? DbError::schema : DbError::other;
    default: return DbError::other;  // an open set of the library's own
  }
}

void throw_sqlite_failure(sqlite3* connection, int code, std::string_view doing,
                          std::string_view statement, std::optional<std::size_t> row) {
  const std::string message =
      connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  const int system_error = (code & 0xFF) == SQLITE_IOERR ? system_error_of(connection) : 0;
  const DbError kind = sqlite_error_kind(code, system_error, message);
  std::string what = "SQLite, " + std::string(doing) + ": " + message;
  if (kind == DbError::timeout) what = "SQLite, " + std::string(doing) + ": took too long";
  if (is_about_the_file(kind) && connection != nullptr) {
    const char* file = sqlite3_db_filename(connection, "main");
    if (file != nullptr && *file != '\0') what += std::string(" (") + file + ")";
  }
  throw ports::DbFailure(kind, what, std::string(statement), row);
}

}  // namespace tallyman::database
