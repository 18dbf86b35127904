#include "http_server/sockets.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "http_server/network.h"
#include "http_server/server.h"

namespace tallyman::http_server {

namespace {

constexpr int kBacklog = 1024;

[[noreturn]] void fail(const std::string& where, const std::string& why) {
  throw ListenError(fmt::format("cannot listen on {}: {}", where, why));
}

[[noreturn]] void fail_errno(const std::string& where) {
  fail(where, std::system_category().message(errno));
}

Socket open_socket(int family, const std::string& where) {
  Socket socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) fail_errno(where);
  return socket;
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    fail(path, fmt::format("the path of a socket has 1 to {} bytes", sizeof address.sun_path - 1));
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

template <class Address>
const sockaddr* as_sockaddr(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

// A socket file outlives its program. Only one that nobody answers on is removed.
void remove_stale(const std::string& path, const sockaddr_un& address) {
  struct stat file{};
  if (::lstat(path.c_str(), &file) != 0) {
    if (errno == ENOENT) return;
    fail_errno(path);
  }
  if (!S_ISSOCK(file.st_mode)) fail(path, "the file exists and is not a socket");
  const Socket probe = open_socket(AF_UNIX, path);
  const int connected = ::connect(probe.get(), as_sockaddr(address), sizeof address);
  if (connected == 0 || errno == EAGAIN) fail(path, "another program listens there");
  if (errno != ECONNREFUSED) fail_errno(path);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail_errno(path);
}

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

Addresses resolve(const std::string& address, const std::string& where) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
  addrinfo* found = nullptr;
  const std::string numeric = address == "localhost" ? "127.0.0.1" : address;
  if (::getaddrinfo(numeric.c_str(), nullptr, &hints, &found) != 0) {
    fail(where, "the address must be an IPv4 or IPv6 number, or localhost");
  }
  return {found, &::freeaddrinfo};
}

}  // namespace

Socket::~Socket() {
  if (fd_ >= 0) ::close(fd_);
}

Listening listen_tcp(const std::string& address, std::uint16_t port) {
  const std::string where = address.find(':') == std::string::npos
                                ? fmt::format("{}:{}", address, port)
                                : fmt::format("[{}]:{}", address, port);
  const Addresses found = resolve(address, where);
  Listening listening{.socket = open_socket(found->ai_family, where),
                      .family = found->ai_family == AF_INET6 ? Family::ipv6 : Family::ipv4};
  const int fd = listening.socket.get();
  const int on = 1;
  if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) fail_errno(where);
  sockaddr_storage bound{};
  std::memcpy(&bound, found->ai_addr, found->ai_addrlen);
  // The port has the same place in both families' structures.
  reinterpret_cast<sockaddr_in*>(&bound)->sin_port = htons(port);
  if (::bind(fd, as_sockaddr(bound), found->ai_addrlen) != 0) fail_errno(where);
  if (::listen(fd, kBacklog) != 0) fail_errno(where);
  socklen_t length = sizeof bound;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length) != 0) fail_errno(where);
  listening.port = ntohs(reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
  return listening;
}

Listening listen_unix(const std::string& path) {
  const sockaddr_un address = unix_address(path);
  remove_stale(path, address);
  Listening listening{.socket = open_socket(AF_UNIX, path), .family = Family::unix_file};
  const int fd = listening.socket.get();
  // The mode is set before the file exists, so that there is no moment in which others may enter
  // (Linux gives the file the mode of the socket); umask() would change it for all threads.
  if (::fchmod(fd, S_IRUSR | S_IWUSR) != 0) fail_errno(path);
  if (::bind(fd, as_sockaddr(address), sizeof address) != 0) fail_errno(path);
  if (::listen(fd, kBacklog) != 0) fail_errno(path);
  return listening;
}

UnixFile::UnixFile(std::string path) : path_(std::move(path)) {
  struct stat file{};
  if (::lstat(path_.c_str(), &file) != 0) fail_errno(path_);
  device_ = file.st_dev;
  inode_ = file.st_ino;
}

UnixFile::~UnixFile() {
  struct stat file{};
  if (::lstat(path_.c_str(), &file) != 0) return;
  if (file.st_dev == device_ && file.st_ino == inode_) ::unlink(path_.c_str());
}

std::string peer_name(int fd, Family family) {
  if (family == Family::unix_file) return "unix";
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  std::array<char, NI_MAXHOST> host{};
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0 ||
      ::getnameinfo(as_sockaddr(address), length, host.data(), host.size(), nullptr, 0,
                    NI_NUMERICHOST) != 0) {
    return "gone";
  }
  return unmapped(host.data());
}

bool is_peer_trusted(int fd) {
  ucred peer{};
  socklen_t length = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
  return peer.uid == 0 || peer.uid == ::geteuid();
}

}  // namespace tallyman::http_server
