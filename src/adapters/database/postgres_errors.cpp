#include "adapters/database/postgres_errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include <libpq-fe.h>

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;

// The longest matching prefix decides: codes of five characters, then classes of two.
constexpr std::array<std::pair<std::string_view, DbError>, 30> kStates = {{
    {"21000", DbError::constraint},  // one statement hits the same row twice
    {"25006", DbError::read_only},
    {"25P03", DbError::timeout},  // idle in transaction
    {"28000", DbError::refused},
    {"28P01", DbError::refused},
    {"3D000", DbError::refused},
    {"3F000", DbError::schema},
    {"40001", DbError::serialization},
    {"40P01", DbError::serialization},
    {"42501", DbError::refused},
    {"42601", DbError::other},
    {"42703", DbError::schema},
    {"42704", DbError::schema},
    {"42883", DbError::schema},
    {"42P01", DbError::schema},
    {"53100", DbError::disk_full},
    {"53300", DbError::unreachable},  // too many connections
    {"55P03", DbError::locked},
    {"57014", DbError::timeout},
    {"57P01", DbError::connection_lost},
    {"57P02", DbError::connection_lost},
    {"57P03", DbError::connection_lost},
    {"57P04", DbError::refused},  // the database was dropped
    {"57P05", DbError::connection_lost},
    {"XX001", DbError::corrupt},
    {"XX002", DbError::corrupt},
    {"08", DbError::connection_lost},
    {"22", DbError::bad_value},
    {"23", DbError::constraint},
    {"28", DbError::refused},
}};

std::string_view first_line(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text != nullptr ? text : "";
}

bool is_sqlstate(std::string_view text) {
  return text.size() == 5 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

}  // namespace

DbError postgres_error_kind(std::string_view sqlstate) {
  for (const auto& [state, kind] : kStates) {
    if (sqlstate.starts_with(state)) return kind;
  }
  return DbError::other;
}

void throw_connection_lost(const pg_conn* connection) {
  throw DbFailure(DbError::connection_lost,
                  "PostgreSQL: the connection was lost: " +
                      std::string(first_line(PQerrorMessage(connection))));
}

void throw_postgres_failure(const pg_conn* connection, const pg_result* result,
                            std::string_view statement, std::optional<std::size_t> row) {
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  if (state.empty() && PQstatus(connection) != CONNECTION_OK) throw_connection_lost(connection);
  const DbError kind = postgres_error_kind(state);
  std::string what = "PostgreSQL";
  if (!statement.empty()) what.append(", ").append(statement);
  // The primary message of class 22 quotes the value itself.
  if (kind == DbError::bad_value) {
    what += ": a value does not fit its column";
  } else {
    const std::string_view primary = field(result, PG_DIAG_MESSAGE_PRIMARY);
    what.append(": ").append(primary.empty() ? first_line(PQresultErrorMessage(result)) : primary);
  }
  if (!state.empty()) what.append(" (").append(state).append(")");
  throw DbFailure(kind, what, std::string(statement), row);
}

ConnectFailure connect_failure(std::string_view verbose_message) {
  // "connection to server at … failed: FATAL:  28P01: password authentication failed for …"
  const std::string_view line = first_line(verbose_message);
  for (std::size_t at = line.find(":  "); at != std::string_view::npos;
       at = line.find(":  ", at + 1)) {
    const std::string_view state = line.substr(at + 3, 5);
    if (!is_sqlstate(state) || line.substr(at + 8, 2) != ": ") continue;
    const DbError kind = postgres_error_kind(state);
    return {kind == DbError::other ? DbError::unreachable : kind,
            std::string(line.substr(at + 10)) + " (" + std::string(state) + ")"};
  }
  return {DbError::unreachable, std::string(line)};
}

}  // namespace tallyman::database
