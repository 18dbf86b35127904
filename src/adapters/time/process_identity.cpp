#include "adapters/time/process_identity.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace tallyman::timing {

namespace {

constexpr std::size_t kHostNameLimit = 256;
constexpr std::string_view kMark = " #";
constexpr int kFieldsBeforeStart = 19;  // in /proc/PID/stat, from the state on

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The kernel that runs, and the numbering of processes that we see: containers share the first.
std::string numbering() {
  std::string boot = first_line("/proc/sys/kernel/random/boot_id");
  std::erase(boot, '-');
  std::array<char, 64> link{};
  const ssize_t length = readlink("/proc/self/ns/pid", link.data(), link.size());
  std::string space;
  if (length > 0) {
    std::copy_if(link.begin(), link.begin() + length, std::back_inserter(space),
                 [](char c) { return c >= '0' && c <= '9'; });
  }
  if (boot.empty() || space.empty()) return {};
  return boot + "." + space;
}

struct Life {
  char state = '?';
  std::string start;  // clock ticks since boot
};

// None when /proc does not show it.
std::optional<Life> life_of(const std::string& pid) {
  const std::string stat = first_line("/proc/" + pid + "/stat");
  const auto name_end = stat.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos || name_end + 2 >= stat.size()) return std::nullopt;
  Life life{.state = stat[name_end + 2], .start = {}};
  auto at = name_end + 2;
  for (int field = 0; field < kFieldsBeforeStart && at != std::string::npos; ++field) {
    at = stat.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  if (at == std::string::npos) return std::nullopt;
  life.start = stat.substr(at, stat.find(' ', at) - at);
  return life;
}

}  // namespace

std::string process_identity() {
  std::array<char, kHostNameLimit> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  const std::string pid = std::to_string(getpid());
  std::string text = std::string(host.data()) + ", process " + pid;
  const std::string where = numbering();
  const auto life = life_of("self");
  if (where.empty() || !life) return text;
  return text + std::string(kMark) + where + "." + pid + "." + life->start;
}

bool is_gone(std::string_view identity) {
  const auto mark = identity.rfind(kMark);
  const std::string where = numbering();
  if (mark == std::string_view::npos || where.empty()) return false;
  std::string_view rest = identity.substr(mark + kMark.size());
  if (!rest.starts_with(where + ".")) return false;
  rest.remove_prefix(where.size() + 1);
  const auto dot = rest.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string pid_text(rest.substr(0, dot));
  pid_t pid = 0;
  const auto* end = pid_text.data() + pid_text.size();
  const auto read = std::from_chars(pid_text.data(), end, pid);
  if (read.ec != std::errc{} || read.ptr != end || pid <= 0) return false;
  if (kill(pid, 0) != 0 && errno == ESRCH) return true;
  const auto life = life_of(pid_text);
  if (!life) return false;  // it runs, but /proc hides it from us
  return life->start != rest.substr(dot + 1) || life->state == 'Z' || life->state == 'X';
}

}  // namespace tallyman::timing
