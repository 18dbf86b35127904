#include "adapters/database/postgres_connection.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <exception>
#include <iterator>
#include <utility>
#include <vector>

#include <libpq-fe.h>
#include <poll.h>

#include "adapters/database/postgres_errors.h"
#include "adapters/database/values.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;

constexpr int kOldestServer = 130'000;
constexpr int kIdleLimitSince = 140'000;
constexpr std::size_t kPreparedStatements = 1'000;
// Deep enough to hide the round trip, shallow enough that an error wastes little.
constexpr std::size_t kPipelineDepth = 500;
// A server that is alive ends a statement itself; beyond this it is taken for dead.
constexpr Micros kSilenceSlack{10'000'000};

void ignore_notice(void* /*unused*/, const char* /*message*/) {}

std::string milliseconds(Micros length) { return std::to_string(length.count() / 1'000); }

}  // namespace

// A run of one statement for many rows, while it is under way.
struct PostgresConnection::Bulk {
  const std::string& name;
  const ports::Statement& statement;
  const ports::ParamSource& params;
  const ports::IndexedRowVisitor& visit;
  std::exception_ptr failure;  // the first, by row
};

void PostgresConnection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresConnection::Clear::operator()(pg_result* result) const { PQclear(result); }

PostgresConnection::PostgresConnection(const PostgresAddress& address,
                                       const PostgresOptions& options)
    : longest_silence_ms_(
          static_cast<int>((options.statement_timeout + kSilenceSlack).count() / 1'000)) {
  PostgresAddress settings = {{"connect_timeout", "10"},
                              {"keepalives_idle", "30"},
                              {"keepalives_interval", "10"},
                              {"keepalives_count", "3"},
                              {"tcp_user_timeout", "30000"},
                              {"client_encoding", "UTF8"},
                              {"fallback_application_name", "tallyman"}};
  for (const auto& [key, value] : address) settings.insert_or_assign(key, value);
  std::vector<const char*> keys;
  std::vector<const char*> values;
  for (const auto& [key, value] : settings) {
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  // Starting and then resetting lets the real attempt, with libpq's own time limit per host, report
  // the SQLSTATE; PQconnectdbParams alone tells failures in the server's language only.
  connection_.reset(PQconnectStartParams(keys.data(), values.data(), 0));
  if (connection_ == nullptr) throw DbFailure(DbError::other, "out of memory for a connection");
  PQsetErrorVerbosity(connection_.get(), PQERRORS_VERBOSE);
  PQsetNoticeProcessor(connection_.get(), &ignore_notice, nullptr);
  PQreset(connection_.get());
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    const ConnectFailure failure = connect_failure(PQerrorMessage(connection_.get()));
    throw DbFailure(failure.kind, "cannot connect to " + describe(address) + ": " +
                                      without_password(failure.words, address));
  }
  PQsetErrorVerbosity(connection_.get(), PQERRORS_DEFAULT);
  PQsetnonblocking(connection_.get(), 1);
  set_up(options);
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::set_up(const PostgresOptions& options) {
  if (PQserverVersion(connection_.get()) < kOldestServer) {
    throw DbFailure(DbError::refused, "PostgreSQL 13 or newer is needed");
  }
  const char* encoding = PQparameterStatus(connection_.get(), "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    throw DbFailure(DbError::refused, "the PostgreSQL database must be made with ENCODING 'UTF8'");
  }
  control(("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET bytea_output = 'hex';"
           "SET statement_timeout = " +
           milliseconds(options.statement_timeout) + "; SET lock_timeout = " +
           milliseconds(options.lock_timeout) + "; SET idle_in_transaction_session_timeout = " +
           milliseconds(options.idle_in_transaction_timeout))
              .c_str());
}

void PostgresConnection::sent(int accepted) {
  if (accepted == 1) return;
  if (PQstatus(connection_.get()) != CONNECTION_OK) throw_connection_lost(connection_.get());
  throw DbFailure(DbError::other, std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
}

void PostgresConnection::wait_for(short events) {
  pollfd socket{PQsocket(connection_.get()), events, 0};
  int ready = 0;
  do {
    ready = ::poll(&socket, 1, longest_silence_ms_);
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) {
    throw DbFailure(DbError::connection_lost, "PostgreSQL does not answer");
  }
  if ((socket.revents & ~POLLOUT) != 0 && PQconsumeInput(connection_.get()) == 0) {
    throw_connection_lost(connection_.get());
  }
}

// Reads while it writes: otherwise both sides can wait for the other with full buffers.
void PostgresConnection::flush() {
  for (;;) {
    const int left = PQflush(connection_.get());
    if (left == 0) return;
    if (left < 0) throw_connection_lost(connection_.get());
    wait_for(POLLIN | POLLOUT);
  }
}

PostgresConnection::Result PostgresConnection::next_result() {
  while (PQisBusy(connection_.get()) != 0) wait_for(POLLIN);
  return Result(PQgetResult(connection_.get()));
}

// The last result of what was sent; throws the first failure among them.
PostgresConnection::Result PostgresConnection::last_result(std::string_view statement) {
  flush();
  Result last;
  Result failed;
  while (Result result = next_result()) {
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && failed == nullptr) {
      failed = std::move(result);
    } else {
      last = std::move(result);
    }
  }
  if (failed != nullptr) {
    throw_postgres_failure(connection_.get(), failed.get(), statement,
                           statement.empty() ? std::nullopt : std::optional<std::size_t>(0));
  }
  if (last == nullptr) throw_connection_lost(connection_.get());
  return last;
}

void PostgresConnection::control(const char* sql) {
  sent(PQsendQuery(connection_.get(), sql));
  last_result({});
}

// The first column of the one row that the last command of `sql` answers.
std::string PostgresConnection::answer(const char* sql) {
  sent(PQsendQuery(connection_.get(), sql));
  const Result result = last_result({});
  if (PQntuples(result.get()) != 1) throw DbFailure(DbError::other, "PostgreSQL: no answer");
  return PQgetvalue(result.get(), 0, 0);
}

void PostgresConnection::listen(const std::string& channel) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  check(!channel.empty() && std::ranges::all_of(channel, is_plain), "a channel is a plain word");
  // It is idle for days; older servers have no such limit.
  if (PQserverVersion(connection_.get()) >= kIdleLimitSince) {
    control("SET idle_session_timeout = 0");
  }
  control(("LISTEN " + channel).c_str());
}

std::vector<std::string> PostgresConnection::wait_for_notifications(int bell) {
  for (;;) {
    auto told = take_notifications();
    if (!told.empty()) return told;
    pollfd both[] = {{PQsocket(connection_.get()), POLLIN, 0}, {bell, POLLIN, 0}};
    if (::poll(both, std::size(both), -1) < 0 && errno != EINTR) {
      throw DbFailure(DbError::other, "PostgreSQL: its connection cannot be waited for");
    }
    if (both[1].revents != 0) return {};
    if (both[0].revents != 0 && PQconsumeInput(connection_.get()) == 0) {
      throw_connection_lost(connection_.get());
    }
  }
}

std::vector<std::string> PostgresConnection::take_notifications() {
  const auto release = [](PGnotify* one) { PQfreemem(one); };
  std::vector<std::string> told;
  for (;;) {
    const std::unique_ptr<PGnotify, decltype(release)> one(PQnotifies(connection_.get()));
    if (one == nullptr) return told;
    told.emplace_back(one->extra);
  }
}

Instant PostgresConnection::begin(ports::TxMode mode) {
  const std::string now =
      answer(mode == ports::TxMode::write
                 ? "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT clock_timestamp()"
                 : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT clock_timestamp()");
  const auto instant = instant_from_text(now);
  if (!instant) throw DbFailure(DbError::other, "PostgreSQL: its clock reads " + now);
  return *instant;
}

void PostgresConnection::commit(ports::TxMode mode) {
  // A connection cut before COMMIT was sent is known to have done nothing.
  pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
  while (::poll(&socket, 1, 0) > 0) {
    if (PQconsumeInput(connection_.get()) == 0) throw_connection_lost(connection_.get());
  }
  try {
    sent(PQsendQuery(connection_.get(), "COMMIT"));
    const Result result = last_result({});
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
      throw DbFailure(DbError::other, "PostgreSQL rolled the transaction back at COMMIT");
    }
  } catch (const DbFailure& failure) {
    if (mode != ports::TxMode::write || failure.kind() != DbError::connection_lost) throw;
    throw DbFailure(DbError::commit_unknown,
                    std::string(failure.what()) + "; whether COMMIT took effect is not known");
  }
}

bool PostgresConnection::roll_back() noexcept {
  switch (PQtransactionStatus(connection_.get())) {
    case PQTRANS_IDLE: return true;
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR: break;
    case PQTRANS_ACTIVE:
    case PQTRANS_UNKNOWN: return false;
  }
  try {
    control("ROLLBACK");
    return true;
  } catch (const std::exception&) {
    return false;  // the server undoes it when the connection is gone
  }
}

void PostgresConnection::script(std::string_view sql) {
  constexpr const char* kTransaction = "SELECT pg_current_xact_id()";
  const std::string before = answer(kTransaction);
  control("SET LOCAL statement_timeout = 0");  // a migration may be long
  const int silence = std::exchange(longest_silence_ms_, -1);
  try {
    control(std::string(sql).c_str());
  } catch (const DbFailure&) {
    longest_silence_ms_ = silence;
    throw;
  }
  longest_silence_ms_ = silence;
  if (PQtransactionStatus(connection_.get()) != PQTRANS_INTRANS || answer(kTransaction) != before) {
    throw DbFailure(DbError::other, "a script must not end the transaction it runs in");
  }
}

const std::string& PostgresConnection::prepared(const ports::Statement& statement) {
  std::string text(statement.postgres);
  const auto known = prepared_.find(text);
  if (known != prepared_.end()) return known->second;
  if (prepared_.size() >= kPreparedStatements) {
    control("DEALLOCATE ALL");
    prepared_.clear();
  }
  std::vector<Oid> types;
  types.reserve(statement.params.size());
  for (const ports::ValueType type : statement.params) types.push_back(postgres_type(type));
  std::string name = "tallyman_" + std::to_string(++names_);
  sent(PQsendPrepare(connection_.get(), name.c_str(), text.c_str(), static_cast<int>(types.size()),
                     types.data()));
  last_result(statement.name);
  return prepared_.emplace(std::move(text), std::move(name)).first->second;
}

void PostgresConnection::prepare(const ports::Statement& statement) {
  const std::string& name = prepared(statement);
  sent(PQsendDescribePrepared(connection_.get(), name.c_str()));
  const Result result = last_result(statement.name);
  std::vector<std::string_view> names;
  for (int at = 0; at < PQnfields(result.get()); ++at)
    names.emplace_back(PQfname(result.get(), at));
  check_columns(statement, names);
  for (std::size_t at = 0; at < statement.columns.size(); ++at) {
    const Oid type = PQftype(result.get(), static_cast<int>(at));
    if (is_readable_as(type, statement.columns[at])) continue;
    throw DbFailure(DbError::schema,
                    "column " + std::to_string(at + 1) + " of " + std::string(statement.name) +
                        " is declared as " + std::string(word(statement.columns[at])) +
                        ", the database has its type " + std::to_string(type),
                    std::string(statement.name));
  }
  const auto params = static_cast<std::size_t>(PQnparams(result.get()));
  if (params != statement.params.size()) {
    throw DbFailure(DbError::schema,
                    std::string(statement.name) + " declares " +
                        std::to_string(statement.params.size()) + " parameters, its text has " +
                        std::to_string(params),
                    std::string(statement.name));
  }
}

void PostgresConnection::send(const std::string& name, const ports::Statement& statement,
                              std::span<const ports::Value> params, std::size_t row) {
  params_.encode(statement, params, row);
  sent(PQsendQueryPrepared(connection_.get(), name.c_str(), params_.count(), params_.values(),
                           params_.lengths(), params_.formats(), 0));
}

// Visits the rows of one finished statement; answers how many rows it changed.
std::int64_t PostgresConnection::read_rows(pg_result* result, const ports::Statement& statement,
                                           std::size_t index,
                                           const ports::IndexedRowVisitor& visit) {
  const int columns = PQnfields(result);
  if (static_cast<std::size_t>(columns) != statement.columns.size()) {
    const std::vector<std::string_view> names(static_cast<std::size_t>(columns));
    check_columns(statement, names);
  }
  PostgresRow row(result, statement);
  for (int at = 0; at < PQntuples(result); ++at) {
    row.go_to(at);
    visit(index, row);
  }
  if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
  const std::string_view changed = PQcmdTuples(result);
  std::int64_t count = 0;
  std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

std::int64_t PostgresConnection::run_rows(const ports::Statement& statement, std::size_t count,
                                          const ports::ParamSource& params,
                                          const ports::IndexedRowVisitor& visit) {
  const std::string& name = prepared(statement);
  if (count == 1) {
    send(name, statement, params(0), 0);
    const Result result = last_result(statement.name);
    return read_rows(result.get(), statement, 0, visit);
  }
  sent(PQenterPipelineMode(connection_.get()));
  Bulk bulk{name, statement, params, visit, nullptr};
  std::int64_t changed = 0;
  for (std::size_t begin = 0; begin < count && bulk.failure == nullptr; begin += kPipelineDepth) {
    changed += run_batch(bulk, begin, std::min(count, begin + kPipelineDepth));
  }
  sent(PQexitPipelineMode(connection_.get()));
  if (bulk.failure != nullptr) std::rethrow_exception(bulk.failure);
  return changed;
}

// Sends the rows [begin, end) and a sync, then reads every answer up to the sync, so that the
// connection is in step again whatever happened to a row.
std::int64_t PostgresConnection::run_batch(Bulk& bulk, std::size_t begin, std::size_t end) {
  std::exception_ptr not_sent;
  std::size_t sent_end = begin;
  try {
    for (; sent_end < end; ++sent_end) {
      send(bulk.name, bulk.statement, bulk.params(sent_end), sent_end);
    }
  } catch (...) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw;
    not_sent = std::current_exception();
  }
  sent(PQpipelineSync(connection_.get()));
  flush();
  std::int64_t changed = receive_batch(bulk, begin, sent_end);
  if (bulk.failure == nullptr) bulk.failure = not_sent;
  return changed;
}

std::int64_t PostgresConnection::receive_batch(Bulk& bulk, std::size_t begin, std::size_t end) {
  std::int64_t changed = 0;
  for (std::size_t index = begin; index < end; ++index) {
    while (const Result result = next_result()) {
      if (bulk.failure != nullptr) continue;  // answers after a failure are "aborted"
      try {
        if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) {
          throw_postgres_failure(connection_.get(), result.get(), bulk.statement.name, index);
        }
        changed += read_rows(result.get(), bulk.statement, index, bulk.visit);
      } catch (...) {
        if (PQstatus(connection_.get()) != CONNECTION_OK) throw;
        bulk.failure = std::current_exception();
      }
    }
  }
  const Result sync = next_result();
  if (sync == nullptr || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) {
    throw_connection_lost(connection_.get());
  }
  return changed;
}

}  // namespace tallyman::database
