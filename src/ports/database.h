// The one way to the database: transact() commits when the work returns and rolls back when it
// throws. SQL text lives in adapters/book/sql and reaches this port as generated Statements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "domain/base/time.h"

namespace tallyman::ports {

enum class Dialect { sqlite, postgres };

// How a parameter or column travels. `instant` is timestamptz on PostgreSQL and the fixed text form
// of base/time.h on SQLite; `micros` is BIGINT microseconds since 1970 UTC on both.
enum class ValueType { integer, text, instant, day, micros, blob };

// One named statement, in both dialects, with 1-based positional parameters ("?1", "$1").
struct Statement {
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
  std::span<const ValueType> params;
  std::span<const ValueType> columns;
  // As declared; prepare() compares them with the database's. Empty = not compared.
  std::span<const std::string_view> column_names = {};
};

// One numbered step of the schema, forward only. Versions count 1, 2, 3 …; never edited once
// released: its text is remembered by checksum.
struct Migration {
  int version = 0;
  std::string_view name;  // "orders", from 0001_orders.sql
  std::string_view sql;
};

struct Blob {
  std::string_view bytes;
};

// A parameter value; views must outlive the call. monostate is NULL.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Instant, Day, Blob>;

// The current row while a visitor runs; columns are 0-based. Views die with the visit. Reading a
// NULL as a value, or as another type than declared, is our own mistake (check()).
class RowView {
 public:
  virtual ~RowView() = default;
  virtual bool is_null(std::size_t column) const = 0;
  virtual std::int64_t integer(std::size_t column) const = 0;
  virtual std::string_view text(std::size_t column) const = 0;
  virtual Instant instant(std::size_t column) const = 0;  // for instant and micros columns
  virtual Day day(std::size_t column) const = 0;
  virtual std::string_view blob(std::size_t column) const = 0;
};

enum class DbError {
  constraint,       // unique, foreign key, check, not null: this row's fault
  bad_value,        // a value the column cannot hold: this row's fault
  locked,           // SQLite busy, PostgreSQL lock timeout
  serialization,    // 40001, 40P01: do it again
  connection_lost,  // before COMMIT: nothing happened
  commit_unknown,   // lost while COMMIT was under way: settle by applied_batches
  unreachable,      // cannot connect
  refused,          // authentication, missing database, permission
  read_only,        // demoted primary, read-only file
  disk_full,
  corrupt,
  timeout,  // statement timeout
  schema,   // unknown table or column: a migration is missing
  other,
};

std::string_view word(DbError kind);

// The row's own fault: may be quarantined. Everything else ends the transaction.
constexpr bool is_row_fault(DbError kind) {
  return kind == DbError::constraint || kind == DbError::bad_value;
}

// transact() tries again by itself on these.
constexpr bool is_transient(DbError kind) {
  return kind == DbError::locked || kind == DbError::serialization ||
         kind == DbError::connection_lost || kind == DbError::read_only;
}

class DbFailure : public std::runtime_error {
 public:
  DbFailure(DbError kind, const std::string& what, std::string statement = {},
            std::optional<std::size_t> row = std::nullopt)
      : std::runtime_error(what), kind_(kind), statement_(std::move(statement)), row_(row) {}
  DbError kind() const { return kind_; }
  const std::string& statement() const { return statement_; }  // its name, never its values
  // The parameter row that run_each was refused, 0-based; every row before it was accepted.
  std::optional<std::size_t> row() const { return row_; }

 private:
  DbError kind_;
  std::string statement_;
  std::optional<std::size_t> row_;
};

using RowVisitor = std::function<void(const RowView&)>;
using IndexedRowVisitor = std::function<void(std::size_t index, const RowView&)>;
using ParamSource = std::function<std::span<const Value>(std::size_t index)>;

class Tx {
 public:
  virtual ~Tx() = default;
  // Read once per transaction: PostgreSQL's clock, on SQLite the Clock port.
  virtual Instant now() const = 0;
  virtual Dialect dialect() const = 0;
  // Runs one statement; visits each row it returns; answers the number of rows changed.
  virtual std::int64_t run(const Statement& statement, std::span<const Value> params,
                           const RowVisitor& visit) = 0;
  // The same statement for `count` parameter rows, in order: a prepared loop on SQLite, pipeline
  // mode on PostgreSQL. Throws at the first refused row; the transaction is then only good for
  // rolling back (or back to the surrounding savepoint). Answers the rows changed in all.
  virtual std::int64_t run_each(const Statement& statement, std::size_t count,
                                const ParamSource& params, const IndexedRowVisitor& visit) = 0;
  // Runs `work`. When it throws a row fault, everything it wrote is undone and the fault is
  // returned; the transaction stays usable. Any other failure passes through.
  virtual std::optional<DbFailure> savepoint(const std::function<void()>& work) = 0;
  // Several statements without parameters: migrations only.
  virtual void script(std::string_view sql) = 0;
};

enum class TxMode { read, write };

class Database {
 public:
  virtual ~Database() = default;
  // One transaction. SQLite: read = deferred on a reader, write = BEGIN IMMEDIATE on the one
  // writer. PostgreSQL: read = repeatable read, read only; write = read committed.
  // Transient failures run `work` again from the start (at most 5 times in 30 s), so `work` must
  // not keep effects outside the transaction. Throws DbFailure.
  virtual void transact(TxMode mode, const std::function<void(Tx&)>& work) = 0;
  virtual Dialect dialect() const = 0;
  // For people, without credentials: "sqlite:/var/lib/tallyman/book.db".
  virtual std::string description() const = 0;
  // Prepares the statement against the real schema without running it. Throws DbFailure.
  virtual void prepare(const Statement& statement) = 0;
};

// True while this thread is inside transact(): no network call may start then.
bool this_thread_is_in_transaction();

// Set by Database implementations only.
class TransactionMark {
 public:
  TransactionMark();
  ~TransactionMark();
  TransactionMark(const TransactionMark&) = delete;
  TransactionMark& operator=(const TransactionMark&) = delete;
};

}  // namespace tallyman::ports
