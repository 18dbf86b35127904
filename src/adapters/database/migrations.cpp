#include "adapters/database/migrations.h"

#include <array>
#include <cstdint>
#include <optional>

#include "domain/base/check.h"
#include "domain/base/digest.h"
#include "ports/statements.h"

namespace tallyman::database {

namespace {

using ports::Statement;
using ports::Tx;
using ports::TxMode;
using ports::Value;
using ports::ValueType;

// The runner's own table and statements; all other SQL lives in adapters/book.
constexpr std::string_view kSqliteTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " applied_at TEXT NOT NULL) STRICT";
constexpr std::string_view kPostgresTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " version BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " applied_at TIMESTAMPTZ NOT NULL)";

constexpr std::array kOneInteger = {ValueType::integer};
constexpr std::array kMigrationTypes = {ValueType::integer, ValueType::text, ValueType::text,
                                        ValueType::instant};

constexpr Statement kCountTables{.name = "count_migration_tables",
                                 .sqlite =
                                     "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND"
                                     " name = 'schema_migrations'",
                                 .postgres =
                                     "SELECT COUNT(*) FROM pg_catalog.pg_class"
                                     " WHERE oid = to_regclass('schema_migrations')",
                                 .params = {},
                                 .columns = kOneInteger};

constexpr std::string_view kList =
    "SELECT version, name, sha256, applied_at FROM schema_migrations ORDER BY version";
constexpr Statement kListApplied{.name = "list_applied_migrations",
                                 .sqlite = kList,
                                 .postgres = kList,
                                 .params = {},
                                 .columns = kMigrationTypes};

constexpr Statement kRecord{.name = "record_migration",
                            .sqlite = "INSERT INTO schema_migrations VALUES (?1, ?2, ?3, ?4)",
                            .postgres = "INSERT INTO schema_migrations VALUES ($1, $2, $3, $4)",
                            .params = kMigrationTypes,
                            .columns = {}};

// Held to the end of the transaction: a second program waits here, then finds the work done. On
// SQLite BEGIN IMMEDIATE has that effect already.
constexpr Statement kLock{
    .name = "lock_migrations",
    .sqlite = "SELECT 1",
    .postgres = "SELECT COUNT(*) FROM (SELECT pg_advisory_xact_lock(7205759403792)) AS locked",
    .params = {},
    .columns = kOneInteger};

void ignore(const ports::RowView& /*row*/) {}

std::vector<AppliedMigration> applied_migrations(Tx& tx) {
  bool has_table = false;
  tx.run(kCountTables, {}, [&](const ports::RowView& row) { has_table = row.integer(0) > 0; });
  std::vector<AppliedMigration> applied;
  if (!has_table) return applied;
  tx.run(kListApplied, {}, [&](const ports::RowView& row) {
    applied.push_back({.version = static_cast<int>(row.integer(0)),
                       .name = std::string(row.text(1)),
                       .sha256 = std::string(row.text(2)),
                       .applied_at = row.instant(3)});
  });
  return applied;
}

void check_numbering(std::span<const ports::Migration> known) {
  int expected = 1;
  for (const auto& migration : known) {
    check(migration.version == expected, "migrations are numbered 1, 2, 3 without a gap");
    ++expected;
  }
}

MigrationStatus compare(std::vector<AppliedMigration> applied,
                        std::span<const ports::Migration> known) {
  MigrationStatus status;
  std::vector<bool> is_applied(known.size(), false);
  for (AppliedMigration& row : applied) {
    const auto at = static_cast<std::size_t>(row.version - 1);
    if (row.version < 1 || at >= known.size()) {
      status.newer.push_back(std::move(row));
      continue;
    }
    is_applied[at] = true;
    if (row.sha256 != sha256_hex(known[at].sql)) status.changed.push_back(row);
    status.applied.push_back(std::move(row));
  }
  for (std::size_t at = 0; at < known.size(); ++at) {
    if (!is_applied[at]) status.pending.push_back(known[at]);
  }
  return status;
}

std::string words(const AppliedMigration& migration) {
  return std::to_string(migration.version) + " (" + migration.name + ")";
}

// Why this program must not touch the schema, if so.
std::optional<Problem> refusal(const MigrationStatus& status, std::size_t known) {
  if (!status.newer.empty()) {
    return Problem{"the database was made by a newer tallyman: it has migration " +
                   words(status.newer.back()) + ", this program knows " + std::to_string(known) +
                   ". Install the newer program; nothing was changed."};
  }
  if (!status.changed.empty()) {
    return Problem{"migration " + words(status.changed.front()) +
                   " was applied with another text than this program has. Use the program that "
                   "made this database, or restore a backup; nothing was changed."};
  }
  return std::nullopt;
}

struct Step {
  std::optional<Problem> refused;
  std::optional<int> applied;
};

// Under the lock: looks again, applies the first pending migration, remembers it.
Step next_step(Tx& tx, std::span<const ports::Migration> known) {
  tx.run(kLock, {}, ignore);
  const MigrationStatus status = compare(applied_migrations(tx), known);
  if (auto refused = refusal(status, known.size())) return {std::move(refused), std::nullopt};
  if (status.pending.empty()) return {};
  const ports::Migration& migration = status.pending.front();
  tx.script(tx.dialect() == ports::Dialect::sqlite ? kSqliteTable : kPostgresTable);
  tx.script(migration.sql);
  const std::string sha256 = sha256_hex(migration.sql);
  const std::array<Value, 4> row = {std::int64_t{migration.version}, migration.name,
                                    std::string_view(sha256), tx.now()};
  tx.run(kRecord, row, ignore);
  return {std::nullopt, migration.version};
}

}  // namespace

MigrationStatus migration_status(ports::Database& database,
                                 std::span<const ports::Migration> known) {
  check_numbering(known);
  return ports::transact(database, TxMode::read,
                         [&](Tx& tx) { return compare(applied_migrations(tx), known); });
}

Result<std::vector<int>> migrate(ports::Database& database,
                                 std::span<const ports::Migration> known) {
  check_numbering(known);
  std::vector<int> applied;
  for (;;) {
    const Step step =
        ports::transact(database, TxMode::write, [&](Tx& tx) { return next_step(tx, known); });
    if (step.refused) return tl::unexpected<Problem>(*step.refused);
    if (!step.applied) return applied;
    applied.push_back(*step.applied);
  }
}

}  // namespace tallyman::database
