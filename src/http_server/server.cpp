#include "http_server/server.h"

#include <chrono>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http_server/network.h"
#include "http_server/session.h"
#include "http_server/sockets.h"

namespace tallyman::http_server {

namespace asio = boost::asio;
using boost::beast::error_code;
using Protocol = asio::generic::stream_protocol;

namespace {

constexpr std::chrono::milliseconds kAcceptPause{100};
// Connections beyond the limit that are told so at the same time; more are closed unheard.
constexpr std::size_t kTurnedAway = 64;
constexpr std::size_t kTurnedAwayPerPeer = 4;

Protocol protocol_of(Family family) {
  switch (family) {
    case Family::ipv4: return {AF_INET, IPPROTO_TCP};
    case Family::ipv6: return {AF_INET6, IPPROTO_TCP};
    case Family::unix_file: return {AF_UNIX, 0};
  }
  return {AF_UNIX, 0};
}

}  // namespace

class Server::Core {
 public:
  Core(Options options, Handler handler);
  ~Core() { stop(); }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  std::uint16_t port() const { return port_; }
  void stop();

 private:
  using Acceptor = asio::basic_socket_acceptor<Protocol, asio::io_context::executor_type>;
  using Peer = asio::basic_stream_socket<Protocol, asio::io_context::executor_type>;

  struct Entrance {
    Acceptor acceptor;
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>,
                               asio::io_context::executor_type>
        pause;
    Family family;
  };

  void add_entrance(Listening listening);
  void accept(Entrance& entrance);
  void pause_accepting(Entrance& entrance);
  // `none`: not even room to be told so.
  enum class Room { free, full, full_of_peer, none };
  Room room_for(const std::string& peer, Family family) const;
  void admit(Peer peer, Family family);
  void run();
  void begin_drain();
  void force_end();

