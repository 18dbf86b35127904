// The door of the program: an HTTP/1.1 server that refuses whatever could be read in two ways and
// puts a limit on everything a stranger may send. What is answered is the Handler's matter.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "http_server/message.h"

namespace tallyman::http_server {

// Where to listen. With both an address and a Unix socket the server answers on both; an empty
// address means the Unix socket only.
struct Listen {
  std::string address = "127.0.0.1";  // numeric IPv4 or IPv6, or "localhost"
  std::uint16_t port = 0;             // 0: any free one, see Server::port()
  // File of mode 0600, at most 107 bytes long. Only the same user and root are let in. A file left
  // by a dead program is replaced; one that a living program listens on is not.
  std::optional<std::string> unix_socket;
};

struct Limits {
  std::size_t head_bytes = 16U << 10U;   // request line and headers together: beyond is 431
  std::size_t header_count = 100;        // beyond is 431
  std::size_t target_bytes = 8U << 10U;  // path and query as sent: beyond is 414
  std::size_t body_bytes = 4U << 20U;    // beyond is 413
  // Bodies that are being received, all together; beyond is 503. Of one address at most a quarter.
  // A body that is no larger than small_body is not counted, nor is one over the Unix socket.
  std::size_t bodies_bytes = 64U << 20U;
  std::size_t small_body = 16U << 10U;
  // Bodies on the path of files (Options::large) that are larger than others may be: so many at a
  // time, beside those above; beyond is 503.
  std::size_t large_bodies = 2;
  std::size_t connections = 512;           // from outside; beyond is 503 and closed
  std::size_t connections_per_peer = 128;  // of one IPv4 address or one IPv6 /64
  std::size_t socket_connections = 128;    // over the Unix socket, beside those from outside
  std::size_t streams = 64;                // answers that go on; beyond is 503
  std::size_t streams_of_one = 8;          // of one Response::stream_of; beyond is 503
  // What a stream's client has not taken yet: beyond, it is dropped.
  std::size_t stream_backlog = 256U << 10U;
  std::size_t workers = 4;  // threads that run the handler
  // From the first byte of a request to the end of its head, and to its last byte; never renewed,
  // so that trickling does not help.
  std::chrono::milliseconds head{10'000};
  std::chrono::milliseconds read{30'000};
  std::chrono::milliseconds idle{60'000};   // between two requests
  std::chrono::milliseconds write{30'000};  // for each 256 KiB of an answer
  // At stop(): how long open requests may take until their connections are cut.
  std::chrono::milliseconds drain{10'000};
};

// Requests to this path, and to those below it, may bring a larger body than others when they say
// its length beforehand.
struct LargeBody {
  std::string path;
  std::size_t bytes = 0;
};

struct Options {
  Listen listen;
  Limits limits;
  std::optional<LargeBody> large{};
  // Added to every answer that does not carry them, refusals of the server's own included.
  ports::Headers headers{};
  // Requests whose answer waits for nothing, neither database nor file: they are answered on the
  // I/O thread, also when every worker is busy. None: all go to the workers.
  std::function<bool(const Request&)> is_at_once;
  // What the log should know: a handler threw or answered nonsense. Called on any thread, several
  // at once. Holds no body and no query values.
  std::function<void(std::string)> on_error;
};

// The address or socket cannot be listened on; the message names it and the reason.
class ListenError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Listens from construction on. Adds to each answer Content-Length, Date (unless the handler set
// one), Connection and, where the client accepts it, gzip. HEAD reaches the handler as "HEAD"; its
// body is counted and not sent.
class Server {
 public:
  // Throws ListenError.
  Server(Options options, Handler handler);
  ~Server();  // as stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;  // 0 when only a Unix socket is listened on

  // Accepts no more, ends streams at once, lets open requests finish (see Limits::drain), closes
  // everything and returns when the last handler has returned. Safe to call twice; not to be called
  // by a handler.
  void stop();

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace tallyman::http_server
