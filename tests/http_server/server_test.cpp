#include "http_server/server.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#define ZLIB_CONST
#include <zlib.h>

#include "http_server/serving.h"
#include "http_server/wire.h"

namespace tallyman::http_server {
namespace {

using namespace std::chrono_literals;

std::string unpack(const std::string& packed) {
  std::string text(1U << 20U, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<const Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

TEST(Server, AnswersAHundredRequestsOnOneConnection) {
  Server server(with({}), echo);
  wire::Wire client(server.port());
  for (int i = 0; i < 100; ++i) {
    const auto answer = client.ask(get("/" + std::to_string(i)));
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, "GET /" + std::to_string(i) + " [0] ");
    ASSERT_EQ(answer.header("Connection"), "keep-alive");
  }
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  Server server(with({}), [](const Request& request) {
    // The first takes longest: only serving one after the other keeps the order.
    if (request.path == "/0") {
      const auto until = std::chrono::steady_clock::now() + 50ms;
      while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
    }
    return echo(request);
  });
  wire::Wire client(server.port());
  std::string all;
  for (int i = 0; i < 20; ++i) {
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
  }
  client.send(all);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.read().body, "POST /" + std::to_string(i) + " [2] ab");
  }
}

TEST(Server, ReadsARequestThatComesInSingleBytes) {
  Server server(with({}), echo);
  wire::Wire client(server.port());
  client.trickle(
      "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\n",
      0ms);
  EXPECT_EQ(client.read().body, "POST /p [3] abc");
}

TEST(Server, ServesManyClientsAtOnce) {
  std::atomic<int> handled = 0;
  Server server(with({}), [&](const Request& request) {
    ++handled;
    return echo(request);
  });
  std::vector<std::jthread> clients;
  std::atomic<int> right = 0;
  for (int c = 0; c < 16; ++c) {
    clients.emplace_back([&, c] {
      wire::Wire client(server.port());
      for (int i = 0; i < 50; ++i) {
        const auto target = "/" + std::to_string(c) + "/" + std::to_string(i);
        if (client.ask(get(target)).body == "GET " + target + " [0] ") ++right;
      }
    });
  }
  clients.clear();
  EXPECT_EQ(right, 800);
  EXPECT_EQ(handled, 800);
}

TEST(Server, RunsHandlersBesideEachOther) {
  std::atomic<int> inside = 0;
  Server server(with({}), [&](const Request&) {
    ++inside;
    while (inside < 4) std::this_thread::yield();  // all four workers must be here at once
    return text_response("met");
  });
  std::vector<std::jthread> clients;
  std::atomic<int> met = 0;
  for (int c = 0; c < 4; ++c) {
    clients.emplace_back([&] {
      wire::Wire client(server.port());
      if (client.ask(get("/")).body == "met") ++met;
    });
  }
  clients.clear();
  EXPECT_EQ(met, 4);
}

TEST(Server, CountsButDoesNotSendTheBodyForHead) {
  Server server(with({}), [](const Request&) { return text_response("twelve bytes"); });
  wire::Wire client(server.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto answer = client.read_head_only();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "12");
  EXPECT_EQ(client.ask(get("/")).body, "twelve bytes") << "no stray byte is between the answers";
}

TEST(Server, SendsNoBodyAndNoLengthWithA204) {
  Server server(with({}), [](const Request& request) {
    auto response = text_response("must not be sent");
    response.status = request.path == "/204" ? 204 : 200;
    return response;
  });
  wire::Wire client(server.port());
  const auto answer = client.ask(get("/204"));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Content-Length"), "");
  EXPECT_EQ(client.ask(get("/200")).status, 200);
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
  Server server(with({}), echo);
  for (const auto& request :
       {get("/", "Connection: foo, Close\r\n"), std::string("GET / HTTP/1.0\r\n\r\n")}) {
    wire::Wire client(server.port());
    EXPECT_EQ(client.ask(request).header("Connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
  }
  wire::Wire old(server.port());
  const std::string keep = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  EXPECT_EQ(old.ask(keep).header("Connection"), "keep-alive");
  EXPECT_EQ(old.ask(keep).status, 200);
}

TEST(Server, InvitesABodyThatWaitsToBeInvited) {
  Server server(with({}), echo);
  wire::Wire client(server.port());
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: ";
  client.send(head + "3\r\n\r\n");
  EXPECT_EQ(client.read_head_only().status, 100);
  EXPECT_EQ(client.ask("abc").body, "POST / [3] abc");
  EXPECT_EQ(client.ask(head + "99999999\r\n\r\n").status, 413) << "not invited when too large";
}

TEST(Server, PacksLargeAnswersForClientsThatTakeGzip) {
  const std::string large(5000, 'x');
  Server server(with({}), [&](const Request& request) {
    auto response = text_response(request.path == "/small" ? std::string(1024, 'x') : large);
    if (request.path == "/own") response.headers.emplace_back("Content-Encoding", "br");
    if (request.path == "/image") response.headers[0].second = "image/png";
    return response;
  });
  wire::Wire client(server.port());
  for (const std::string accepted : {"gzip", "br, GZIP;q=0.5", "*"}) {
    const auto answer = client.ask(get("/large", "Accept-Encoding: " + accepted + "\r\n"));
    EXPECT_EQ(answer.header("Content-Encoding"), "gzip") << accepted;
    EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
    EXPECT_LT(answer.body.size(), 200U);
    EXPECT_EQ(unpack(answer.body), large);
  }
  for (const std::string refused : {"br", "gzip;q=0", "gzip; q=0.000, *", "x-gzipped", "*;q=0"}) {
    const auto answer = client.ask(get("/large", "Accept-Encoding: " + refused + "\r\n"));
    EXPECT_EQ(answer.header("Content-Encoding"), "") << refused;
    EXPECT_EQ(answer.body, large);
  }
  EXPECT_EQ(client.ask(get("/small", "Accept-Encoding: gzip\r\n")).body.size(), 1024U);
  EXPECT_EQ(client.ask(get("/image", "Accept-Encoding: gzip\r\n")).body, large);
  const auto own = client.ask(get("/own", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(own.header("Content-Encoding"), "br");
  EXPECT_EQ(own.body, large);
}

TEST(Server, SendsALargeAnswerWhole) {
  std::string large;
  for (int i = 0; large.size() < 3'000'000; ++i) large += std::to_string(i);
  Server server(with({}), [&](const Request&) { return text_response(large); });
  wire::Wire client(server.port());
  EXPECT_TRUE(client.ask(get("/")).body == large);
  EXPECT_TRUE(client.ask(get("/")).body == large);
}

TEST(Server, TurnsAnExceptionIntoAPlain500AndTellsTheLog) {
  Errors errors;
  Server server(with({}, &errors), [](const Request& request) -> Response {
    if (request.path == "/odd") throw 42;
    throw std::runtime_error("disk is full of secrets");
  });
  wire::Wire client(server.port());
  const auto answer = client.ask(get("/orders?token=abc"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.body.find("secrets"), std::string::npos);
  EXPECT_EQ(client.ask(get("/odd")).status, 500) << "the connection goes on";
  EXPECT_EQ(errors.all(),
            (std::vector<std::string>{"GET /orders failed: disk is full of secrets",
                                      "GET /odd failed: an exception of unknown type"}));
}

TEST(Server, RefusesToSendWhatAHandlerMustNotAnswer) {
  Errors errors;
  Server server(with({}, &errors), [](const Request& request) {
    auto response = text_response("body");
    if (request.path == "/split") response.headers.emplace_back("X", "a\r\nSet-Cookie: b");
    if (request.path == "/name") response.headers.emplace_back("X: y\r\nZ", "a");
    if (request.path == "/status") response.status = 99;
    if (request.path == "/length") response.headers.emplace_back("Content-Length", "3");
    return response;
  });
  wire::Wire client(server.port());
  for (const char* const path : {"/split", "/name", "/status"}) {
    const auto answer = client.ask(get(path));
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.header("Set-Cookie"), "");
  }
  EXPECT_EQ(errors.all().size(), 3U);
  EXPECT_EQ(client.ask(get("/length")).header("Content-Length"), "4") << "the handler's is dropped";
}

TEST(Server, KeepsTheDateAHandlerSets) {
  Server server(with({}), [](const Request& request) {
    auto response = text_response("");
    if (request.path == "/own") response.headers.emplace_back("Date", "its own");
    return response;
  });
  wire::Wire client(server.port());
  const auto own = client.ask(get("/own"));
  EXPECT_EQ(own.header("Date"), "its own");
  EXPECT_EQ(own.head.find("Date"), own.head.rfind("Date"));
  EXPECT_TRUE(client.ask(get("/")).header("Date").ends_with(" GMT"));
}

TEST(Server, CutsAnAnswerWhereToldTo) {
  Server server(with({}), [](const Request& request) {
    auto response = text_response(std::string(1'000'000, 'x'));
    response.cut_after = request.path == "/none" ? 0U : 600'000U;
    return response;
  });
  wire::Wire client(server.port());
  const auto answer = client.ask(get("/"));
  EXPECT_EQ(answer.header("Content-Length"), "1000000");
  EXPECT_EQ(answer.body.size(), 600'000U);
  wire::Wire other(server.port());
  EXPECT_TRUE(other.ask(get("/none")).body.empty());
  EXPECT_EQ(other.read_to_end(), "");
}

TEST(Server, SaysWhoAsks) {
  Server server(with({}), [](const Request& request) { return text_response(request.peer); });
  EXPECT_EQ(wire::Wire(server.port()).ask(get("/")).body, "127.0.0.1");
}

TEST(Server, NamesTheAddressItCannotListenOn) {
  Server first(with({}), echo);
  Options second;
  second.listen.port = first.port();
  try {
    const Server server(second, echo);
    FAIL() << "two servers listen on one port";
  } catch (const ListenError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        "cannot listen on 127.0.0.1:" + std::to_string(first.port()) + ": Address already in use");
  }
  Options elsewhere;
  elsewhere.listen.address = "warehouse";
  EXPECT_THROW(Server(elsewhere, echo), ListenError);
  elsewhere.listen.address = "192.0.2.1";  // a documentation address, never ours
  EXPECT_THROW(Server(elsewhere, echo), ListenError);
  elsewhere.listen.address = "";
  EXPECT_THROW(Server(elsewhere, echo), ListenError);
}

TEST(Server, CanListenAgainOnThePortItJustLeft) {
  std::uint16_t port = 0;
  {
    Server server(with({}), echo);
    port = server.port();
    wire::Wire client(port);
    client.ask(get("/", "Connection: close\r\n"));
  }
  Options again;
  again.listen.port = port;
  Server server(again, echo);
  EXPECT_EQ(wire::Wire(port).ask(get("/")).status, 200);
}

}  // namespace
}  // namespace tallyman::http_server
