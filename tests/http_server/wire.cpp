#include "http_server/wire.h"

#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "ports/http.h"

namespace tallyman::http_server::wire {

namespace {

void give_up_after_two_minutes(int fd) {
  const timeval patience{.tv_sec = 120, .tv_usec = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos) {
      const ports::Headers one = {{std::string(line.substr(0, colon)), ""}};
      if (ports::find_header(one, name)) return std::string(line.substr(colon + 2));
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 2);
  }
  return "";
}

Wire::Wire(std::uint16_t port, const std::string& address, const std::string& from)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (!from.empty()) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    ::inet_pton(AF_INET, from.c_str(), &own.sin_addr);
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) {
      ADD_FAILURE() << "cannot speak from " << from;
    }
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  give_up_after_two_minutes(fd_);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    ::close(fd_);
    throw std::runtime_error("cannot connect");
  }
}

Wire::Wire(const std::string& unix_path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, unix_path.data(), std::min(unix_path.size(), sizeof to.sun_path - 1));
  give_up_after_two_minutes(fd_);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    ::close(fd_);
    throw std::runtime_error("cannot connect");
  }
}

Wire::~Wire() { ::close(fd_); }

void Wire::send(std::string_view bytes) const { try_send(bytes); }

bool Wire::try_send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Wire::receive() {
  char bytes[16384];
  const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    ADD_FAILURE() << "nothing came for two minutes and the connection is still open";
  }
  if (got <= 0) return false;
  received_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

Answer Wire::read_answer(std::size_t body_at_least) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return {};
  }
  Answer answer;
  answer.head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  if (answer.head.starts_with("HTTP/1.1 ")) {
    answer.status = static_cast<int>(std::strtol(&answer.head[9], nullptr, 10));
  }
  const std::size_t length =
      body_at_least == 0 ? 0 : std::strtoul(answer.header("Content-Length").c_str(), nullptr, 10);
  while (received_.size() < length) {
    if (!receive()) break;
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

Answer Wire::read() { return read_answer(1); }
Answer Wire::read_head_only() { return read_answer(0); }

std::string Wire::read_to_end() {
  while (receive()) {
  }
  return received_;
}

std::string Wire::read_through(std::string_view mark) {
  std::size_t end = 0;
  while ((end = received_.find(mark)) == std::string::npos) {
    if (!receive()) return {};
  }
  auto text = received_.substr(0, end + mark.size());
  received_.erase(0, end + mark.size());
  return text;
}

bool Wire::trickle(std::string_view bytes, std::chrono::milliseconds pause) {
  for (const char byte : bytes) {
    if (is_closed_within(pause)) return true;
    if (::send(fd_, &byte, 1, MSG_NOSIGNAL) != 1) return true;
  }
  return false;
}

bool Wire::is_closed_within(std::chrono::milliseconds time) {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) return false;
  char byte = 0;
  return ::recv(fd_, &byte, 1, MSG_PEEK) <= 0;
}

bool Wire::has_answer_within(std::chrono::milliseconds time) {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) return false;
  char byte = 0;
  return ::recv(fd_, &byte, 1, MSG_PEEK) > 0;
}

void Wire::reset() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(fd_);
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

}  // namespace tallyman::http_server::wire
