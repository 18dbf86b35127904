#include "adapters/database/sqlite_connection.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "adapters/database/sqlite_errors.h"
#include "adapters/database/sqlite_values.h"
#include "adapters/database/values.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;
using ports::ValueType;

// Far above what the book needs, far below what would hurt.
constexpr std::array<std::pair<int, int>, 6> kLimits = {{{SQLITE_LIMIT_LENGTH, 256 << 20},
                                                         {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
                                                         {SQLITE_LIMIT_COLUMN, 200},
                                                         {SQLITE_LIMIT_EXPR_DEPTH, 200},
                                                         {SQLITE_LIMIT_ATTACHED, 2},
                                                         {SQLITE_LIMIT_VARIABLE_NUMBER, 200}}};
constexpr std::size_t kCachedStatements = 1'000;
constexpr int kStepsBetweenDeadlineChecks = 50'000;

// Frees the statement for its next use, whatever happened.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* handle) : handle_(handle) {}
  ~Reset() {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
  }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  sqlite3_stmt* handle_;
};

// The type a STRICT table declares for a column of this kind.
std::string_view column_type(ValueType type) {
  switch (type) {
    case ValueType::integer:
    case ValueType::micros: return "INTEGER";
    case ValueType::text:
    case ValueType::instant:
    case ValueType::day: return "TEXT";
    case ValueType::blob: return "BLOB";
  }
  return "";
}

void check_types(const ports::Statement& statement, sqlite3_stmt* handle) {
  for (std::size_t at = 0; at < statement.columns.size(); ++at) {
    const char* text = sqlite3_column_decltype(handle, static_cast<int>(at));
    if (text == nullptr) continue;  // an expression has no declared type
    const std::string_view declared = std::string_view(text) == "INT" ? "INTEGER" : text;
    if (declared == column_type(statement.columns[at])) continue;
    throw DbFailure(DbError::schema,
                    "column " + std::to_string(at + 1) + " of " + std::string(statement.name) +
                        " is declared as " + std::string(word(statement.columns[at])) +
                        ", the database has " + std::string(declared),
                    std::string(statement.name));
  }
}

}  // namespace

void SqliteConnection::Close::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}
void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteConnection::SqliteConnection(const SqliteOptions& options, SqliteRole role)
    : clock_(options.clock), statement_timeout_(options.statement_timeout) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.path.c_str(), &opened, flags, nullptr);
  connection_.reset(opened);
  if (code != SQLITE_OK) throw_sqlite_failure(opened, code, "opening " + options.path);
  set_up(options, role);
}

SqliteConnection::~SqliteConnection() = default;

