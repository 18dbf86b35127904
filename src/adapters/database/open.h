// The book's database from one line of configuration.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "domain/base/result.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::database {

struct OpenDeps {
  ports::Clock& clock;
  ports::Random& random;        // asked from any thread
  std::size_t connections = 4;  // readers on SQLite, all connections on PostgreSQL
};

bool is_postgres(std::string_view url);

// "sqlite:PATH" (relative or absolute) or "postgresql://user:password@host:port/name?…" (also
// "postgres://"; everything libpq knows may follow). Opens it once, so that a wrong path, address
// or password is told here. The problem never repeats the password.
Result<std::unique_ptr<ports::Database>> open_database(std::string_view url, OpenDeps deps);

}  // namespace tallyman::database
