// Typed use of generated statements. For `-- name: find_order` in a .sql file the generator makes
//   struct FindOrder { struct Params {…}; struct Row {…};
//                      static const Statement& statement();
//                      static void bind(const Params&, Value* out);
//                      static Row read(const RowView&);
//                      static constexpr std::size_t kParams; };
// and these functions run it.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "domain/base/check.h"
#include "ports/database.h"

namespace tallyman::ports {

template <class S>
std::array<Value, S::kParams> bound(const typename S::Params& params) {
  std::array<Value, S::kParams> values;
  S::bind(params, values.data());
  return values;
}

// Runs a statement without rows of interest; answers the number of rows changed.
template <class S>
std::int64_t execute(Tx& tx, const typename S::Params& params) {
  const auto values = bound<S>(params);
  return tx.run(S::statement(), values, [](const RowView&) {});
}

template <class S>
std::vector<typename S::Row> select(Tx& tx, const typename S::Params& params) {
  std::vector<typename S::Row> rows;
  const auto values = bound<S>(params);
  tx.run(S::statement(), values, [&](const RowView& row) { rows.push_back(S::read(row)); });
  return rows;
}

// At most one row; more is our own mistake.
template <class S>
std::optional<typename S::Row> select_one(Tx& tx, const typename S::Params& params) {
  auto rows = select<S>(tx, params);
  check(rows.size() <= 1, S::statement().name);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

// Runs the statement once per element of `all`, in bulk.
template <class S>
std::int64_t execute_each(Tx& tx, std::span<const typename S::Params> all) {
  std::array<Value, S::kParams> values;
  return tx.run_each(
      S::statement(), all.size(),
      [&](std::size_t index) -> std::span<const Value> {
        S::bind(all[index], values.data());
        return values;
      },
      [](std::size_t, const RowView&) {});
}

// As execute_each; visits (index into `all`, row).
template <class S, class Visit>
void select_each(Tx& tx, std::span<const typename S::Params> all, Visit visit) {
  std::array<Value, S::kParams> values;
  tx.run_each(
      S::statement(), all.size(),
      [&](std::size_t index) -> std::span<const Value> {
        S::bind(all[index], values.data());
        return values;
      },
      [&](std::size_t index, const RowView& row) { visit(index, S::read(row)); });
}

// Runs `work` in one transaction and hands its answer out.
template <class Work>
auto transact(Database& database, TxMode mode, const Work& work) {
  using Answer = decltype(work(std::declval<Tx&>()));
  if constexpr (std::is_void_v<Answer>) {
    database.transact(mode, work);
  } else {
    std::optional<Answer> answer;
    database.transact(mode, [&](Tx& tx) { answer.emplace(work(tx)); });
    return std::move(*answer);
  }
}

}  // namespace tallyman::ports
