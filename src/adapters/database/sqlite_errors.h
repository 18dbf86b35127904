// SQLite's result codes as the port's kinds of failure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "ports/database.h"

struct sqlite3;

namespace tallyman::database {

// `code` is an extended result code; `system_error` the errno behind an I/O error, else 0.
ports::DbError sqlite_error_kind(int code, int system_error, std::string_view message);

// Throws the failure that `connection` (may be null when it could not be opened) just reported.
[[noreturn]] void throw_sqlite_failure(sqlite3* connection, int code, std::string_view doing,
                                       std::string_view statement = {},
                                       std::optional<std::size_t> row = std::nullopt);

}  // namespace tallyman::database
