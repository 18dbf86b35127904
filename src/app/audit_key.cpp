#include "app/audit_key.h"

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/whole_number.h"
#include "ports/statements.h"

namespace tallyman::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "tallyman audit key 1";
constexpr std::string_view kKeyWord = "key ";
constexpr std::string_view kSinceWord = "since ";
constexpr std::size_t kKeyDigits = 64;

[[noreturn]] void unreadable(const fs::path& file) {
  throw std::runtime_error(
      fmt::format("{} is not the key of an audit log: take it from a backup, or from another node",
                  file.string()));
}

void refuse_open_file(const fs::path& file) {
  struct stat facts{};
  if (::stat(file.c_str(), &facts) != 0) unreadable(file);
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
  throw std::runtime_error(fmt::format("others may read {}, the key of the audit log: chmod 600 {}",
                                       file.string(), file.string()));
}

// Whole and on disk before the first row is sealed with it: a key that is lost takes the proof of
// every row along. False when another program was first.
bool write_new(const fs::path& file, const book::AuditKey& key) {
  const std::string text = fmt::format("{}\n{}{}\n{}{}\n", kFirstLine, kKeyWord, key.key.reveal(),
                                       kSinceWord, key.since);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0 && errno == EEXIST) return false;
  const bool is_written =
      fd >= 0 && ::write(fd, text.data(), text.size()) == std::ssize(text) && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (is_written) return true;
  if (fd >= 0) ::unlink(file.c_str());
  throw std::runtime_error(fmt::format("the key of the audit log cannot be written to {}: {}",
                                       file.string(), std::system_category().message(error)));
}

book::AuditKey made_key(ports::Database& database, ports::Random& random, const fs::path& file) {
  const auto end = ports::transact(database, ports::TxMode::read,
                                   [](ports::Tx& tx) { return book::audit_end(tx); });
  book::AuditKey key{.key = Secret(ports::random_hex128(random) + ports::random_hex128(random)),
                     .since = end.rows + 1};
  if (write_new(file, key)) return key;
  if (auto others = read_audit_key(file)) return std::move(*others);
  unreadable(file);
}

}  // namespace

std::optional<fs::path> audit_key_file(const Config& config) {
  if (!config.audit.key_path.empty()) return config.audit.key_path;
  if (config.database.dialect == ports::Dialect::postgres) return std::nullopt;
  return config.database.file.string() + ".audit-key";
}

std::optional<book::AuditKey> read_audit_key(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  refuse_open_file(file);
  std::ifstream in(file);
  std::string first;
  std::string key;
  std::string since;
  std::getline(in, first);
  std::getline(in, key);
  std::getline(in, since);
  const bool is_one = first == kFirstLine && key.starts_with(kKeyWord) &&
                      key.size() == kKeyWord.size() + kKeyDigits && since.starts_with(kSinceWord);
  if (!is_one) unreadable(file);
  const auto row = whole_number(since.substr(kSinceWord.size()));
  if (!row || *row < 1) unreadable(file);
  return book::AuditKey{.key = Secret(key.substr(kKeyWord.size())), .since = *row};
}

std::unique_ptr<book::AuditKeyInUse> seal_audit_log(const Config& config, ports::Database& database,
                                                    ports::Random& random, Log& log) {
  const auto end = ports::transact(database, ports::TxMode::read,
                                   [](ports::Tx& tx) { return book::audit_end(tx); });
  const auto file = audit_key_file(config);
  if (!file) {
    if (!end.key_id) return nullptr;
    throw std::runtime_error(
        fmt::format("the audit log is sealed with the key {}, and audit.key_path is not set: copy "
                    "the file from "
                    "another node and set it",
                    *end.key_id));
  }
  auto found = read_audit_key(*file);
  const bool is_shared = config.database.dialect == ports::Dialect::postgres;
  const bool is_other = end.key_id && (!found || *end.key_id != book::id_of(*found));
  if (is_other && is_shared) {
    throw std::runtime_error(fmt::format(
        "the audit log is sealed with the key {}, which is not the one in {}: copy the file from "
        "another node",
        *end.key_id, file->string()));
  }
  if (is_other || (found && !end.key_id && end.rows >= found->since)) {
    log.error("the audit log is not sealed with its key",
              {{"file", file->string()}, {"rows", std::to_string(end.rows)}});
  }
  auto key = found ? std::move(*found) : made_key(database, random, *file);
  auto in_use = std::make_unique<book::AuditKeyInUse>(std::move(key));
  ports::transact(database, ports::TxMode::write, book::begin_audit_key);
  return in_use;
}

void tell_audit_head(ports::Database& database, Log& log) {
  try {
    const auto end = ports::transact(database, ports::TxMode::read,
                                     [](ports::Tx& tx) { return book::audit_end(tx); });
    log.info("audit log", {{"rows", std::to_string(end.rows)}, {"head", end.head}});
  } catch (const ports::DbFailure& failure) {  // tomorrow again
    log.error("the head of the audit log cannot be told", {{"reason", failure.what()}});
  }
}

}  // namespace tallyman::app
