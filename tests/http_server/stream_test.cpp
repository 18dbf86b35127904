// Answers that go on: written from any thread, read over real sockets.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
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

Limits patient() {
  Limits limits;
  limits.head = limits.read = limits.idle = limits.write = limits.drain = 1h;
  return limits;
}

StreamText text(std::string words) { return stream_text(std::move(words)); }

// Takes the open ends of streams from the workers to the test.
class Streams {
 public:
  Response answer(const Request& request) {
    if (request.path != "/" && request.path != "/stream") return echo(request);
    Response response;
    response.headers.emplace_back("Content-Type", "text/event-stream");
    response.stream = [this](OpenStream writer) {
      {
        const std::lock_guard lock(mutex_);
        begun_.push_back(std::move(writer));
      }
      changed_.notify_all();
    };
    return response;
  }
  OpenStream wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 2min, [&] { return begun_.size() >= count; });
    return begun_.size() >= count ? begun_[count - 1] : nullptr;
  }
  std::size_t begun() {
    const std::lock_guard lock(mutex_);
    return begun_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<OpenStream> begun_;
};

// What the next watcher hears, once the server has learnt that another one is gone.
int next_status(std::uint16_t port) {
  const auto patience = std::chrono::steady_clock::now() + 2min;
  int status = 503;
  while (status == 503 && std::chrono::steady_clock::now() < patience) {
    wire::Wire next(port);
    next.send(kGet);
    status = next.read_head_only().status;
  }
  return status;
}

TEST(Streaming, NobodyHoldsTheStreamsOfAllOthers) {
  Streams streams;
  Limits limits = patient();
  limits.streams = 6;
  limits.streams_of_one = 2;
  Server server(with(limits), [&](const Request& request) {
    auto response = streams.answer(request);
    response.stream_of = ports::find_header(request.headers, "Who").value_or("");
    return response;
  });
  std::vector<std::unique_ptr<wire::Wire>> open;
  const auto watch = [&](const std::string& who) {
    open.push_back(std::make_unique<wire::Wire>(server.port()));
    open.back()->send("GET / HTTP/1.1\r\nHost: h\r\nWho: " + who + "\r\n\r\n");
    return open.back()->read_head_only().status;
  };
  EXPECT_EQ(watch("user:ana"), 200);
  EXPECT_EQ(watch("user:ana"), 200);
  EXPECT_EQ(watch("user:ana"), 503);
  EXPECT_EQ(watch("user:ben"), 200);
  open.clear();
  const auto patience = std::chrono::steady_clock::now() + 20s;
  int status = 503;  // the server learns of their end a moment later
  while (status == 503 && std::chrono::steady_clock::now() < patience) status = watch("user:ana");
  EXPECT_EQ(status, 200);
}

TEST(Streaming, SendsWhatIsWrittenInOrderAndEndsWhenToldTo) {
  Streams streams;
  Server server(with(patient()), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server.port());
  client.send(kGet);
  const auto head = client.read_head_only();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(head.header("Content-Length"), "");
  EXPECT_EQ(head.header("Transfer-Encoding"), "");
  EXPECT_EQ(head.header("Connection"), "close");
  const auto writer = streams.wait_for(1);
  ASSERT_TRUE(writer);
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    EXPECT_TRUE(writer->write(text(line)));
    expected += line;
  }
  writer->end();
  EXPECT_FALSE(writer->write(text("late")));
  EXPECT_EQ(client.read_to_end(), expected);
}

