// What happens to those who are slow, too many, or still there when the server stops.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http_server/serving.h"
#include "http_server/wire.h"

namespace tallyman::http_server {
namespace {

using namespace std::chrono_literals;

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

// Long deadlines except the one that a test is about.
Limits patient() {
  Limits limits;
  limits.head = limits.read = limits.idle = limits.write = limits.drain = 1h;
  return limits;
}

std::string endless_headers() {
  std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 90; ++i) bytes += "X: a\r\n";
  return bytes;
}

// Of this process, client and server together.
long resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtol(&line[6], nullptr, 10);
  }
  return 0;
}

TEST(Slow, AHeadThatTricklesIsCutAtTheDeadlineThoughBytesKeepComing) {
  Limits limits = patient();
  limits.read = 150ms;
  Server server(with(limits), echo);
  wire::Wire client(server.port());
  EXPECT_TRUE(client.trickle(endless_headers(), 20ms));
}

TEST(Slow, ABodyThatTricklesIsCutAtTheDeadlineThoughBytesKeepComing) {
  Limits limits = patient();
  limits.read = 150ms;
  Server server(with(limits), echo);
  wire::Wire client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n");
  EXPECT_TRUE(client.trickle(std::string(500, 'a'), 20ms));
}

TEST(Slow, AHeadHasLessTimeThanAWholeRequest) {
  Limits limits = patient();
  limits.head = 150ms;
  Server server(with(limits), echo);
  wire::Wire in_the_head(server.port());
  EXPECT_TRUE(in_the_head.trickle(endless_headers(), 20ms));
  wire::Wire in_the_body(server.port());
  in_the_body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\n");
  EXPECT_FALSE(in_the_body.trickle(std::string(20, 'a'), 20ms)) << "400 ms, but of the body";
  EXPECT_EQ(in_the_body.read().status, 200);
}

// Were the time counted from the end of the head, no connection would be cut sooner than that after
// it. One that is cut sooner is enough: a busy machine may notice the others too late.
TEST(Slow, TheWholeRequestIsCountedFromItsFirstByte) {
  Limits limits = patient();
  limits.read = 1s;
  Server server(with(limits), echo);
  bool was_cut_sooner = false;
  for (int tries = 0; tries < 50 && !was_cut_sooner; ++tries) {
    wire::Wire client(server.port());
    client.send("POST / HT");
    if (client.is_closed_within(600ms)) continue;
    const auto head_ends = std::chrono::steady_clock::now();
    client.send("TP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n");
    EXPECT_TRUE(client.trickle(std::string(500, 'a'), 20ms));
    was_cut_sooner = std::chrono::steady_clock::now() - head_ends < limits.read;
  }
  EXPECT_TRUE(was_cut_sooner);
}

TEST(Slow, AConnectionThatAsksNothingIsClosed) {
  Limits limits = patient();
  limits.idle = 50ms;
  Server server(with(limits), echo);
  wire::Wire never_asks(server.port());
  EXPECT_EQ(never_asks.read_to_end(), "");
  // On a busy machine the question itself may come too late: then it is asked once more.
  bool was_answered = false;
  for (int tries = 0; tries < 200 && !was_answered; ++tries) {
    wire::Wire asks_once(server.port());
    was_answered = asks_once.ask(kGet).status == 200;
    EXPECT_EQ(asks_once.read_to_end(), "");
  }
  EXPECT_TRUE(was_answered);
}

TEST(Slow, TheReadDeadlineBeginsAnewWithEachRequest) {
  Limits limits = patient();
  limits.read = 1s;
  Server server(with(limits), echo);
  wire::Wire client(server.port());
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(client.is_closed_within(300ms));
    EXPECT_EQ(client.ask(kGet).status, 200);
  }
}

TEST(Slow, AReaderThatTakesNothingIsDropped) {
  Limits limits = patient();
  limits.write = 100ms;
  Server server(with(limits), [](const Request&) {
    return text_response(std::string(64U << 20U, 'x'));  // more than any socket buffer takes
  });
  wire::Wire client(server.port());
  client.send(kGet);
  server.stop();  // returns only when the stuck connection has been given up
  EXPECT_LT(client.read_to_end().size(), 64U << 20U);
}

