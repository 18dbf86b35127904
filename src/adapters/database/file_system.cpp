#include "adapters/database/file_system.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <utility>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace tallyman::database {

namespace {

constexpr unsigned long kFuse = 0x65735546;

constexpr std::array<std::pair<unsigned long, std::string_view>, 10> kNetwork = {
    {{0x6969, "NFS"},
     {0x517B, "SMB"},
     {0xFF534D42, "CIFS"},
     {0xFE534D42, "SMB"},
     {0x01021997, "9p"},
     {0x5346414F, "AFS"},
     {0x00C36400, "Ceph"},
     {0x73757245, "Coda"},
     {0x564C, "NCP"},
     {0x0BD00BD0, "Lustre"}}};

constexpr std::array<std::string_view, 9> kNetworkFuse = {
    "fuse.sshfs",     "fuse.glusterfs", "fuse.s3fs",    "fuse.rclone",   "fuse.cephfs",
    "fuse.ceph-fuse", "fuse.davfs",     "fuse.juicefs", "fuse.curlftpfs"};

// A line of mountinfo: id parent major:minor root point options … - type source options
std::string mounted_type(dev_t device) {
  const std::string wanted = std::to_string(major(device)) + ":" + std::to_string(minor(device));
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words(line);
    std::string id;
    std::string parent;
    std::string numbers;
    words >> id >> parent >> numbers;
    if (numbers != wanted) continue;
    for (std::string word; words >> word;) {
      if (word != "-") continue;
      words >> word;
      return word;
    }
  }
  return {};
}

}  // namespace

std::optional<std::string_view> network_file_system(unsigned long magic) {
  for (const auto& [known, name] : kNetwork) {
    if (known == magic) return name;
  }
  return std::nullopt;
}

bool is_network_fuse(std::string_view type) {
  return std::ranges::find(kNetworkFuse, type) != kNetworkFuse.end();
}

std::optional<std::string> network_file_system_of(const std::string& path) {
  struct statfs system = {};
  if (::statfs(path.c_str(), &system) != 0) return std::nullopt;  // opening it says what is wrong
  // Some kernels sign-extend the 32-bit magic.
  const auto magic = static_cast<unsigned long>(system.f_type) & 0xFFFFFFFFUL;
  if (const auto name = network_file_system(magic)) return std::string(*name);
  if (magic != kFuse) return std::nullopt;
  struct stat file = {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  std::string type = mounted_type(file.st_dev);
  if (is_network_fuse(type)) return type;
  return std::nullopt;
}

}  // namespace tallyman::database