TEST(Streaming, OccupiesNoWorker) {
  Limits limits = patient();
  limits.workers = 1;
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  std::vector<std::unique_ptr<wire::Wire>> watchers;
  for (std::size_t i = 0; i < 10; ++i) {
    watchers.push_back(std::make_unique<wire::Wire>(server.port()));
    watchers.back()->send(kGet);
    ASSERT_TRUE(streams.wait_for(i + 1));
  }
  wire::Wire client(server.port());
  EXPECT_EQ(client.ask("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
}

TEST(Streaming, OutlastsTheDeadlinesOfOrdinaryRequests) {
  Limits limits = patient();
  limits.head = limits.read = limits.idle = 50ms;
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  auto asked = std::make_unique<wire::Wire>(server.port());
  asked->send(kGet);
  // On a busy machine the question itself may come too late: then it is asked once more.
  for (int tries = 0; tries < 200 && asked->read_head_only().status != 200; ++tries) {
    asked = std::make_unique<wire::Wire>(server.port());
    asked->send(kGet);
  }
  wire::Wire& client = *asked;
  const auto writer = streams.wait_for(1);
  ASSERT_TRUE(writer);
  EXPECT_FALSE(client.is_closed_within(200ms));
  EXPECT_TRUE(writer->write(text("still here")));
  writer->end();
  EXPECT_EQ(client.read_to_end(), "still here");
}

TEST(Streaming, OneTooManyIsRefusedAndAPlaceBecomesFreeWhenOneLeaves) {
  Limits limits = patient();
  limits.streams = 2;
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  auto first = std::make_unique<wire::Wire>(server.port());
  auto second = std::make_unique<wire::Wire>(server.port());
  first->send(kGet);
  second->send(kGet);
  ASSERT_TRUE(streams.wait_for(2));
  const auto refused = wire::Wire(server.port()).ask(kGet);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(streams.begun(), 2U);
  first.reset();
  EXPECT_EQ(next_status(server.port()), 200);
}

TEST(Streaming, AReaderThatTakesTooLittleIsDroppedAtOnceWhenTooMuchIsWaiting) {
  Limits limits = patient();  // an hour: the deadline of a write plays no part
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server.port());
  client.send(kGet);
  const auto writer = streams.wait_for(1);
  ASSERT_TRUE(writer);
  const auto piece = text(std::string(8U << 10U, 'x'));
  std::size_t written = 0;
  while (writer->write(piece) && written < (1U << 30U)) written += piece->size();
  EXPECT_LT(written, 64U << 20U) << "what the kernel takes and what may wait, no more";
  EXPECT_FALSE(writer->write(piece));
  EXPECT_LE(client.read_to_end().size(), written + 200) << "and the connection ends";
}

TEST(Streaming, AReaderThatTakesNothingIsDroppedAtTheDeadlineOfAWrite) {
  Limits limits = patient();
  limits.write = 100ms;
  limits.stream_backlog = 256U << 20U;
  limits.streams = 1;
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server.port());
  client.send(kGet);
  const auto writer = streams.wait_for(1);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write(text(std::string(64U << 20U, 'x'))));
  EXPECT_EQ(next_status(server.port()), 200) << "its place is free";
  EXPECT_LT(client.read_to_end().size(), 64U << 20U);
  EXPECT_FALSE(writer->write(text("y")));
}

TEST(Streaming, AClientThatLeavesIsNoticedThoughNothingIsWritten) {
  Limits limits = patient();
  limits.streams = 1;
  Streams streams;
  Server server(with(limits), [&](const Request& request) { return streams.answer(request); });
  OpenStream writer;
  {
    wire::Wire client(server.port());
    client.send(kGet);
    writer = streams.wait_for(1);
    ASSERT_TRUE(writer);
  }
  // Its place is free again: nobody wrote to it in between.
  EXPECT_EQ(next_status(server.port()), 200);
  EXPECT_FALSE(writer->write(text("to nobody")));
}

TEST(Streaming, AClientThatTalksWithoutEndIsDropped) {
  Streams streams;
  Server server(with(patient()), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server.port());
  client.send(kGet);
  ASSERT_TRUE(streams.wait_for(1));
  client.send(std::string(1U << 20U, 'z'));
  client.read_to_end();  // returns only when the server has closed
}

TEST(Streaming, StopEndsStreamsAtOnceAndTheirWritersAreHarmlessAfterwards) {
  Streams streams;
  auto server = std::make_unique<Server>(
      with(patient()), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.read_head_only().status, 200);
  const auto writer = streams.wait_for(1);
  ASSERT_TRUE(writer);
  std::atomic<bool> writing = true;
  std::jthread busy([&] {
    while (writing) writer->write(text("."));
  });
  server->stop();  // with deadlines of an hour, this returns at once or not at all
  client.read_to_end();
  server.reset();
  EXPECT_FALSE(writer->write(text("after the server")));
  writer->end();
  writing = false;
}

TEST(Streaming, HeadIsAnsweredWithoutAStream) {
  Streams streams;
  Server server(with(patient()), [&](const Request& request) { return streams.answer(request); });
  wire::Wire client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_head_only().status, 200);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(streams.begun(), 0U);
}

TEST(Streaming, ABeginningThatThrowsEndsTheStreamAndIsTold) {
  Errors errors;
  Server server(with(patient(), &errors), [](const Request&) {
    Response response;
    response.stream = [](const OpenStream&) { throw std::runtime_error("no feed"); };
    return response;
  });
  wire::Wire client(server.port());
  client.send(kGet);
  EXPECT_EQ(client.read_head_only().status, 200);
  EXPECT_EQ(client.read_to_end(), "");
  server.stop();
  ASSERT_EQ(errors.all().size(), 1U);
  EXPECT_NE(errors.all().front().find("no feed"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::http_server
