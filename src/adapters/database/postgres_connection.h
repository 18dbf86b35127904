// One PostgreSQL connection: set up, prepared statements by need, waiting with a limit, bulk by
// pipeline mode.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/database/postgres.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_values.h"
#include "adapters/database/transaction.h"
#include "ports/database.h"

struct pg_conn;
struct pg_result;

namespace tallyman::database {

class PostgresConnection final : public Session {
 public:
  // Connects; throws ports::DbFailure.
  PostgresConnection(const PostgresAddress& address, const PostgresOptions& options);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  ports::Dialect dialect() const override { return ports::Dialect::postgres; }
  std::int64_t run_rows(const ports::Statement& statement, std::size_t count,
                        const ports::ParamSource& params,
                        const ports::IndexedRowVisitor& visit) override;
  void control(const char* sql) override;
  void script(std::string_view sql) override;

  // Opens a transaction and answers the server's clock, in one round trip.
  Instant begin(ports::TxMode mode);
  // A connection lost while a write's COMMIT was under way is commit_unknown.
  void commit(ports::TxMode mode);
  // Undoes whatever is open; false when the connection must be thrown away.
  bool roll_back() noexcept;
  // Prepares the statement and compares its columns with what it declares.
  void prepare(const ports::Statement& statement);

  // From now on hears what is told on `channel`, a lower-case word. Outside a transaction.
  void listen(const std::string& channel);
  // Waits without limit; what was told until now. None: `bell`, a file descriptor, can be read.
  // A dead server is noticed by the kernel (keepalive).
  std::vector<std::string> wait_for_notifications(int bell);

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  struct Clear {
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, Clear>;
  struct Bulk;

  void set_up(const PostgresOptions& options);
  void sent(int accepted);
  void wait_for(short events);
  void flush();
  Result next_result();
  Result last_result(std::string_view statement);
  std::string answer(const char* sql);
  std::vector<std::string> take_notifications();
  const std::string& prepared(const ports::Statement& statement);
  void send(const std::string& name, const ports::Statement& statement,
            std::span<const ports::Value> params, std::size_t row);
  std::int64_t read_rows(pg_result* result, const ports::Statement& statement, std::size_t index,
                         const ports::IndexedRowVisitor& visit);
  std::int64_t run_batch(Bulk& bulk, std::size_t begin, std::size_t end);
  std::int64_t receive_batch(Bulk& bulk, std::size_t begin, std::size_t end);

  std::unique_ptr<pg_conn, Finish> connection_;
  int longest_silence_ms_ = 0;
  std::unordered_map<std::string, std::string> prepared_;  // SQL text to the server's name for it
  std::uint64_t names_ = 0;
  EncodedParams params_;
};

}  // namespace tallyman::database
