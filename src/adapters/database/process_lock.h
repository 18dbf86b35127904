// One program per SQLite file: a lock the kernel frees when its holder dies, however it dies.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace tallyman::database {

// Somebody else has the lock. `pid` is 0 when the holder has not written it yet.
struct LockHeld {
  std::int64_t pid = 0;
};

class ProcessLock {
 public:
  // Locks `database_path`.lock without waiting; throws ports::DbFailure when that file cannot be
  // opened. The lock file stays: deleting it would let two programs hold "the" lock.
  static std::variant<ProcessLock, LockHeld> acquire(const std::string& database_path);

  ProcessLock(ProcessLock&& other) noexcept;
  ProcessLock& operator=(ProcessLock&&) = delete;
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;
  ~ProcessLock();

 private:
  explicit ProcessLock(int file) : file_(file) {}
  int file_;
};

}  // namespace tallyman::database
