// What a .sql file of named statements says, checked, before it becomes C++. The format:
//   -- name: find_order
//   -- params: account_id integer, email text?        (several params: lines add up)
//   -- columns: id integer, shipped_at instant?       (absent: the statement returns nothing)
//   -- why it exists, in free comment lines
//   SELECT … WHERE account_id = :account_id;
// Where the dialects must differ: "-- sqlite: why", text, "-- postgres: why", text, and "-- shared"
// to go on with common text.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::sqlgen {

enum class Type { integer, text, instant, day, micros, flag, blob };

struct Field {
  std::string name;
  Type type = Type::integer;
  bool nullable = false;
};

struct NamedStatement {
  std::string name;  // snake_case
  int line = 0;
  std::vector<Field> params;
  std::vector<Field> columns;
  std::string sqlite;    // one line, ?1 …
  std::string postgres;  // one line, $1 …
};

// Something wrong in the input, with its 1-based line (0: the whole file).
class Mistake : public std::runtime_error {
 public:
  Mistake(int line, const std::string& what) : std::runtime_error(what), line_(line) {}
  int line() const { return line_; }

 private:
  int line_;
};

// Throws Mistake.
std::vector<NamedStatement> parse(std::string_view text);

// "find_order" -> "FindOrder".
std::string camel_case(std::string_view snake_case);

}  // namespace tallyman::sqlgen