  std::optional<UnixFile> file_;
  Hub hub_;
  std::vector<std::unique_ptr<Entrance>> entrances_;
  std::uint16_t port_ = 0;
  asio::executor_work_guard<asio::io_context::executor_type> keep_running_;
  asio::steady_timer drain_timer_;
  std::once_flag stopping_;
  std::promise<void> drained_;
  bool drain_over_ = false;
  std::thread io_thread_;
};

Server::Core::Core(Options options, Handler handler)
    : hub_(std::move(options), std::move(handler)),
      keep_running_(hub_.io.get_executor()),
      drain_timer_(hub_.io) {
  if (!hub_.options.on_error) hub_.options.on_error = [](const std::string&) {};
  const Listen& listen = hub_.options.listen;
  if (listen.address.empty() && !listen.unix_socket) {
    throw ListenError("neither an address nor a socket to listen on is given");
  }
  if (!listen.address.empty()) {
    Listening tcp = listen_tcp(listen.address, listen.port);
    port_ = tcp.port;
    add_entrance(std::move(tcp));
  }
  if (listen.unix_socket) {
    add_entrance(listen_unix(*listen.unix_socket));
    file_.emplace(*listen.unix_socket);
  }
  for (const auto& entrance : entrances_) accept(*entrance);
  io_thread_ = std::thread([this] { run(); });
}

void Server::Core::add_entrance(Listening listening) {
  auto entrance = std::make_unique<Entrance>(
      Entrance{.acceptor = Acceptor(hub_.io.get_executor()),
               .pause = decltype(Entrance::pause)(hub_.io.get_executor()),
               .family = listening.family});
  entrance->acceptor.assign(protocol_of(listening.family), listening.socket.get());
  listening.socket.release();
  entrances_.push_back(std::move(entrance));
}

// One I/O thread serves all connections; it never runs a handler and never waits.
void Server::Core::run() {
  while (true) {
    try {
      hub_.io.run();
      return;
    } catch (const std::exception& error) {
      hub_.options.on_error(fmt::format("a connection was lost: {}", error.what()));
    }
  }
}

void Server::Core::accept(Entrance& entrance) {
  entrance.acceptor.async_accept([this, &entrance](error_code error, Peer peer) {
    if (hub_.draining || error == asio::error::operation_aborted) return;
    if (error) return pause_accepting(entrance);
    accept(entrance);
    admit(std::move(peer), entrance.family);
  });
}

// Usually no file descriptor is free; trying again at once would only burn the processor.
void Server::Core::pause_accepting(Entrance& entrance) {
  entrance.pause.expires_after(kAcceptPause);
  entrance.pause.async_wait([this, &entrance](error_code error) {
    if (!error && !hub_.draining) accept(entrance);
  });
}

void Server::Core::admit(Peer peer, Family family) {
  const int fd = peer.native_handle();
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  if (family == Family::unix_file && !is_peer_trusted(fd)) return;
  if (family != Family::unix_file) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  const std::string name = peer_name(fd, family);
  const Room room = room_for(name, family);
  if (room == Room::none) return;
  // A session lives as long as the callbacks of its socket and timers hold it.
  auto session = std::make_shared<Session>(hub_, Stream(std::move(peer)), name);
  switch (room) {
    case Room::none: return;
    case Room::full:
      return session->turn_away({503, "Too many connections; try again in a moment."});
    case Room::full_of_peer:
      return session->turn_away({503, "Too many connections from this address."});
    case Room::free: break;
  }
  session->start();
}

// Those over our own socket are counted apart: strangers must not keep out who runs the program.
// Those turned away count as well: one address must not fill the house by being refused.
Server::Core::Room Server::Core::room_for(const std::string& peer, Family family) const {
  const Limits& limits = hub_.options.limits;
  const std::size_t over_socket = Hub::count(hub_.per_peer, std::string(kSocketPeer));
  if (family == Family::unix_file) {
    if (over_socket >= limits.socket_connections + kTurnedAway) return Room::none;
    return over_socket >= limits.socket_connections ? Room::full : Room::free;
  }
  const std::size_t outside = hub_.sessions.size() - over_socket;
  const std::size_t others = Hub::count(hub_.per_peer, network_of(peer));
  if (outside >= limits.connections + kTurnedAway) return Room::none;
  if (others >= limits.connections_per_peer + kTurnedAwayPerPeer) return Room::none;
  if (outside >= limits.connections) return Room::full;
  return others >= limits.connections_per_peer ? Room::full_of_peer : Room::free;
}

void Server::Core::begin_drain() {
  hub_.draining = true;
  hub_.on_empty = [this] { force_end(); };
  for (const auto& entrance : entrances_) {
    error_code ignored;
    // Closing a listening socket has no failure that matters; the code is answered a second time.
    std::ignore = entrance->acceptor.close(ignored);
    entrance->pause.cancel();
  }
  if (hub_.sessions.empty()) return force_end();
  drain_timer_.expires_after(hub_.options.limits.drain);
  drain_timer_.async_wait([this](error_code error) {
    if (!error) force_end();
  });
  for (Session* session : hub_.sessions) session->drain();
}

void Server::Core::force_end() {
  if (std::exchange(drain_over_, true)) return;
  drain_timer_.cancel();
  hub_.pool.stop();  // requests that no worker has begun are dropped; begun ones end
  for (Session* session : hub_.sessions) session->drop();
  drained_.set_value();
}

void Server::Core::stop() {
  std::call_once(stopping_, [this] {
    if (!io_thread_.joinable()) return;
    asio::post(hub_.io, [this] { begin_drain(); });
    drained_.get_future().wait();
    hub_.pool.join();
    keep_running_.reset();
    hub_.io.stop();
    io_thread_.join();
    hub_.on_empty = nullptr;
  });
}

Server::Server(Options options, Handler handler)
    : core_(std::make_unique<Core>(std::move(options), std::move(handler))) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return core_->port(); }
void Server::stop() { core_->stop(); }

}  // namespace tallyman::http_server
