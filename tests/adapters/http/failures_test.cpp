// Every kind of HttpError, brought about for real.
#include <chrono>
#include <future>
#include <stop_token>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/http/asking.h"
#include "adapters/http/raw_server.h"
#include "http_server/reply.h"
#include "http_server/server.h"

namespace tallyman::http {
namespace {

using namespace std::chrono_literals;
using ports::HttpError;

// Asks once, expects that kind of failure, one record of it, and no secret in its text.
void expect_failure(const ports::HttpRequest& request, HttpError kind, std::stop_token stop = {}) {
  Asker asker;
  const auto result = asker.send(request, std::move(stop));
  ASSERT_FALSE(result.has_value()) << request.url << " answered " << result->status;
  EXPECT_EQ(ports::word(result.error().kind), ports::word(kind)) << result.error().what;
  EXPECT_NE(result.error().what.find(ports::word(kind)), std::string::npos) << result.error().what;
  for (const char* const secret : {"swordfish", "hunter2", "q-value"}) {
    EXPECT_EQ(result.error().what.find(secret), std::string::npos) << result.error().what;
  }
  const auto calls = asker.calls().all();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].failed, kind);
  EXPECT_EQ(calls[0].status, 0);
}

// A request full of what must not be repeated.
ports::HttpRequest asking(const std::string& url) {
  ports::HttpRequest request;
  request.url = url;
  request.auth = {.user = Secret("swordfish"), .password = Secret("hunter2")};
  return request;
}

void expect_answer_fails(const std::string& bytes, HttpError kind, Then then = Then::close) {
  const RawServer server([&](const std::string&, int) { return Answering{bytes, then}; });
  SCOPED_TRACE(bytes.substr(0, 200));
  expect_failure(asking(server.url("/a?b=q-value")), kind);
  EXPECT_EQ(server.requests().size(), 1U);
}

std::string local(std::uint16_t port, const std::string& rest = "/a?b=q-value") {
  return "http://127.0.0.1:" + std::to_string(port) + rest;
}

class BadUrl : public testing::TestWithParam<const char*> {};

TEST_P(BadUrl, IsRefusedBeforeAnythingIsSent) {
  expect_failure(asking(GetParam()), HttpError::bad_url);
}

INSTANTIATE_TEST_SUITE_P(
    Everything, BadUrl,
    testing::Values("", "nonsense", "/orders", "https://", "http://example.com/",
                    "ftp://127.0.0.1/", "file:///etc/hostname", "gopher://127.0.0.1/",
                    "https://swordfish:hunter2@example.com/", "https://swordfish@example.com/",
                    "http://127.0.0.1@example.com/", "http://localhost:80@example.com/",
                    "http://127.0.0.1.example.com/", "http://localhost.example.com/",
                    "http://128.0.0.1/", "http://0.0.0.0/", "http://[::2]/",
                    "http://[::ffff:127.0.0.1]/", "http://localhost./",
                    "http://example.com/?http://127.0.0.1/", "http://example.com#@127.0.0.1/",
                    "http://127.0.0.1:99999/", "https://exa mple.com/",
                    "https://example.com/a\r\nX: y", "https://example.com/a b"));

TEST(Loopback, IsRecognisedInItsForms) {
  const RawServer server(
      [](const std::string&, int) { return Answering{"HTTP/1.1 204 No Content\r\n\r\n"}; });
  Asker asker;
  for (const std::string host : {"127.0.0.1", "localhost", "LOCALHOST", "127.9.9.9", "127.1"}) {
    const auto result = asker.get("http://" + host + ":" + std::to_string(server.port()) + "/");
    // 127.9.9.9 is allowed, but the server does not listen there.
    const bool refused = !result && result.error().kind == HttpError::bad_url;
    EXPECT_FALSE(refused) << host;
    EXPECT_EQ(result.has_value(), host != "127.9.9.9") << host;
  }
}

TEST(BadHeader, IsRefusedBeforeAnythingIsSent) {
  const RawServer server([](const std::string&, int) { return Answering{""}; });
  const ports::Headers bad[] = {{{"X", "a\r\nY: b"}}, {{"X", std::string("a\0b", 3)}},
                                {{"X: y", "a"}},      {{"", "a"}},
                                {{"X\n", "a"}},       {{"X;", "a"}}};
  for (const auto& headers : bad) {
    auto request = asking(server.url());
    request.headers = headers;
    expect_failure(request, HttpError::bad_url);
  }
  EXPECT_TRUE(server.requests().empty());
}

TEST(NotResolved, AHostThatDoesNotExist) {
  auto request = asking("https://nowhere.invalid/a?b=q-value");
  request.connect_timeout = 5s;
  expect_failure(request, HttpError::not_resolved);
}

TEST(NotConnected, APortWhereNobodyListens) {
  std::uint16_t port = 0;
  {
    const RawServer gone([](const std::string&, int) { return Answering{}; });
    port = gone.port();
  }
  expect_failure(asking(local(port)), HttpError::not_connected);
}

// A listener whose queue is full: the kernel drops further knocks, as a firewall would.
class Blackhole {
 public:
  Blackhole() : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening_, generic, length) != 0 || ::listen(listening_, 0) != 0) {
      ADD_FAILURE() << "cannot listen";
    }
    ::getsockname(listening_, generic, &length);
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < 8; ++i) {
      const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      if (fd < 0) break;
      std::ignore = ::connect(fd, generic, length);  // goes on while the queue fills
      filling_.push_back(fd);
    }
  }
  ~Blackhole() {
    for (const int fd : filling_) ::close(fd);
    ::close(listening_);
  }
  Blackhole(const Blackhole&) = delete;
  Blackhole& operator=(const Blackhole&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int listening_;
  std::uint16_t port_ = 0;
  std::vector<int> filling_;
};

