#include "adapters/files/drop_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "domain/base/check.h"

namespace tallyman::files {

namespace {

constexpr std::size_t kAtOnce = 1U << 20U;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::string reason(int error) { return std::error_code(error, std::generic_category()).message(); }

std::string mark_of(const struct stat& facts) {
  return fmt::format("{}:{}:{}.{}:{}", facts.st_ino, facts.st_size, facts.st_mtim.tv_sec,
                     facts.st_mtim.tv_nsec, facts.st_mode);
}

class Folder final : public ports::DropFolder {
 public:
  Folder(std::filesystem::path folder, std::string file_name, std::size_t most)
      : folder_(std::move(folder)), name_(std::move(file_name)), most_(most) {
    check(!name_.empty() && name_.find('/') == std::string::npos && name_ != "." && name_ != "..",
          "a plain file name");
  }

  ports::Drop read() const override {
    const Descriptor folder(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open()) {
      return ports::DropUnusable{
          fmt::format("the folder {} cannot be opened: {}", folder_.string(), reason(errno)),
          fmt::format("folder:{}", errno)};
    }
    // Non-blocking: a pipe without a writer would never open.
    const Descriptor file(
        openat(folder.get(), name_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) return ports::DropAbsent{};
    if (!file.is_open()) return unusable(errno == ELOOP ? "it is a link" : reason(errno));
    return read_file(file.get());
  }

  std::optional<std::string> mark() const override {
    struct stat facts{};
    if (lstat((folder_ / name_).c_str(), &facts) != 0) return std::nullopt;
    return mark_of(facts);
  }

  std::string file_name() const override { return name_; }
  std::string folder() const override { return folder_.string(); }

 private:
  ports::DropUnusable unusable(const std::string& why) const {
    return {.why = fmt::format("{} cannot be read: {}", name_, why),
            .mark = mark().value_or("") + ":" + why};
  }

  ports::Drop read_file(int file) const {
    struct stat before{};
    if (fstat(file, &before) != 0) return unusable(reason(errno));
    if (!S_ISREG(before.st_mode)) return unusable("it is no plain file");
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > most_) {
      return unusable(
          fmt::format("it has {} bytes; at most {} ({} MiB) are read", size, most_, most_ >> 20U));
    }
    ports::DropFile dropped;
    while (true) {
      const std::size_t have = dropped.bytes.size();
      dropped.bytes.resize(have + kAtOnce);
      const auto got = ::read(file, dropped.bytes.data() + have, kAtOnce);
      dropped.bytes.resize(have + static_cast<std::size_t>(got < 0 ? 0 : got));
      if (got < 0) return unusable(reason(errno));
      if (got == 0) break;
      if (dropped.bytes.size() > size) break;  // it grows
    }
    struct stat after{};
    if (fstat(file, &after) != 0 || mark_of(after) != mark_of(before) ||
        dropped.bytes.size() != size) {
      return unusable("it is being written; the next look reads it");
    }
    return dropped;
  }

  std::filesystem::path folder_;
  std::string name_;
  std::size_t most_;
};

}  // namespace

std::unique_ptr<ports::DropFolder> make_drop_folder(std::filesystem::path folder,
                                                    std::string file_name, std::size_t most) {
  return std::make_unique<Folder>(std::move(folder), std::move(file_name), most);
}

}  // namespace tallyman::files
