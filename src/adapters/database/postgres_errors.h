// PostgreSQL's failures as the port's kinds, by SQLSTATE; words for people without values or
// secrets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ports/database.h"

struct pg_conn;
struct pg_result;

namespace tallyman::database {

ports::DbError postgres_error_kind(std::string_view sqlstate);

// Throws the failure that `result` holds. Details and hints, which quote values, are left out.
[[noreturn]] void throw_postgres_failure(const pg_conn* connection, const pg_result* result,
                                         std::string_view statement = {},
                                         std::optional<std::size_t> row = std::nullopt);

// Throws connection_lost with libpq's first line.
[[noreturn]] void throw_connection_lost(const pg_conn* connection);

// What a failed attempt to connect is, from libpq's text at verbosity VERBOSE (which holds the
// SQLSTATE in every language): refused, connection_lost (starting up), unreachable.
struct ConnectFailure {
  ports::DbError kind = ports::DbError::unreachable;
  std::string words;  // one line
};
ConnectFailure connect_failure(std::string_view verbose_message);

}  // namespace tallyman::database
