// The C++ text of parsed statements, as documented in ports/statements.h.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "adapters/database/sqlgen/statement_file.h"

namespace tallyman::sqlgen {

// One header for one .sql file. `source` is its name, for the first line.
std::string header(std::string_view source, std::string_view name_space,
                   std::span<const NamedStatement> statements);

struct Subject {
  std::string header;  // as included
  std::vector<NamedStatement> statements;
};

// The header with all_statements(), so that everything can be prepared at start.
std::string header_of_all(std::string_view name_space, std::span<const Subject> subjects);

}  // namespace tallyman::sqlgen
