#include "tests/support/databases.h"

#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "adapters/database/open.h"
#include "tests/support/postgres.h"

namespace tallyman::tests {

Instant QuickClock::now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

Micros QuickClock::steady() {
  const auto real = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::floor<Micros>(real) + Micros{skipped_};
}

ports::WaitEnd QuickClock::wait(Micros length, std::stop_token /*stop*/, ports::Event* /*event*/) {
  ++waits_;
  skipped_ += length.count();
  return ports::WaitEnd::reached;
}

std::uint64_t SteadyRandom::next() {
  return state_.fetch_add(1) * 6364136223846793005ULL + 1442695040888963407ULL;
}

TempFolder::TempFolder() {
  std::string name = "/tmp/tallyman-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in /tmp");
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

FreshDatabase::FreshDatabase(ports::Dialect dialect) {
  switch (dialect) {
    case ports::Dialect::sqlite: url_ = "sqlite:" + (folder_.path() / "book.db").string(); break;
    case ports::Dialect::postgres: url_ = PostgresServer::of_this_program().new_database(); break;
  }
  database_ = open_again();
}

FreshDatabase::~FreshDatabase() = default;

std::unique_ptr<ports::Database> FreshDatabase::open_again() {
  auto opened = database::open_database(url_, {.clock = clock_, .random = random_});
  if (!opened) throw std::runtime_error(opened.error().what);
  return std::move(*opened);
}

void FreshDatabase::script(std::string_view sql) {
  database_->transact(ports::TxMode::write, [&](ports::Tx& tx) { tx.script(sql); });
}

std::vector<std::vector<std::string>> FreshDatabase::rows(std::string_view sql,
                                                          std::size_t columns) {
  const std::vector<ports::ValueType> types(columns, ports::ValueType::text);
  const ports::Statement statement{
      .name = "test_query", .sqlite = sql, .postgres = sql, .params = {}, .columns = types};
  std::vector<std::vector<std::string>> found;
  database_->transact(ports::TxMode::read, [&](ports::Tx& tx) {
    found.clear();
    tx.run(statement, {}, [&](const ports::RowView& row) {
      auto& cells = found.emplace_back();
      for (std::size_t at = 0; at < columns; ++at) {
        cells.emplace_back(row.is_null(at) ? "NULL" : std::string(row.text(at)));
      }
    });
  });
  return found;
}

}  // namespace tallyman::tests
