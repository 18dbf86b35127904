#include "adapters/database/postgres_values.h"

#include <charconv>
#include <type_traits>
#include <variant>

#include <libpq-fe.h>

#include "adapters/database/values.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::ValueType;

// Fixed for ever in PostgreSQL's catalogue (pg_type.dat); libpq has no header for them.
constexpr unsigned kBool = 16;
constexpr unsigned kBytea = 17;
constexpr unsigned kName = 19;
constexpr unsigned kInt8 = 20;
constexpr unsigned kInt2 = 21;
constexpr unsigned kInt4 = 23;
constexpr unsigned kText = 25;
constexpr unsigned kVarchar = 1043;
constexpr unsigned kDate = 1082;
constexpr unsigned kTimestamptz = 1184;
constexpr unsigned kNumeric = 1700;

// PostgreSQL counts from 2000-01-01.
constexpr std::int64_t kEpochDays = 10'957;
constexpr std::int64_t kEpochMicros = kEpochDays * 86'400 * 1'000'000;

constexpr int kBinary = 1;

template <class Integer>
int put_big_endian(Integer number, std::array<char, 8>& out) {
  auto bits = static_cast<std::make_unsigned_t<Integer>>(number);
  for (std::size_t at = sizeof bits; at > 0; --at) {
    out[at - 1] = static_cast<char>(bits & 0xFFU);
    bits = static_cast<std::make_unsigned_t<Integer>>(bits >> 8U);
  }
  return sizeof bits;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

unsigned postgres_type(ValueType type) {
  switch (type) {
    case ValueType::integer:
    case ValueType::micros: return kInt8;
    case ValueType::text: return kText;
    case ValueType::instant: return kTimestamptz;
    case ValueType::day: return kDate;
    case ValueType::blob: return kBytea;
  }
  return 0;
}

bool is_readable_as(unsigned oid, ValueType type) {
  switch (type) {
    // SUM over bigint is numeric, a comparison is bool; both are integers on SQLite.
    case ValueType::integer:
      return oid == kInt8 || oid == kInt4 || oid == kInt2 || oid == kNumeric || oid == kBool;
    case ValueType::micros: return oid == kInt8;
    case ValueType::text: return oid == kText || oid == kVarchar || oid == kName;
    case ValueType::instant: return oid == kTimestamptz;
    case ValueType::day: return oid == kDate;
    case ValueType::blob: return oid == kBytea;
  }
  return false;
}

void EncodedParams::encode(const ports::Statement& statement, std::span<const ports::Value> params,
                           std::size_t row) {
  check_params(statement, params, row);
  values_.assign(params.size(), nullptr);
  lengths_.assign(params.size(), 0);
  formats_.assign(params.size(), kBinary);
  numbers_.resize(params.size());
  for (std::size_t at = 0; at < params.size(); ++at) {
    const auto put_text = [&](std::string_view text) {
      values_[at] = text.data() != nullptr ? text.data() : "";
      lengths_[at] = static_cast<int>(text.size());
    };
    const auto put_number = [&](auto number) {
      lengths_[at] = put_big_endian(number, numbers_[at]);
      values_[at] = numbers_[at].data();
    };
    const ports::Value& value = params[at];
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      put_number(*number);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      put_text(*text);
    } else if (const auto* blob = std::get_if<ports::Blob>(&value)) {
      put_text(blob->bytes);
    } else if (const auto* instant = std::get_if<Instant>(&value)) {
      const std::int64_t micros = to_micros(*instant);
      put_number(statement.params[at] == ValueType::micros ? micros : micros - kEpochMicros);
    } else if (const auto* day = std::get_if<Day>(&value)) {
      put_number(static_cast<std::int32_t>(day->time_since_epoch().count() - kEpochDays));
    }
  }
}

void PostgresRow::go_to(int row) {
  row_ = row;
  blobs_.clear();
}

bool PostgresRow::is_null(std::size_t column) const {
  return PQgetisnull(result_, row_, static_cast<int>(column)) != 0;
}

std::string_view PostgresRow::cell(std::size_t column) const {
  check(!is_null(column), statement_.name);
  const int at = static_cast<int>(column);
  return {PQgetvalue(result_, row_, at), static_cast<std::size_t>(PQgetlength(result_, row_, at))};
}

std::int64_t PostgresRow::number(std::size_t column) const {
  const std::string_view text = cell(column);
  if (PQftype(result_, static_cast<int>(column)) == kBool) return text == "t" ? 1 : 0;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw_unreadable(statement_, column);
  }
  return value;
}

std::int64_t PostgresRow::integer(std::size_t column) const {
  check_declared(statement_, column, ValueType::integer);
  return number(column);
}

std::string_view PostgresRow::text(std::size_t column) const {
  check_declared(statement_, column, ValueType::text);
  return cell(column);
}

Instant PostgresRow::instant(std::size_t column) const {
  if (column < statement_.columns.size() && statement_.columns[column] == ValueType::micros) {
    return from_micros(number(column));
  }
  check_declared(statement_, column, ValueType::instant);
  const auto instant = instant_from_text(cell(column));
  if (!instant) throw_unreadable(statement_, column);
  return *instant;
}

Day PostgresRow::day(std::size_t column) const {
  check_declared(statement_, column, ValueType::day);
  const auto day = day_from_text(cell(column));
  if (!day) throw_unreadable(statement_, column);
  return *day;
}

std::string_view PostgresRow::blob(std::size_t column) const {
  check_declared(statement_, column, ValueType::blob);
  const std::string_view text = cell(column);  // "\x00ff…"
  if (!text.starts_with("\\x") || text.size() % 2 != 0) throw_unreadable(statement_, column);
  std::string& bytes = blobs_.emplace_back();
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 2; at < text.size(); at += 2) {
    const int high = hex_digit(text[at]);
    const int low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0) throw_unreadable(statement_, column);
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace tallyman::database
