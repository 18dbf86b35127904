#include "adapters/database/sqlite.h"

#include <cerrno>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "adapters/database/file_system.h"
#include "adapters/database/pool.h"
#include "adapters/database/retry.h"
#include "adapters/database/sqlite_connection.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;
using ports::TxMode;

void refuse_network_file_system(const std::string& path) {
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path, ignored);
  const std::string folder = std::filesystem::path(path).parent_path().string();
  std::string place = folder.empty() ? "." : folder;
  if (exists) place = path;
  const auto found = network_file_system_of(place);
  if (!found) return;
  throw DbFailure(DbError::unreachable,
                  path + " lies on a network file system (" + *found +
                      "), where SQLite can lose data. Use a local disk, or PostgreSQL.");
}

// SQLite would make the file readable for everybody. An existing file is not opened here: closing
// it again would drop the locks this process holds on it.
void make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    ::close(file);
    return;
  }
  if (errno == EEXIST) return;
  const int error = errno;
  throw DbFailure(error == ENOSPC ? DbError::disk_full : DbError::unreachable,
                  "cannot make " + path + ": " + std::generic_category().message(error));
}

class SqliteDatabase final : public ports::Database {
 public:
  explicit SqliteDatabase(SqliteOptions options)
      : options_(std::move(options)),
        writer_(1, [this] { return open(SqliteRole::writer); }),
        readers_(options_.readers, [this] { return open(SqliteRole::reader); }) {
    refuse_network_file_system(options_.path);
    make_private_file(options_.path);
    writer_.borrow();  // a file that cannot be used is told now, not at the first order
  }

  void transact(TxMode mode, const std::function<void(ports::Tx&)>& work) override {
    check(!ports::this_thread_is_in_transaction(), "a transaction inside a transaction");
    run_with_retry(RetryPolicy{}, options_.clock, options_.random, [&] { attempt(mode, work); });
  }

  ports::Dialect dialect() const override { return ports::Dialect::sqlite; }
  std::string description() const override { return "sqlite:" + options_.path; }

  void prepare(const ports::Statement& statement) override {
    auto reader = readers_.borrow();
    reader->prepare(statement);
  }

 private:
  std::unique_ptr<SqliteConnection> open(SqliteRole role) const {
    return std::make_unique<SqliteConnection>(options_, role);
  }

  void attempt(TxMode mode, const std::function<void(ports::Tx&)>& work) {
    auto connection = (mode == TxMode::write ? writer_ : readers_).borrow();
    const ports::TransactionMark mark;
    connection->control(mode == TxMode::write ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
      Transaction transaction(*connection, mode, options_.clock.now());
      work(transaction);
      transaction.check_usable();
      connection->commit();
    } catch (...) {
      if (!connection->roll_back()) connection.discard();
      throw;
    }
  }

  const SqliteOptions options_;
  Pool<SqliteConnection> writer_;
  Pool<SqliteConnection> readers_;
};

}  // namespace

std::unique_ptr<ports::Database> open_sqlite(SqliteOptions options) {
  return std::make_unique<SqliteDatabase>(std::move(options));
}

}  // namespace tallyman::database
