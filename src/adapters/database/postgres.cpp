#include "adapters/database/postgres.h"

#include <utility>

#include "adapters/database/pool.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_connection.h"
#include "adapters/database/retry.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;
using ports::TxMode;

PostgresAddress address_of(const std::string& url) {
  auto address = postgres_address(url);
  if (!address) throw DbFailure(DbError::refused, address.error().what);
  return std::move(*address);
}

// After these the other connections of the pool are most likely to the same dead or demoted server.
bool means_another_server(DbError kind) {
  return kind == DbError::connection_lost || kind == DbError::commit_unknown ||
         kind == DbError::read_only;
}

class PostgresDatabase final : public ports::Database {
 public:
  explicit PostgresDatabase(PostgresOptions options)
      : options_(std::move(options)),
        address_(address_of(options_.url)),
        pool_(options_.connections,
              [this] { return std::make_unique<PostgresConnection>(address_, options_); }) {
    pool_.borrow();  // a wrong address or password is told now, not at the first order
  }

  void transact(TxMode mode, const std::function<void(ports::Tx&)>& work) override {
    check(!ports::this_thread_is_in_transaction(), "a transaction inside a transaction");
    run_with_retry(RetryPolicy{}, options_.clock, options_.random, [&] { attempt(mode, work); });
  }

  ports::Dialect dialect() const override { return ports::Dialect::postgres; }
  std::string description() const override { return describe(address_); }

  void prepare(const ports::Statement& statement) override {
    run_with_retry(RetryPolicy{}, options_.clock, options_.random, [&] {
      auto connection = pool_.borrow();
      try {
        connection->prepare(statement);
      } catch (const DbFailure& failure) {
        settle(connection, failure.kind());
        throw;
      }
    });
  }

 private:
  using Loan = Pool<PostgresConnection>::Loan;

  void attempt(TxMode mode, const std::function<void(ports::Tx&)>& work) {
    Loan connection = pool_.borrow();
    const ports::TransactionMark mark;
    try {
      Transaction transaction(*connection, mode, connection->begin(mode));
      work(transaction);
      transaction.check_usable();
      connection->commit(mode);
      // What was prepared before a change of the schema may not fit it.
      if (transaction.ran_script()) pool_.drop_idle();
    } catch (const DbFailure& failure) {
      settle(connection, failure.kind());
      throw;
    } catch (...) {
      if (!connection->roll_back()) connection.discard();
      throw;
    }
  }

  void settle(Loan& connection, DbError kind) {
    if (means_another_server(kind)) {
      connection.discard();
      pool_.drop_idle();
    } else if (!connection->roll_back()) {
      connection.discard();
    }
  }

  const PostgresOptions options_;
  const PostgresAddress address_;
  Pool<PostgresConnection> pool_;
};

}  // namespace

std::unique_ptr<ports::Database> open_postgres(PostgresOptions options) {
  return std::make_unique<PostgresDatabase>(std::move(options));
}

}  // namespace tallyman::database
