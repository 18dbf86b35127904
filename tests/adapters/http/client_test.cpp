#include "adapters/http/client.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/http/asking.h"
#include "adapters/http/raw_server.h"
#include "http_server/server.h"

namespace tallyman::http {
namespace {

using ports::HttpError;
using ports::HttpMethod;

std::string whole(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string line_of(const std::string& request, const std::string& name) {
  const auto at = request.find("\r\n" + name + ":");
  if (at == std::string::npos) return "";
  return request.substr(at + 2, request.find("\r\n", at + 2) - at - 2);
}

bool is_ok(const ports::HttpResult& result) { return result && result->status == 200; }

TEST(Client, SendsWhatItIsGivenAndNothingOfItsOwn) {
  const RawServer server([](const std::string&, int) { return Answering{whole("yes")}; });
  Asker asker;
  auto request = post(server.url("/orders?page=2"), "{}");
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}, {"X-One", "a b"}};
  const auto result = asker.send(request);
  ASSERT_TRUE(is_ok(result));
  EXPECT_EQ(result->body, "yes");
  const auto sent = server.requests().at(0);
  EXPECT_TRUE(sent.starts_with("POST /orders?page=2 HTTP/1.1\r\n")) << sent;
  EXPECT_TRUE(sent.ends_with("\r\n\r\n{}"));
  EXPECT_EQ(line_of(sent, "Content-Type"), "Content-Type: application/json");
  EXPECT_EQ(line_of(sent, "Content-Length"), "Content-Length: 2");
  EXPECT_EQ(line_of(sent, "User-Agent"), "User-Agent: tallyman-test/1");
  EXPECT_EQ(line_of(sent, "X-Empty"), "X-Empty:");
  EXPECT_EQ(line_of(sent, "X-One"), "X-One: a b");
  EXPECT_EQ(line_of(sent, "Authorization"), "");
  EXPECT_EQ(line_of(sent, "Cookie"), "");
  EXPECT_EQ(line_of(sent, "Expect"), "");
}

TEST(Client, SpeaksEveryMethod) {
  const RawServer server([](const std::string&, int) { return Answering{whole("")}; });
  Asker asker;
  const std::pair<HttpMethod, std::string> methods[] = {{HttpMethod::get, "GET"},
                                                        {HttpMethod::post, "POST"},
                                                        {HttpMethod::put, "PUT"},
                                                        {HttpMethod::patch, "PATCH"},
                                                        {HttpMethod::del, "DELETE"}};
  for (const auto& [method, name] : methods) {
    for (const std::string body : {"", "body"}) {
      auto request = post(server.url(), body);
      request.method = method;
      ASSERT_TRUE(is_ok(asker.send(request))) << name;
      const auto sent = server.requests().back();
      EXPECT_TRUE(sent.starts_with(name + " / HTTP/1.1\r\n")) << sent;
      EXPECT_TRUE(sent.ends_with("\r\n\r\n" + body)) << sent;
      EXPECT_EQ(line_of(sent, "Content-Type"), "") << "none is invented";
      const bool counted = !body.empty() || method == HttpMethod::post || method == HttpMethod::put;
      EXPECT_EQ(line_of(sent, "Content-Length").empty(), !counted) << sent;
    }
  }
}

TEST(Client, SendsCredentialsWithTheFirstRequest) {
  const RawServer server([](const std::string&, int) {
    return Answering{
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"b\""
        "\r\nContent-Length: 0\r\n\r\n"};
  });
  Asker asker;
  ports::HttpRequest request;
  request.url = server.url();
  request.auth = {.user = Secret("key"), .password = Secret("top:secret")};
  const auto result = asker.send(request);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->status, 401);
  ASSERT_EQ(server.requests().size(), 1U) << "a 401 is an answer, not an invitation";
  EXPECT_EQ(line_of(server.requests()[0], "Authorization"),
            "Authorization: Basic a2V5OnRvcDpzZWNyZXQ=");
  request.auth.reset();
  ASSERT_TRUE(asker.send(request).has_value());
  EXPECT_EQ(line_of(server.requests()[1], "Authorization"), "") << "not kept for the next one";
}

TEST(Client, ReturnsARedirectAsItIs) {
  const RawServer target([](const std::string&, int) { return Answering{whole("")}; });
  const RawServer server([&](const std::string&, int) {
    return Answering{"HTTP/1.1 302 Found\r\nLocation: " + target.url() +
                     "\r\nContent-Length: 0\r\n\r\n"};
  });
  Asker asker;
  const auto result = asker.get(server.url());
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->status, 302);
  EXPECT_EQ(ports::find_header(result->headers, "location"), target.url());
  EXPECT_TRUE(target.requests().empty());
}

TEST(Client, ReadsHeadersOfTheLastAnswerWithoutInterimOnesAndTrailers) {
  const RawServer server([](const std::string&, int) {
    return Answering{
        "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
        "HTTP/1.1 200 OK\r\nX-Twice: a\r\nX-Twice: b\r\nX-Empty:\r\n"
        "Transfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n"
        "3\r\nabc\r\n0\r\nX-Late: 1\r\n\r\n"};
  });
  Asker asker;
  const auto result = asker.get(server.url());
  ASSERT_TRUE(is_ok(result));
  EXPECT_EQ(result->body, "abc");
  const ports::Headers expected = {{"X-Twice", "a"},
                                   {"X-Twice", "b"},
                                   {"X-Empty", ""},
                                   {"Transfer-Encoding", "chunked"},
                                   {"Trailer", "X-Late"}};
  EXPECT_EQ(result->headers, expected);
}

