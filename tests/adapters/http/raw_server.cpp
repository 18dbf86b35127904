#include "adapters/http/raw_server.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tallyman::http {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    Free(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using SslPtr = std::unique_ptr<SSL, Freed<SSL_free>>;

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  X509_add_ext(certificate, extension.get(), -1);
}

// One connection's bytes, plain or encrypted.
class Channel {
 public:
  Channel(int fd, SSL* ssl) : fd_(fd), ssl_(ssl) {}
  int read(char* bytes, int size) const {
    return ssl_ != nullptr
               ? SSL_read(ssl_, bytes, size)
               : static_cast<int>(::recv(fd_, bytes, static_cast<std::size_t>(size), 0));
  }
  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent =
          ssl_ != nullptr
              ? static_cast<ssize_t>(SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())))
              : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // A whole request with the body its Content-Length says; empty when there is none.
  std::string read_request() const {
    std::string request;
    std::size_t needed = std::string::npos;
    while (request.size() < needed) {
      char bytes[16384];
      const int got = read(bytes, sizeof bytes);
      if (got <= 0) return "";
      request.append(bytes, static_cast<std::size_t>(got));
      const auto end = request.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      const auto length = request.find("Content-Length: ");
      needed = end + 4;
      if (length < end) needed += std::strtoul(&request[length + 16], nullptr, 10);
    }
    return request;
  }

 private:
  int fd_;
  SSL* ssl_;
};

}  // namespace

struct RawServer::TlsContext {
  std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context;
};

Certificate make_certificate(const std::string& names) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Ptr certificate(X509_new());
  X509* const x509 = certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key.get());
  X509_NAME* const name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("tallyman test"), -1, -1, 0);
  X509_set_issuer_name(x509, name);
  add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(x509, NID_subject_alt_name, names);
  X509_sign(x509, key.get(), EVP_sha256());

  const BioPtr key_text(BIO_new(BIO_s_mem()));
  const BioPtr certificate_text(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_X509(certificate_text.get(), x509);
  return {.key = text_of(key_text.get()), .certificate = text_of(certificate_text.get())};
}

RawServer::RawServer(Answer answer, std::optional<Tls> tls) : answer_(std::move(answer)) {
  if (tls) {
    tls_ = std::make_unique<TlsContext>();
    tls_->context.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* const context = tls_->context.get();
    const BioPtr key_text(BIO_new_mem_buf(tls->certificate.key.data(), -1));
    const BioPtr certificate_text(BIO_new_mem_buf(tls->certificate.certificate.data(), -1));
    const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
    const X509Ptr certificate(PEM_read_bio_X509(certificate_text.get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_certificate(context, certificate.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    if (tls->newest_version != 0) {
      SSL_CTX_set_security_level(context, 0);  // old versions are shut off otherwise
      SSL_CTX_set_min_proto_version(context, 0);
      SSL_CTX_set_max_proto_version(context, tls->newest_version);
    }
  }
  listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listening_, generic, length) != 0 || ::listen(listening_, 64) != 0 ||
      ::getsockname(listening_, generic, &length) != 0) {
    throw std::runtime_error("the raw server cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this] { serve(); });
}

RawServer::~RawServer() {
  ending_ = true;
  ::shutdown(listening_, SHUT_RDWR);
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  talks_.clear();
  ::close(listening_);
}

std::string RawServer::url(const std::string& path) const {
  return (tls_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_) + path;
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void RawServer::serve() {
  while (!ending_) {
    const int fd = ::accept(listening_, nullptr, nullptr);
    if (fd < 0) continue;
    ++connections_;
    {
      const std::lock_guard lock(mutex_);
      open_.push_back(fd);
    }
    talks_.emplace_back([this, fd] { talk(fd); });
  }
}

void RawServer::talk(int fd) {
  // OpenSSL writes without MSG_NOSIGNAL. For this thread only: the client must not need it.
  sigset_t pipe;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  SslPtr ssl;
  bool hears = true;
  if (tls_) {
    ssl.reset(SSL_new(tls_->context.get()));
    SSL_set_fd(ssl.get(), fd);
    hears = SSL_accept(ssl.get()) == 1;
  }
  const Channel channel(fd, ssl.get());
  while (hears) {
    const std::string request = channel.read_request();
    if (request.empty()) break;
    int number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = static_cast<int>(requests_.size());
      requests_.push_back(request);
    }
    const Answering answering = answer_(request, number);
    channel.write(answering.bytes);
    if (answering.then == Then::keep) continue;
    if (answering.then == Then::reset) {
      const linger hard{.l_onoff = 1, .l_linger = 0};
      ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    break;
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  ::close(fd);
}

}  // namespace tallyman::http