TEST(TooMany, TheConnectionBeyondTheLimitHearsA503) {
  Limits limits = patient();
  limits.connections = 3;
  Server server(with(limits), echo);
  std::vector<std::unique_ptr<wire::Wire>> inside;
  for (int i = 0; i < 3; ++i) {
    inside.push_back(std::make_unique<wire::Wire>(server.port()));
    EXPECT_EQ(inside.back()->ask(kGet).status, 200);
  }
  {
    wire::Wire outside(server.port());
    const auto answer = outside.read();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(outside.read_to_end(), "");
  }
  EXPECT_EQ(inside.front()->ask(kGet).status, 200) << "those inside are not disturbed";
  inside.clear();
  int status = 503;  // the server learns of the closing a moment later
  for (int tries = 0; status == 503 && tries < 1000; ++tries) {
    status = wire::Wire(server.port()).ask(kGet).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(TooMany, OneAddressCannotTakeThePlacesOfAllOthers) {
  Limits limits = patient();
  limits.connections = 20;
  limits.connections_per_peer = 3;
  Server server(with(limits), echo);
  std::vector<std::unique_ptr<wire::Wire>> greedy;
  for (int i = 0; i < 3; ++i) {
    greedy.push_back(std::make_unique<wire::Wire>(server.port()));
    EXPECT_EQ(greedy.back()->ask(kGet).status, 200);
  }
  wire::Wire refused(server.port());
  const auto answer = refused.read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("from this address"), std::string::npos);
  for (int i = 0; i < 40; ++i) greedy.push_back(std::make_unique<wire::Wire>(server.port()));
  EXPECT_EQ(greedy.front()->ask(kGet).status, 200) << "those inside are not disturbed";
  wire::Wire other(server.port(), "127.0.0.1", "127.0.0.2");
  EXPECT_EQ(other.ask(kGet).status, 200);
}

TEST(TooMany, AGigabyteIsRefusedEarlyAndMemoryStaysFlat) {
  Server server(with(patient()), echo);
  const auto before = resident_kib();
  ASSERT_GT(before, 0);
  {
    wire::Wire declared(server.port());
    declared.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n\r\n");
    EXPECT_EQ(declared.read().status, 413) << "before a byte of it was sent";
  }
  {
    wire::Wire asking(server.port());
    asking.send(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n"
        "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(asking.read().status, 413) << "and not asked for";
  }
  wire::Wire undeclared(server.port());
  undeclared.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string piece = "100000\r\n" + std::string(1U << 20U, 'a') + "\r\n";
  int pieces = 0;
  while (pieces < 1024 && undeclared.try_send(piece)) ++pieces;
  EXPECT_LT(pieces, 64) << "the connection ends long before the gigabyte";
  EXPECT_LT(resident_kib() - before, 32 << 10);
}

std::string body_head(std::size_t length) {
  return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

TEST(TooMany, BodiesThatAreOnTheirWayHaveOneBudgetAndNoAddressAllOfIt) {
  constexpr std::size_t kBody = 300U << 10U;
  Limits limits = patient();
  limits.bodies_bytes = 1U << 20U;  // a quarter of it for each address
  Server server(with(limits), echo);
  wire::Wire greedy(server.port(), "127.0.0.1", "127.0.0.2");
  greedy.send(body_head(kBody) + std::string(kBody - 1, 'a'));
  EXPECT_EQ(greedy.read().status, 503);
  EXPECT_EQ(greedy.read_to_end(), "");
  // Five others come close to their quarters, with a byte missing each: one of them, no matter
  // which, finds no room, and hears so.
  constexpr std::size_t kQuarter = 250U << 10U;
  std::vector<std::unique_ptr<wire::Wire>> waiting;
  for (const auto* from : {"127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7"}) {
    waiting.push_back(std::make_unique<wire::Wire>(server.port(), "127.0.0.1", from));
    waiting.back()->send(body_head(kQuarter) + std::string(kQuarter - 1, 'a'));
  }
  auto refused = waiting.end();
  for (int tries = 0; tries < 2000 && refused == waiting.end(); ++tries) {
    refused = std::ranges::find_if(
        waiting, [](const auto& client) { return client->has_answer_within(5ms); });
  }
  ASSERT_NE(refused, waiting.end()) << "five quarters fit nowhere";
  EXPECT_EQ((*refused)->read().status, 503);
  waiting.erase(refused);
  wire::Wire small(server.port(), "127.0.0.1", "127.0.0.2");
  EXPECT_EQ(small.ask(body_head(1000) + std::string(1000, 'a')).status, 200)
      << "who signs in is not kept out";
  for (const auto& client : waiting) EXPECT_EQ(client->ask("a").status, 200);
  wire::Wire next(server.port(), "127.0.0.1", "127.0.0.7");
  EXPECT_EQ(next.ask(body_head(kQuarter) + std::string(kQuarter, 'a')).status, 200)
      << "what was answered is counted no more";
}

TEST(TooMany, WhatWaitsForNothingIsAnsweredWhileEveryWorkerIsBusy) {
  Limits limits = patient();
  limits.workers = 1;
  std::promise<void> begun;
  std::promise<void> go_on;
  auto options = with(limits);
  options.is_at_once = [](const Request& request) { return request.path == "/live"; };
  Server server(options, [&](const Request& request) {
    if (request.path == "/slow") {
      begun.set_value();
      go_on.get_future().wait();
    }
    return echo(request);
  });
  wire::Wire slow(server.port());
  slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  begun.get_future().wait();
  wire::Wire watcher(server.port());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(watcher.ask("GET /live HTTP/1.1\r\nHost: h\r\n\r\n").body, "GET /live [0] ");
  }
  go_on.set_value();
  EXPECT_EQ(slow.read().status, 200);
}

TEST(Stop, FinishesTheRequestThatIsBeingHandledAndThenCloses) {
  std::promise<void> begun;
  std::promise<void> go_on;
  Server server(with(patient()), [&](const Request& request) {
    begun.set_value();
    go_on.get_future().wait();
    return echo(request);
  });
  wire::Wire client(server.port());
  client.send(kGet);
  begun.get_future().wait();
  std::jthread stopper([&] { server.stop(); });
  // Once nobody can connect any more, the stop has begun.
  for (bool open = true; open;) {
    try {
      const wire::Wire probe(server.port());
    } catch (const std::runtime_error&) {
      open = false;
    }
  }
  go_on.set_value();
  const auto answer = client.read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET / [0] ");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Stop, CutsTheConnectionOfAHandlerThatOutlastsTheDrain) {
  Limits limits = patient();
  limits.drain = 50ms;
  std::promise<void> begun;
  std::promise<void> go_on;
  Server server(with(limits), [&](const Request& request) {
    begun.set_value();
    go_on.get_future().wait();
    return echo(request);
  });
  wire::Wire client(server.port());
  client.send(kGet);
  begun.get_future().wait();
  std::jthread stopper([&] { server.stop(); });
  EXPECT_EQ(client.read_to_end(), "") << "cut while the handler still runs";
  go_on.set_value();
}

TEST(Stop, DropsRequestsThatNoWorkerHasBegunWhenTheDrainIsOver) {
  Limits limits = patient();
  limits.drain = 50ms;
  limits.workers = 1;
  std::atomic<int> handled = 0;
  std::promise<void> begun;
  std::promise<void> go_on;
  Server server(with(limits), [&](const Request& request) {
    if (++handled == 1) {
      begun.set_value();
      go_on.get_future().wait();
    }
    return echo(request);
  });
  wire::Wire first(server.port());
  first.send(kGet);
  begun.get_future().wait();
  wire::Wire second(server.port());
  second.send(kGet);
  std::jthread stopper([&] { server.stop(); });
  EXPECT_EQ(second.read_to_end(), "");
  go_on.set_value();
  stopper.join();
  EXPECT_EQ(handled, 1);
}

TEST(Stop, DoesNotWaitForIdleSilentOrHalfSpokenConnections) {
  Limits limits = patient();
  std::promise<void> silenced;
  Server server(with(limits), [&](const Request& request) {
    Response response = echo(request);
    response.never_answer = request.path == "/silent";
    if (response.never_answer) silenced.set_value();
    return response;
  });
  wire::Wire fresh(server.port());
  wire::Wire idle(server.port());
  EXPECT_EQ(idle.ask(kGet).status, 200);
  wire::Wire silent(server.port());
  silent.send("GET /silent HTTP/1.1\r\nHost: h\r\n\r\n");
  silenced.get_future().wait();
  server.stop();  // with deadlines of an hour, this returns at once or not at all
  EXPECT_EQ(fresh.read_to_end(), "");
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(silent.read_to_end(), "");
}

TEST(Stop, GivesAHalfSpokenRequestUntilTheDrainIsOver) {
  Limits limits = patient();
  limits.drain = 50ms;
  Server server(with(limits), echo);
  wire::Wire half(server.port());
  half.send("GET / HTT");
  server.stop();
  EXPECT_EQ(half.read_to_end(), "");
}

TEST(Stop, MayBeAskedForTwice) {
  Server server(with({}), echo);
  server.stop();
  server.stop();
}

TEST(Silence, LastsUntilTheClientGivesUpAndFreesItsPlace) {
  Limits limits = patient();
  limits.connections = 1;
  Server server(with(limits), [&](const Request& request) {
    Response response = echo(request);
    response.never_answer = request.path == "/silent";
    return response;
  });
  {
    wire::Wire client(server.port());
    client.send("GET /silent HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_FALSE(client.is_closed_within(100ms));
  }
  int status = 503;
  for (int tries = 0; status == 503 && tries < 1000; ++tries) {
    status = wire::Wire(server.port()).ask(kGet).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(Rude, ClientsThatVanishHarmNobody) {
  Server server(with({}), [](const Request&) { return text_response(std::string(500'000, 'x')); });
  for (int i = 0; i < 50; ++i) {
    wire::Wire client(server.port());
    client.send(i % 2 == 0 ? kGet : kGet.substr(0, 10));
    client.reset();
  }
  EXPECT_EQ(wire::Wire(server.port()).ask(kGet).status, 200);
}

}  // namespace
}  // namespace tallyman::http_server
