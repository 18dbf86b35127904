// A server that says exactly the bytes it was given, right or wrong, to whoever asks; over TLS when
// it has a certificate. For what a well-behaved server cannot be made to do.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tallyman::http {

// A key and its self-signed certificate, both PEM.
struct Certificate {
  std::string key;
  std::string certificate;
};

// `names` as in a subjectAltName: "DNS:localhost,IP:127.0.0.1".
Certificate make_certificate(const std::string& names);

enum class Then { keep, close, reset };

struct Answering {
  std::string bytes;
  Then then = Then::keep;
};

struct Tls {
  Certificate certificate;
  int newest_version = 0;  // an OpenSSL version number; 0: whatever is newest
};

class RawServer {
 public:
  // `answer` gets the whole request (head and body) and its number, from 0, over all connections.
  using Answer = std::function<Answering(const std::string& request, int number)>;

  explicit RawServer(Answer answer, std::optional<Tls> tls = std::nullopt);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path = "/") const;
  std::vector<std::string> requests() const;
  int connections() const { return connections_; }

 private:
  struct TlsContext;

  void serve();
  void talk(int fd);

  Answer answer_;
  std::unique_ptr<TlsContext> tls_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::atomic<bool> ending_ = false;
  std::vector<std::jthread> talks_;
  std::vector<int> open_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace tallyman::http