void SqliteConnection::set_up(const SqliteOptions& options, SqliteRole role) {
  sqlite3* connection = connection_.get();
  for (const auto& [limit, value] : kLimits) sqlite3_limit(connection, limit, value);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_busy_timeout(connection, static_cast<int>(options.busy_timeout.count() / 1'000));
  control("PRAGMA trusted_schema = OFF");
  control("PRAGMA foreign_keys = ON");
  control("PRAGMA synchronous = FULL");
  control("PRAGMA cell_size_check = ON");
  control("PRAGMA temp_store = MEMORY");
  control("PRAGMA cache_size = -16384");
  if (role == SqliteRole::reader) {
    control("PRAGMA query_only = ON");
  } else {
    const std::string mode = answer("PRAGMA journal_mode = WAL");
    if (mode != "wal") {
      throw DbFailure(DbError::unreachable,
                      "SQLite cannot keep a write-ahead log beside " + options.path);
    }
    control("PRAGMA journal_size_limit = 67108864");
    if (options.max_pages > 0) {
      answer(("PRAGMA max_page_count = " + std::to_string(options.max_pages)).c_str());
    }
  }
  sqlite3_progress_handler(connection, kStepsBetweenDeadlineChecks, &past_deadline, this);
}

int SqliteConnection::past_deadline(void* self) {
  const auto& connection = *static_cast<const SqliteConnection*>(self);
  if (connection.deadline_ == Micros::max()) return 0;
  return connection.clock_.steady() > connection.deadline_ ? 1 : 0;
}

void SqliteConnection::control(const char* sql) {
  deadline_ = Micros::max();
  const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite_failure(connection_.get(), code, sql);
}

// The first column of the one row that a pragma answers.
std::string SqliteConnection::answer(const char* sql) {
  sqlite3_stmt* made = nullptr;
  int code = sqlite3_prepare_v2(connection_.get(), sql, -1, &made, nullptr);
  const StatementHandle handle(made);
  if (code == SQLITE_OK) code = sqlite3_step(made);
  if (code != SQLITE_ROW) throw_sqlite_failure(connection_.get(), code, sql);
  const unsigned char* text = sqlite3_column_text(made, 0);
  return text != nullptr ? reinterpret_cast<const char*>(text) : "";
}

void SqliteConnection::script(std::string_view sql) {
  // A script that ends the transaction it runs in would break the promise of all or nothing.
  sqlite3_set_authorizer(
      connection_.get(),
      [](void*, int action, const char*, const char*, const char*, const char*) {
        return action == SQLITE_TRANSACTION ? SQLITE_DENY : SQLITE_OK;
      },
      nullptr);
  const std::string text(sql);
  const int code = sqlite3_exec(connection_.get(), text.c_str(), nullptr, nullptr, nullptr);
  sqlite3_set_authorizer(connection_.get(), nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite_failure(connection_.get(), code, "script");
}

SqliteConnection::StatementHandle SqliteConnection::compile(const ports::Statement& statement) {
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), statement.sqlite.data(),
                                      static_cast<int>(statement.sqlite.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  StatementHandle handle(made);
  if (code != SQLITE_OK) {
    throw_sqlite_failure(connection_.get(), code, statement.name, statement.name);
  }
  std::vector<std::string_view> names;
  for (int at = 0; at < sqlite3_column_count(made); ++at) {
    names.emplace_back(sqlite3_column_name(made, at));
  }
  if (names.size() != statement.columns.size()) check_columns(statement, names);
  return handle;
}

void SqliteConnection::prepare(const ports::Statement& statement) {
  const StatementHandle handle = compile(statement);
  std::vector<std::string_view> names;
  for (int at = 0; at < sqlite3_column_count(handle.get()); ++at) {
    names.emplace_back(sqlite3_column_name(handle.get(), at));
  }
  check_columns(statement, names);
  check_types(statement, handle.get());
  const auto params = static_cast<std::size_t>(sqlite3_bind_parameter_count(handle.get()));
  if (params != statement.params.size()) {
    throw DbFailure(DbError::schema,
                    std::string(statement.name) + " declares " +
                        std::to_string(statement.params.size()) + " parameters, its text has " +
                        std::to_string(params),
                    std::string(statement.name));
  }
}

sqlite3_stmt* SqliteConnection::cached(const ports::Statement& statement) {
  std::string text(statement.sqlite);
  const auto known = statements_.find(text);
  if (known != statements_.end()) return known->second.get();
  if (statements_.size() >= kCachedStatements) statements_.clear();
  StatementHandle handle = compile(statement);
  return statements_.emplace(std::move(text), std::move(handle)).first->second.get();
}

std::int64_t SqliteConnection::run_rows(const ports::Statement& statement, std::size_t count,
                                        const ports::ParamSource& params,
                                        const ports::IndexedRowVisitor& visit) {
  sqlite3_stmt* handle = cached(statement);
  std::int64_t changed = 0;
  for (std::size_t index = 0; index < count; ++index) {
    changed += run_row(handle, statement, index, params, visit);
  }
  return changed;
}

std::int64_t SqliteConnection::run_row(sqlite3_stmt* handle, const ports::Statement& statement,
                                       std::size_t index, const ports::ParamSource& params,
                                       const ports::IndexedRowVisitor& visit) {
  const Reset reset(handle);
  bind_sqlite(connection_.get(), handle, statement, params(index), index);
  deadline_ = clock_.steady() + statement_timeout_;
  const SqliteRow row(handle, statement);
  int code = sqlite3_step(handle);
  for (; code == SQLITE_ROW; code = sqlite3_step(handle)) visit(index, row);
  deadline_ = Micros::max();
  if (code != SQLITE_DONE) {
    throw_sqlite_failure(connection_.get(), code, statement.name, statement.name, index);
  }
  return sqlite3_stmt_readonly(handle) != 0 ? 0 : sqlite3_changes64(connection_.get());
}

void SqliteConnection::commit() {
  const int code = sqlite3_exec(connection_.get(), "COMMIT", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return;
  try {
    throw_sqlite_failure(connection_.get(), code, "COMMIT");
  } catch (const DbFailure& failure) {
    if (code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC) throw;
    throw DbFailure(DbError::commit_unknown, failure.what());
  }
}

bool SqliteConnection::roll_back() noexcept {
  deadline_ = Micros::max();
  if (sqlite3_get_autocommit(connection_.get()) != 0) return true;
  return sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK;
}

}  // namespace tallyman::database
