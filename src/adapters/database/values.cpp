#include "adapters/database/values.h"

#include <string>

#include "adapters/database/utf8.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;
using ports::ValueType;

bool fits(ValueType type, const ports::Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (type) {
    case ValueType::integer: return std::holds_alternative<std::int64_t>(value);
    case ValueType::text: return std::holds_alternative<std::string_view>(value);
    case ValueType::instant:
    case ValueType::micros: return std::holds_alternative<Instant>(value);
    case ValueType::day: return std::holds_alternative<Day>(value);
    case ValueType::blob: return std::holds_alternative<ports::Blob>(value);
  }
  return false;
}

// The years that both databases and the fixed text form can hold: 0001 to 9999.
constexpr Day kFirstDay{std::chrono::year{1} / 1 / 1};
constexpr Day kLastDay{std::chrono::year{9999} / 12 / 31};

bool is_storable(ValueType type, const ports::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return is_storable_text(*text);
  if (const auto* day = std::get_if<Day>(&value)) return *day >= kFirstDay && *day <= kLastDay;
  const auto* instant = std::get_if<Instant>(&value);
  if (instant == nullptr || type == ValueType::micros) return true;
  return instant->time_since_epoch() >= kFirstDay.time_since_epoch() &&
         instant->time_since_epoch() < kLastDay.time_since_epoch() + std::chrono::days{1};
}

std::string column_words(const ports::Statement& statement, std::size_t column) {
  return "column " + std::to_string(column + 1) + " of " + std::string(statement.name);
}

}  // namespace

std::string_view word(ValueType type) {
  switch (type) {
    case ValueType::integer: return "integer";
    case ValueType::text: return "text";
    case ValueType::instant: return "instant";
    case ValueType::day: return "day";
    case ValueType::micros: return "micros";
    case ValueType::blob: return "blob";
  }
  return "?";
}

void check_params(const ports::Statement& statement, std::span<const ports::Value> params,
                  std::size_t row) {
  check(params.size() == statement.params.size(), statement.name);
  for (std::size_t at = 0; at < params.size(); ++at) {
    check(fits(statement.params[at], params[at]), statement.name);
    if (!is_storable(statement.params[at], params[at])) {
      throw DbFailure(
          DbError::bad_value,
          "parameter " + std::to_string(at + 1) + " of " + std::string(statement.name) +
              " is not well-formed UTF-8 without NUL, or not a time in the years 1 to 9999",
          std::string(statement.name), row);
    }
  }
}

void check_declared(const ports::Statement& statement, std::size_t column, ValueType type) {
  check(column < statement.columns.size() && statement.columns[column] == type, statement.name);
}

void check_columns(const ports::Statement& statement, std::span<const std::string_view> names) {
  if (names.size() != statement.columns.size()) {
    throw DbFailure(DbError::schema,
                    std::string(statement.name) + " declares " +
                        std::to_string(statement.columns.size()) + " columns, the database has " +
                        std::to_string(names.size()),
                    std::string(statement.name));
  }
  for (std::size_t at = 0; at < statement.column_names.size(); ++at) {
    if (names[at] == statement.column_names[at]) continue;
    throw DbFailure(DbError::schema,
                    column_words(statement, at) + " is declared as '" +
                        std::string(statement.column_names[at]) + "', the database calls it '" +
                        std::string(names[at]) + "'",
                    std::string(statement.name));
  }
}

void throw_unreadable(const ports::Statement& statement, std::size_t column) {
  throw DbFailure(DbError::bad_value,
                  column_words(statement, column) + " holds what is not a readable " +
                      std::string(word(statement.columns[column])),
                  std::string(statement.name));
}

}  // namespace tallyman::database
