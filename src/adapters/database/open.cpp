#include "adapters/database/open.h"

#include <string>

#include "adapters/database/postgres.h"
#include "adapters/database/sqlite.h"

namespace tallyman::database {

namespace {

constexpr std::string_view kSqlite = "sqlite:";

std::unique_ptr<ports::Database> open(std::string_view url, const OpenDeps& deps) {
  if (is_postgres(url)) {
    return open_postgres({.url = std::string(url),
                          .clock = deps.clock,
                          .random = deps.random,
                          .connections = deps.connections});
  }
  return open_sqlite({.path = std::string(url.substr(kSqlite.size())),
                      .clock = deps.clock,
                      .random = deps.random,
                      .readers = deps.connections});
}

}  // namespace

bool is_postgres(std::string_view url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Result<std::unique_ptr<ports::Database>> open_database(std::string_view url, OpenDeps deps) {
  if (!is_postgres(url) && (!url.starts_with(kSqlite) || url.size() == kSqlite.size())) {
    return problem(
        "the database URL must be sqlite:PATH or postgresql://user:password@host:5432/name");
  }
  try {
    return open(url, deps);
  } catch (const ports::DbFailure& failure) {
    return problem(failure.what());
  }
}

}  // namespace tallyman::database