TEST(NotConnected, AHostThatDoesNotReact) {
  const Blackhole hole;
  auto request = asking(local(hole.port()));
  request.connect_timeout = 100ms;
  expect_failure(request, HttpError::not_connected);
  request.connect_timeout = 1h;
  request.total_timeout = 100ms;
  expect_failure(request, HttpError::not_connected);
}

http_server::Response silence(const http_server::Request& /*request*/) {
  http_server::Response response;
  response.never_answer = true;
  return response;
}

TEST(Timeout, AServerThatTakesTheRequestAndKeepsSilent) {
  const http_server::Server server({}, silence);
  auto request = asking(local(server.port()));
  request.total_timeout = 2s;  // enough to connect on a busy machine
  expect_failure(request, HttpError::timeout);
}

TEST(Timeout, AnAnswerThatStopsHalfWay) {
  const RawServer server([](const std::string&, int) {
    return Answering{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"};
  });
  auto request = asking(server.url());
  request.total_timeout = 2s;  // enough to connect on a busy machine
  expect_failure(request, HttpError::timeout);
}

TEST(Broken, AnswersThatAreNotWhole) {
  expect_answer_fails("", HttpError::broken);
  expect_answer_fails("", HttpError::broken, Then::reset);
  expect_answer_fails("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", HttpError::broken);
  expect_answer_fails("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", HttpError::broken,
                      Then::reset);
  expect_answer_fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                      HttpError::broken);
  expect_answer_fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                      HttpError::broken);
  expect_answer_fails("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", HttpError::broken);
  expect_answer_fails("HTTP/1.1 200 OK\r\n\r\nends with the connection", HttpError::broken);
  expect_answer_fails("SSH-2.0-OpenSSH\r\n", HttpError::broken);
  expect_answer_fails("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
                      HttpError::broken);
}

TEST(Broken, AnAnswerOfOurServerThatIsCut) {
  const http_server::Server server({}, [](const http_server::Request&) {
    http_server::Response response;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = std::string(100'000, 'x');
    response.cut_after = 50'000;
    return response;
  });
  expect_failure(asking(local(server.port())), HttpError::broken);
}

TEST(TooLarge, ABodyBeyondTheLimitButNotOneOfExactlyThatSize) {
  const RawServer server([](const std::string&, int) {
    return Answering{"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" +
                     std::string(100'000, 'x')};
  });
  auto request = asking(server.url());
  request.body_limit = 100'000;
  Asker asker;
  EXPECT_TRUE(asker.send(request).has_value());
  request.body_limit = 99'999;
  expect_failure(request, HttpError::too_large);
}

TEST(TooLarge, ABombThatUnpacksToMoreThanTheLimit) {
  const std::string packed = http_server::gzip(std::string(200U << 20U, '\0'));
  ASSERT_LT(packed.size(), 1U << 20U) << "small on the wire";
  const RawServer server([&](const std::string&, int) {
    return Answering{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                     std::to_string(packed.size()) + "\r\n\r\n" + packed};
  });
  auto request = asking(server.url());
  request.body_limit = 1U << 20U;
  expect_failure(request, HttpError::too_large);
}

TEST(TooLarge, HeadersWithoutEnd) {
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 300; ++i) many += "X: y\r\n";
  expect_answer_fails(many + "Content-Length: 0\r\n\r\n", HttpError::too_large);
  expect_answer_fails("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'y') + "\r\n\r\n",
                      HttpError::too_large);
  std::string interim;
  for (int i = 0; i < 5'000; ++i) interim += "HTTP/1.1 103 Early Hints\r\n\r\n";
  expect_answer_fails(interim, HttpError::too_large);
}

TEST(Stopped, BeforeItBegan) {
  const RawServer server([](const std::string&, int) { return Answering{}; });
  std::stop_source source;
  source.request_stop();
  expect_failure(asking(server.url()), HttpError::stopped, source.get_token());
  EXPECT_EQ(server.connections(), 0);
}

TEST(Stopped, WhileWaitingForAnAnswerAndTheConnectionIsGivenUp) {
  std::stop_source source;
  const RawServer server([&](const std::string&, int) {
    source.request_stop();
    return Answering{};  // nothing more is said; the read that follows ends when the client leaves
  });
  auto request = asking(server.url());
  request.total_timeout = 1h;
  expect_failure(request, HttpError::stopped, source.get_token());
}

TEST(Stopped, WhileConnecting) {
  const Blackhole hole;
  std::stop_source source;
  auto request = asking(local(hole.port()));
  request.connect_timeout = request.total_timeout = 1h;
  std::promise<void> asked;
  const std::jthread stopper([&] {
    asked.get_future().wait();
    source.request_stop();
  });
  asked.set_value();
  expect_failure(request, HttpError::stopped, source.get_token());
}

TEST(Stopped, LeavesTheClientUsable) {
  const http_server::Server silent({}, silence);
  const RawServer server(
      [](const std::string&, int) { return Answering{"HTTP/1.1 204 No Content\r\n\r\n"}; });
  Asker asker;
  for (int i = 0; i < 3; ++i) {
    std::stop_source source;
    std::jthread stopper([&] { source.request_stop(); });
    const auto stopped = asker.send(asking(local(silent.port())), source.get_token());
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().kind, HttpError::stopped);
    EXPECT_TRUE(asker.get(server.url()).has_value());
  }
}

}  // namespace
}  // namespace tallyman::http
