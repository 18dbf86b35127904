// While somebody else holds the database's write lock, who signs in waits; nobody else does. Over
// real sockets, with the workers that a server has.
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "api/door_test.h"
#include "http_server/server.h"
#include "http_server/wire.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;
using http_server::wire::Answer;
using http_server::wire::Wire;

// Holds the lock until it goes.
class WriteLock {
 public:
  explicit WriteLock(FreshDatabase& of) : database_(of.open_again()) {
    thread_ = std::jthread([this] {
      ports::transact(*database_, ports::TxMode::write, [this](ports::Tx& tx) {
        if (tx.dialect() == ports::Dialect::postgres) {
          tx.script(
              "LOCK TABLE login_failures, sessions, api_tokens, audit_head IN EXCLUSIVE MODE");
        }
        held_.set_value();
        released_.get_future().wait();
      });
    });
    held_.get_future().wait();
  }
  ~WriteLock() { released_.set_value(); }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  std::unique_ptr<ports::Database> database_;
  std::promise<void> held_;
  std::promise<void> released_;
  std::jthread thread_;  // last: ends before the rest goes
};

class BusyDoor : public DoorTest {
 protected:
  BusyDoor() {
    add_user("ana", "admin", kAnaWords);
    http_server::Options options;
    options.is_at_once = api::is_answered_at_once;
    server_ = std::make_unique<http_server::Server>(std::move(options), handler_);
  }

  std::string request(const std::string& method, const std::string& path,
                      const std::string& headers = "", const std::string& body = "") {
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
           (body.empty() ? "" : "Content-Type: application/json\r\n") +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  std::string sign_in(std::string_view words) {
    return request("POST", "/api/v1/session", "",
                   json::serialize(json::object{{"name", "ana"}, {"password", words}}));
  }
  Answer ask(const std::string& bytes) { return Wire(server_->port()).ask(bytes); }

  // Asked from a thread of its own each; `count` of their answers, when they have come.
  std::vector<Answer> first_answers(const std::vector<std::string>& requests, std::size_t count) {
    for (const auto& bytes : requests) {
      asking_.emplace_back([this, bytes] {
        auto answer = ask(bytes);
        const std::lock_guard lock(mutex_);
        answers_.push_back(std::move(answer));
        changed_.notify_all();
      });
    }
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, 15s, [&] { return answers_.size() >= count; }))
        << answers_.size() << " answers";
    return answers_;
  }
  std::vector<Answer> all_answers() {
    asking_.clear();
    return answers_;
  }

  std::unique_ptr<http_server::Server> server_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Answer> answers_;
  std::vector<std::jthread> asking_;
};
INSTANTIATE_TEST_SUITE_P(Api, BusyDoor,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(BusyDoor, ManyWhoSignInAtOnceStopNobodyElse) {
  {
    const WriteLock lock(fresh_);
    const auto turned_away = first_answers(std::vector<std::string>(6, sign_in(kAnaWords)), 4);
    for (const auto& answer : turned_away) {
      EXPECT_EQ(answer.status, 503) << answer.body;
      EXPECT_EQ(answer.header("Retry-After"), "1");
    }
    EXPECT_EQ(ask(request("GET", "/api/v1/session")).status, 200) << "somebody who only reads";
    EXPECT_EQ(ask(request("GET", "/health/live")).status, 200);
  }
  int signed_in = 0;
  for (const auto& answer : all_answers()) signed_in += answer.status == 200 ? 1 : 0;
  EXPECT_EQ(signed_in, 2) << "those who waited are let in when the lock is free";
}

TEST_P(BusyDoor, WhoMustWaitIsToldSoWithoutTheLock) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(sign_in("a wrong guess")).status, 401);
  ASSERT_EQ(ask(sign_in("a wrong guess")).status, 429);
  const WriteLock lock(fresh_);
  for (const auto& answer :
       first_answers(std::vector<std::string>(8, sign_in("a wrong guess")), 8)) {
    EXPECT_EQ(answer.status, 429);
  }
}

TEST_P(BusyDoor, ReadersWhoseUseIsToBeNotedAreAnswered) {
  const auto token = "Authorization: Bearer " + add_token("admin") + "\r\n";
  {
    const WriteLock lock(fresh_);
    const auto answers =
        first_answers(std::vector<std::string>(8, request("GET", "/api/v1/users", token)), 7);
    for (const auto& answer : answers) EXPECT_EQ(answer.status, 200) << answer.body;
  }
  EXPECT_EQ(all_answers().size(), 8U);
}

}  // namespace
}  // namespace tallyman::tests
