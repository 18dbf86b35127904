// Rules about declared types that hold on both databases.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "ports/database.h"

namespace tallyman::database {

std::string_view word(ports::ValueType type);

// Our own mistake (check) when the number or the types of `params` differ from the declared ones;
// bad_value when a text is not UTF-8 or holds a NUL, or a time lies outside the years 1 to 9999.
void check_params(const ports::Statement& statement, std::span<const ports::Value> params,
                  std::size_t row);

// Our own mistake (check) unless column `column` is declared with one of these types.
void check_declared(const ports::Statement& statement, std::size_t column, ports::ValueType type);

// Throws schema unless the database's columns are as many, and named, as the statement declares.
void check_columns(const ports::Statement& statement, std::span<const std::string_view> names);

// Throws bad_value: column `column` holds what cannot be read as its declared type.
[[noreturn]] void throw_unreadable(const ports::Statement& statement, std::size_t column);

}  // namespace tallyman::database
