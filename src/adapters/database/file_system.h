// SQLite's write-ahead log needs shared memory and honest locks, which network file systems do not
// give; a book on one is refused before it can be damaged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tallyman::database {

// The name of the network file system with this statfs(2) magic number, if it is one.
std::optional<std::string_view> network_file_system(unsigned long magic);

// The same for a type as /proc/self/mountinfo spells it ("fuse.sshfs"), for what FUSE hides.
bool is_network_fuse(std::string_view type);

// The network file system that `path` (existing) lies on, for people; nothing if it is a local one.
std::optional<std::string> network_file_system_of(const std::string& path);

}  // namespace tallyman::database
