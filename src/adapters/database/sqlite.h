// The book in one SQLite file: WAL, durable commits, one writer, readers beside it. One program per
// file; see process_lock.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::database {

struct SqliteOptions {
  std::string path;  // made with mode 0600 when absent; its folder must exist
  ports::Clock& clock;
  ports::Random& random;  // asked from any thread
  std::size_t readers = 4;
  // How long a statement waits for another program's lock before it is `locked`.
  Micros busy_timeout{5'000'000};
  Micros statement_timeout{30'000'000};
  // Largest file in pages of 4 KiB; beyond it is disk_full. 0 = SQLite's own limit.
  std::int64_t max_pages = 0;
};

// Throws ports::DbFailure: unreachable (cannot open, network file system), corrupt, read_only …
std::unique_ptr<ports::Database> open_sqlite(SqliteOptions options);

}  // namespace tallyman::database
