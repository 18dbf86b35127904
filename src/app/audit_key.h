// The file with the key of the audit log: beside an SQLite book by itself, for PostgreSQL where
// audit.key_path says, the same on every node.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/book/audit_key.h"
#include "app/config.h"
#include "app/log.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::app {

// Where the key stands; none: a PostgreSQL book without audit.key_path has no key.
std::optional<std::filesystem::path> audit_key_file(const Config& config);

// None when there is no such file. Throws std::runtime_error when it cannot be read as one, or when
// others may read it.
std::optional<book::AuditKey> read_audit_key(const std::filesystem::path& file);

// Reads the key, or makes it, and has the log sealed with it from now on. Throws std::runtime_error
// with a sentence when this program must not write: the log is sealed with another node's key. A
// log that is not sealed though it should be is told to the log, and goes on.
std::unique_ptr<book::AuditKeyInUse> seal_audit_log(const Config& config, ports::Database& database,
                                                    ports::Random& random, Log& log);

// Where the log ends, for whoever keeps what the program says: "17 rows, head ab12cd34:…".
void tell_audit_head(ports::Database& database, Log& log);

}  // namespace tallyman::app
