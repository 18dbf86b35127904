#include "adapters/database/process_lock.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "ports/database.h"

namespace tallyman::database {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw ports::DbFailure(error == ENOSPC ? ports::DbError::disk_full : ports::DbError::unreachable,
                         "cannot lock " + path + ": " + std::generic_category().message(error));
}

std::int64_t written_pid(int file) {
  std::array<char, 24> text{};
  const ssize_t length = ::pread(file, text.data(), text.size(), 0);
  std::int64_t pid = 0;
  if (length > 0) std::from_chars(text.data(), text.data() + length, pid);
  return pid;
}

void write_pid(int file, const std::string& path) {
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file, 0) != 0) fail(path, errno);
  if (::pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    fail(path, errno);
  }
}

}  // namespace

std::variant<ProcessLock, LockHeld> ProcessLock::acquire(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) fail(path, errno);
  ProcessLock lock(file);  // closes the file on every way out
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) fail(path, errno);
    return LockHeld{written_pid(file)};
  }
  write_pid(file, path);
  return lock;
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

ProcessLock::~ProcessLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace tallyman::database
