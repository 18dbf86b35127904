#include "adapters/database/transaction.h"

#include <string>

#include "domain/base/check.h"

namespace tallyman::database {

namespace {

// Restores a value at the end of a scope, on every way out.
template <class T>
class Restore {
 public:
  Restore(T& place, T during) : place_(place), before_(place) { place_ = during; }
  ~Restore() { place_ = before_; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  T& place_;
  T before_;
};

}  // namespace

void Transaction::check_usable() const {
  if (failed_) {
    throw ports::DbFailure(ports::DbError::other,
                           "the transaction went on after a statement in it had failed");
  }
}

void Transaction::guarded(const std::function<void()>& step) {
  check(!busy_, "a statement inside the visitor or parameter source of another");
  check_usable();
  const Restore busy(busy_, true);
  try {
    step();
  } catch (const ports::DbFailure& failure) {
    failed_ = true;
    if (mode_ == ports::TxMode::read && failure.kind() == ports::DbError::read_only) {
      throw ports::DbFailure(ports::DbError::other, "a read transaction tried to write",
                             failure.statement());
    }
    throw;
  } catch (...) {
    failed_ = true;
    throw;
  }
}

std::int64_t Transaction::run(const ports::Statement& statement,
                              std::span<const ports::Value> params,
                              const ports::RowVisitor& visit) {
  std::int64_t changed = 0;
  guarded([&] {
    changed = session_.run_rows(
        statement, 1, [&](std::size_t) { return params; },
        [&](std::size_t, const ports::RowView& row) { visit(row); });
  });
  return changed;
}

std::int64_t Transaction::run_each(const ports::Statement& statement, std::size_t count,
                                   const ports::ParamSource& params,
                                   const ports::IndexedRowVisitor& visit) {
  if (count == 0) return 0;
  std::int64_t changed = 0;
  guarded([&] { changed = session_.run_rows(statement, count, params, visit); });
  return changed;
}

std::optional<ports::DbFailure> Transaction::savepoint(const std::function<void()>& work) {
  const Restore depth(savepoints_, savepoints_ + 1);
  const std::string name = "tallyman_" + std::to_string(savepoints_);
  guarded([&] { session_.control(("SAVEPOINT " + name).c_str()); });
  std::optional<ports::DbFailure> fault;
  try {
    work();
    guarded([&] { session_.control(("RELEASE SAVEPOINT " + name).c_str()); });
    return std::nullopt;
  } catch (const ports::DbFailure& failure) {
    if (!ports::is_row_fault(failure.kind())) throw;
    fault = failure;
  } catch (...) {
    failed_ = true;  // what `work` wrote is half done
    throw;
  }
  failed_ = false;
  guarded([&] {
    session_.control(("ROLLBACK TO SAVEPOINT " + name).c_str());
    session_.control(("RELEASE SAVEPOINT " + name).c_str());
  });
  return fault;
}

void Transaction::script(std::string_view sql) {
  ran_script_ = true;
  guarded([&] { session_.script(sql); });
}

}  // namespace tallyman::database
