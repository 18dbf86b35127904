// A fresh, empty database of either kind for a test, and the clock and chance it is opened with.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::tests {

// The real time, except that waiting takes none: steady() jumps instead.
class QuickClock final : public ports::Clock {
 public:
  Instant now() override;
  Micros steady() override;
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override;
  int waits() const { return waits_; }

 private:
  std::atomic<std::int64_t> skipped_{0};
  std::atomic<int> waits_{0};
};

// Not random: the same sequence in every run.
class SteadyRandom final : public ports::Random {
 public:
  std::uint64_t next() override;

 private:
  std::atomic<std::uint64_t> state_{1};
};

// An empty folder in /dev/shm or /tmp, short enough for a socket's path, gone with this object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// What test programs that were killed left behind.
void remove_folders_of_killed_tests();

class FreshDatabase {
 public:
  // PostgreSQL: a new database in the server of this test program (support/postgres.h).
  explicit FreshDatabase(ports::Dialect dialect);
  ~FreshDatabase();
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;

  ports::Database& operator*() { return *database_; }
  ports::Database* operator->() { return database_.get(); }
  const std::string& url() const { return url_; }
  QuickClock& clock() { return clock_; }
  // The same database once more, as another program would open it.
  std::unique_ptr<ports::Database> open_again();

  // Runs SQL without parameters in a transaction of its own, for setting the scene.
  void script(std::string_view sql);
  // What a query of `columns` columns answers, NULL as "NULL". Every column must be text: for
  // others write CAST(x AS TEXT).
  std::vector<std::vector<std::string>> rows(std::string_view sql, std::size_t columns = 1);

 private:
  TempFolder folder_;
  QuickClock clock_;
  SteadyRandom random_;
  std::string url_;
  std::unique_ptr<ports::Database> database_;
};

}  // namespace tallyman::tests
