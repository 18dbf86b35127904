// The book in PostgreSQL 13 or newer: a bounded pool, prepared statements, bulk by pipeline mode.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::database {

struct PostgresOptions {
  std::string url;        // as libpq understands it: sslmode, several hosts, target_session_attrs …
  ports::Clock& clock;    // for pauses between attempts only; time comes from the server
  ports::Random& random;  // asked from any thread
  std::size_t connections = 4;
  // Per session; the server ends what takes longer.
  Micros statement_timeout{30'000'000};
  Micros lock_timeout{10'000'000};
  Micros idle_in_transaction_timeout{30'000'000};
};

// Connects once; throws ports::DbFailure: unreachable, refused, schema (too old, not UTF-8) …
std::unique_ptr<ports::Database> open_postgres(PostgresOptions options);

}  // namespace tallyman::database
