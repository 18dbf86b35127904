// Brings the schema forward, one numbered step per transaction, and refuses what it does not know.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/base/result.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::database {

struct AppliedMigration {
  int version = 0;
  std::string name;
  std::string sha256;  // of its text when it was applied
  Instant applied_at{};
  friend bool operator==(const AppliedMigration&, const AppliedMigration&) = default;
};

struct MigrationStatus {
  std::vector<AppliedMigration> applied;  // ascending; known to this program
  std::vector<ports::Migration> pending;  // ascending
  std::vector<AppliedMigration> newer;    // in the database, unknown to this program
  std::vector<AppliedMigration> changed;  // applied with another text than this program has
};

// Reads only. Throws ports::DbFailure. `known` counts 1, 2, 3 … without a gap.
MigrationStatus migration_status(ports::Database& database,
                                 std::span<const ports::Migration> known);

// Applies what is pending, each step in its own transaction with its row in schema_migrations, and
// answers the versions applied by this call. Safe when two programs do it at once. A problem: the
// schema is newer than this program, or an applied step was edited. Throws ports::DbFailure when a
// step fails; the schema is then at the step before.
Result<std::vector<int>> migrate(ports::Database& database,
                                 std::span<const ports::Migration> known);

}  // namespace tallyman::database
