// Listening sockets, made with plain system calls so that each failure can say what and where.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace tallyman::http_server {

// A file descriptor that closes itself.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket();
  Socket(Socket&& other) noexcept : fd_(other.release()) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

enum class Family { ipv4, ipv6, unix_file };

struct Listening {
  Socket socket;
  Family family = Family::ipv4;
  std::uint16_t port = 0;  // as bound; 0 for a Unix socket
};

// Both throw ListenError.
Listening listen_tcp(const std::string& address, std::uint16_t port);
Listening listen_unix(const std::string& path);

// Removes the file if it is still the socket that `listening` made.
class UnixFile {
 public:
  explicit UnixFile(std::string path);
  ~UnixFile();
  UnixFile(const UnixFile&) = delete;
  UnixFile& operator=(const UnixFile&) = delete;

 private:
  std::string path_;
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
};

// The numeric address of the other end, or "unix".
std::string peer_name(int fd, Family family);

// True when the program at the other end of a Unix socket runs as our user or as root.
bool is_peer_trusted(int fd);

}  // namespace tallyman::http_server
