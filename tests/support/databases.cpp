#include "tests/support/databases.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include <unistd.h>

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

namespace {

constexpr std::string_view kFolderName = "tallyman-test-";

// Memory, where there is plenty: hundreds of databases are made and every commit waits for the
// disk.
std::filesystem::path folder_of_folders() {
  std::error_code error;
  const auto space = std::filesystem::space("/dev/shm", error);
  const bool is_roomy = !error && space.available > (std::uintmax_t{4} << 30U);
  return is_roomy && ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

}  // namespace

TempFolder::TempFolder() {
  std::string name =
      (folder_of_folders() / kFolderName).string() + std::to_string(::getpid()) + "-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void remove_folders_of_killed_tests() {
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_folders())) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kFolderName)) continue;
    int pid = 0;
    std::from_chars(name.data() + kFolderName.size(), name.data() + name.size(), pid);
    std::error_code ignored;
    if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) {
      std::filesystem::remove_all(entry.path(), ignored);
    }
  }
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
