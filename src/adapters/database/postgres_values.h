// Values on their way into and out of PostgreSQL: parameters in binary form (no text is cut at a
// NUL, no time is rounded), results as text.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "ports/database.h"

struct pg_result;

namespace tallyman::database {

// The PostgreSQL type that a parameter of this kind is declared with.
unsigned postgres_type(ports::ValueType type);
// Whether a result column of PostgreSQL's type `oid` can be read as `type`.
bool is_readable_as(unsigned oid, ports::ValueType type);

// One row of parameters as libpq wants it. Views in `params` must outlive its use.
class EncodedParams {
 public:
  // Throws bad_value.
  void encode(const ports::Statement& statement, std::span<const ports::Value> params,
              std::size_t row);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 8>> numbers_;  // big-endian
};

class PostgresRow final : public ports::RowView {
 public:
  PostgresRow(const pg_result* result, const ports::Statement& statement)
      : result_(result), statement_(statement) {}
  void go_to(int row);

  bool is_null(std::size_t column) const override;
  std::int64_t integer(std::size_t column) const override;
  std::string_view text(std::size_t column) const override;
  Instant instant(std::size_t column) const override;
  Day day(std::size_t column) const override;
  std::string_view blob(std::size_t column) const override;

 private:
  std::string_view cell(std::size_t column) const;
  std::int64_t number(std::size_t column) const;

  const pg_result* result_;
  const ports::Statement& statement_;
  int row_ = 0;
  mutable std::deque<std::string> blobs_;  // decoded, of the current row
};

}  // namespace tallyman::database