TEST(Client, UnpacksGzipOfOurServer) {
  const std::string large(200'000, 'x');
  const http_server::Server server({}, [&](const http_server::Request&) {
    http_server::Response response;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = large;
    return response;
  });
  Asker asker;
  const auto result = asker.get("http://localhost:" + std::to_string(server.port()) + "/");
  ASSERT_TRUE(is_ok(result));
  EXPECT_EQ(ports::find_header(result->headers, "Content-Encoding"), "gzip");
  EXPECT_TRUE(result->body == large);
  EXPECT_LT(asker.calls().all().at(0).bytes_received, 10'000U) << "counted as they were sent";
}

TEST(Client, LeavesSpareBytesBehindTheBodyAndReservesNoMoreThanItGrows) {
  const RawServer server([](const std::string& request, int) {
    const auto size = std::strtoul(&request[request.find('/') + 1], nullptr, 10);
    return Answering{whole(std::string(size, 'x'))};
  });
  Asker asker;
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 4'096U, 65'536U, 1'000'000U}) {
    const auto result = asker.get(server.url("/" + std::to_string(size)));
    ASSERT_TRUE(is_ok(result));
    ASSERT_EQ(result->body.size(), size);
    EXPECT_GE(result->body.capacity() - size, 64U);
    EXPECT_LE(result->body.capacity(), 2 * size + 1'000);
  }
}

TEST(Client, KeepsAConnectionForReadsAndTakesAFreshOneForEachWrite) {
  const RawServer server([](const std::string&, int) { return Answering{whole("")}; });
  Asker asker;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(is_ok(asker.get(server.url())));
  EXPECT_EQ(server.connections(), 1);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(is_ok(asker.send(post(server.url(), "x"))));
  EXPECT_EQ(server.connections(), 4);
}

TEST(Client, DoesNotAskTwiceWhenAReusedConnectionBreaks) {
  const RawServer server([](const std::string&, int number) {
    if (number == 0) return Answering{whole("")};
    return Answering{"", Then::close};
  });
  Asker asker;
  ASSERT_TRUE(is_ok(asker.get(server.url())));
  const auto result = asker.get(server.url());
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, HttpError::broken);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST(Client, ServesManyThreadsAtOnce) {
  const http_server::Server server({}, [](const http_server::Request& request) {
    http_server::Response response;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = request.path;
    return response;
  });
  Asker asker;
  std::atomic<int> right = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const auto path = "/" + std::to_string(t) + "/" + std::to_string(i);
        const auto result = asker.get("http://127.0.0.1:" + std::to_string(server.port()) + path);
        if (is_ok(result) && result->body == path) ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 200);
  EXPECT_EQ(asker.calls().all().size(), 200U);
}

TEST(Client, IgnoresTheProxiesOfTheEnvironment) {
  const RawServer proxy([](const std::string&, int) { return Answering{whole("proxy")}; });
  const RawServer server([](const std::string&, int) { return Answering{whole("server")}; });
  for (const char* const name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) {
    ::setenv(name, proxy.url().c_str(), 1);
  }
  ::unsetenv("no_proxy");
  Asker asker;
  const auto result = asker.get(server.url());
  for (const char* const name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) {
    ::unsetenv(name);
  }
  ASSERT_TRUE(is_ok(result));
  EXPECT_EQ(result->body, "server");
}

TEST(Client, SpeaksOverAUnixSocketWhateverTheHost) {
  std::string folder = (std::filesystem::temp_directory_path() / "tallyman-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  {
    http_server::Options options;
    options.listen.address = "";
    options.listen.unix_socket = folder + "/door";
    const http_server::Server server(options, [](const http_server::Request& request) {
      http_server::Response response;
      response.headers = {{"Content-Type", "text/plain"}};
      response.body = request.peer + " " + request.path;
      return response;
    });
    Asker asker;
    ports::HttpRequest request;
    request.url = "http://tallyman/status";
    request.unix_socket = options.listen.unix_socket;
    const auto result = asker.send(request);
    ASSERT_TRUE(is_ok(result));
    EXPECT_EQ(result->body, "unix /status");
    request.unix_socket = folder + "/nobody";
    const auto nobody = asker.send(request);
    ASSERT_FALSE(nobody.has_value());
    EXPECT_EQ(nobody.error().kind, HttpError::not_connected);
  }
  std::filesystem::remove_all(folder);
}

TEST(Client, ReportsEachCallOnceWithoutItsQuery) {
  const RawServer server([](const std::string&, int) { return Answering{whole("12345")}; });
  Asker asker;
  ASSERT_TRUE(is_ok(asker.get(server.url("/orders?email=a%40example.com"))));
  const auto calls = asker.calls().all();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].method, HttpMethod::get);
  EXPECT_EQ(calls[0].host, "127.0.0.1");
  EXPECT_EQ(calls[0].path, "/orders");
  EXPECT_EQ(calls[0].status, 200);
  EXPECT_FALSE(calls[0].failed.has_value());
  EXPECT_EQ(calls[0].bytes_received, whole("12345").size());
  EXPECT_GT(calls[0].took.count(), 0);
}

}  // namespace
}  // namespace tallyman::http
