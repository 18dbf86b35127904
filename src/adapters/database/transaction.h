// What a transaction does alike on both databases: no statement after a failure, none while a row
// is visited, savepoints, and the rule that a read transaction that writes is our own mistake.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "ports/database.h"

namespace tallyman::database {

// One connection as a transaction sees it. All calls throw ports::DbFailure.
class Session {
 public:
  virtual ~Session() = default;
  virtual ports::Dialect dialect() const = 0;
  // As ports::Tx::run_each; `bulk` of one row must not cost more than a plain run.
  virtual std::int64_t run_rows(const ports::Statement& statement, std::size_t count,
                                const ports::ParamSource& params,
                                const ports::IndexedRowVisitor& visit) = 0;
  // BEGIN, SAVEPOINT …: our own words, without rows.
  virtual void control(const char* sql) = 0;
  virtual void script(std::string_view sql) = 0;
};

class Transaction final : public ports::Tx {
 public:
  Transaction(Session& session, ports::TxMode mode, Instant now)
      : session_(session), mode_(mode), now_(now) {}

  Instant now() const override { return now_; }
  ports::Dialect dialect() const override { return session_.dialect(); }
  std::int64_t run(const ports::Statement& statement, std::span<const ports::Value> params,
                   const ports::RowVisitor& visit) override;
  std::int64_t run_each(const ports::Statement& statement, std::size_t count,
                        const ports::ParamSource& params,
                        const ports::IndexedRowVisitor& visit) override;
  std::optional<ports::DbFailure> savepoint(const std::function<void()>& work) override;
  void script(std::string_view sql) override;

  // Throws when a statement failed and the work went on as if it had not: such a transaction must
  // not be committed.
  void check_usable() const;
  bool ran_script() const { return ran_script_; }

 private:
  void guarded(const std::function<void()>& step);

  Session& session_;
  ports::TxMode mode_;
  Instant now_;
  bool failed_ = false;
  bool busy_ = false;  // a statement of ours is running, its visitor included
  bool ran_script_ = false;
  int savepoints_ = 0;
};

}  // namespace tallyman::database
