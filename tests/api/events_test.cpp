// The live events over real sockets, on both databases: what is committed is told, nothing is lost
// over a reconnection, whoever is slow or too late hears so.
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>

#include "adapters/book/api_tokens.h"
#include "adapters/book/live_events.h"
#include "adapters/book/migrations.h"
#include "adapters/book/sessions.h"
#include "adapters/book/users.h"
#include "adapters/database/migrations.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/system_threads.h"
#include "api/api_test.h"
#include "api/live_feed.h"
#include "domain/base/digest.h"
#include "domain/base/whole_number.h"
#include "domain/people/token_text.h"
#include "http_server/server.h"
#include "http_server/wire.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;
using http_server::wire::Wire;

struct Told {
  std::int64_t id = 0;
  std::string kind;
  std::string data;
  friend bool operator==(const Told&, const Told&) = default;
};

// A page that watches, as the HTML standard reads a stream.
class Page {
 public:
  explicit Page(std::uint16_t port, const std::string& query = "", const std::string& last = "",
                const std::string& headers = "")
      : wire_(port) {
    wire_.send("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: localhost\r\n" +
               (last.empty() ? "" : "Last-Event-ID: " + last + "\r\n") + headers + "\r\n");
    head_ = wire_.read_head_only();
  }
  const http_server::wire::Answer& head() const { return head_; }

  // The next event; an empty kind when the stream has ended.
  Told next() {
    while (true) {
      const auto block = wire_.read_through("\n\n");
      if (block.empty()) return {};
      if (comments_ > kMostComments) {
        ADD_FAILURE() << "nothing but comments";
        return {};
      }
      Told told;
      take(block, told);
      if (!told.kind.empty()) return told;
    }
  }
  bool next_block() {  // an event or a comment; false at the end
    const auto block = wire_.read_through("\n\n");
    Told told;
    take(block, told);
    return !block.empty();
  }
  Told next(std::string_view kind) {
    for (auto told = next();; told = next()) {
      if (told.kind == kind || told.kind.empty()) return told;
    }
  }
  int comments() const { return comments_; }
  std::string retry() const { return retry_; }

 private:
  void take(const std::string& block, Told& told) {
    for (std::size_t at = 0; at < block.size();) {
      const auto end = block.find('\n', at);
      take_line(block.substr(at, end - at), told);
      at = end + 1;
    }
  }
  void take_line(const std::string& line, Told& told) {
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    const auto value = colon + 2 <= line.size() ? line.substr(colon + 2) : "";
    if (name == "id") told.id = whole_number(value).value_or(0);
    if (name == "event") told.kind = value;
    if (name == "data") told.data += (told.data.empty() ? "" : "\n") + value;
    if (name == "retry") retry_ = value;
    if (line == ":") ++comments_;
  }

  static constexpr int kMostComments = 100;
  Wire wire_;
  http_server::wire::Answer head_;
  int comments_ = 0;
  std::string retry_;
};

// A watcher without a connection.
class Written {
 public:
  http_server::OpenStream writer() { return std::make_shared<End>(*this); }
  bool wait_for(std::string_view words) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 2min, [&] { return text_.find(words) != std::string::npos; });
  }
  bool wait_for_end() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 2min, [&] { return ended_; });
  }
  bool holds(std::string_view words) {
    const std::lock_guard lock(mutex_);
    return text_.find(words) != std::string::npos;
  }

 private:
  class End final : public http_server::StreamWriter {
   public:
    explicit End(Written& of) : of_(of) {}
    bool write(const http_server::StreamText& bytes) override {
      const std::lock_guard lock(of_.mutex_);
      of_.text_ += *bytes;
      of_.changed_.notify_all();
      return true;
    }
    void end() override {
      const std::lock_guard lock(of_.mutex_);
      of_.ended_ = true;
      of_.changed_.notify_all();
    }

   private:
    Written& of_;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  bool ended_ = false;
};

class Events : public testing::TestWithParam<ports::Dialect> {
 protected:
  Events() : database_(GetParam()) {
    database::migrate(*database_, book::migrations(GetParam())).value();
    rules_.poll = 2ms;
    rules_.comment = 100ms;
    context_.live = nullptr;
  }

  void serve(http_server::Limits limits = {}) {
    feed_ = std::make_unique<api::LiveFeed>(*database_, clock_, threads_, "build 7", rules_);
    feed_->start();
    context_.live = feed_.get();
    http_server::Options options;
    options.limits = limits;
    server_ =
        std::make_unique<http_server::Server>(std::move(options), api::make_handler(context_));
  }
  std::uint16_t port() const { return server_->port(); }

  void publish(std::string_view kind, std::string_view data) {
    ports::transact(*database_, ports::TxMode::write,
                    [&](ports::Tx& tx) { book::publish(tx, kind, data); });
  }

  FreshDatabase database_;
  timing::SystemClock clock_;
  timing::SystemThreads threads_;
  api::LiveFeedRules rules_;
  api::Context context_{.database = *database_,
                        .clock = clock_,
                        .warehouse = pacific(),
                        .known_skus = {},
                        .status = {},
                        .version = "test",
                        .demo = true};  // nobody signs in here
  std::unique_ptr<api::LiveFeed> feed_;
  std::unique_ptr<http_server::Server> server_;
};

INSTANTIATE_TEST_SUITE_P(Both, Events,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& row) {
                           return row.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

TEST_P(Events, GreetsAndThenTellsWhatIsCommitted) {
  serve();
  Page page(port());
  EXPECT_EQ(page.head().status, 200);
  EXPECT_EQ(page.head().header("Content-Type"), "text/event-stream; charset=utf-8");
  EXPECT_EQ(page.head().header("Cache-Control"), "no-store");
  EXPECT_EQ(page.head().header("X-Accel-Buffering"), "no");
  const auto hello = page.next();
  EXPECT_EQ(hello.kind, "hello");
  EXPECT_EQ(page.retry(), "3000");
  const auto greeting = json::parse(hello.data).as_object();
  EXPECT_EQ(greeting.at("build").as_string(), "build 7");
  EXPECT_TRUE(instant_from_text(std::string_view(greeting.at("now").as_string()))) << hello.data;
  publish("order.changed", R"({"number":"100528"})");
  publish("alert.opened", "two\nlines");
  const auto first = page.next();
  EXPECT_EQ(first.kind, "order.changed");
  EXPECT_EQ(first.data, R"({"number":"100528"})");
  const auto second = page.next();
  EXPECT_EQ(second.data, "two\nlines");
  EXPECT_GT(second.id, first.id);
}

TEST_P(Events, AWatcherIsToldNothingOfWhatHappenedBeforeItCame) {
  publish("order.changed", R"({"number":"1"})");
  serve();
  Page page(port());
  const auto hello = page.next();
  publish("order.changed", R"({"number":"2"})");
  EXPECT_EQ(page.next().data, R"({"number":"2"})");
  EXPECT_GT(hello.id, 0) << "where a page that has heard nothing else goes on from";
}

TEST_P(Events, OnlyTheTopicsAskedFor) {
  serve();
  Page jobs(port(), "?topics=job,alert.opened");
  jobs.next("hello");
  publish("order.changed", "{}");
  publish("alert.closed", "{}");
  publish("job.done", "1");
  publish("jobless", "{}");
  publish("alert.opened", "2");
  EXPECT_EQ(jobs.next().data, "1");
  EXPECT_EQ(jobs.next().data, "2");
  const auto refused = Page(port(), "?topics=job,nonsense").head();
  EXPECT_EQ(refused.status, 400);
}

TEST_P(Events, NothingIsLostOverReconnections) {
  publish("order.changed", "-1");
  serve();
  constexpr std::size_t kAll = 200;
  std::set<std::int64_t> seen;
  auto last = std::to_string(Page(port()).next("hello").id);
  seen.insert(-1);
  publish("order.changed", "0");  // before anybody comes back
  const auto writer = std::async(std::launch::async, [&] {
    for (std::size_t i = 1; i < kAll - 1; ++i) publish("order.changed", std::to_string(i));
  });
  for (int connection = 0; seen.size() < kAll && connection < 50; ++connection) {
    Page page(port(), "", last);
    const auto enough = std::min(seen.size() + 20, kAll);
    while (seen.size() < enough) {
      const auto told = page.next();
      ASSERT_TRUE(told.kind == "hello" || told.kind == "order.changed") << told.kind;
      if (told.kind == "order.changed") seen.insert(whole_number(told.data).value_or(-2));
      last = std::to_string(told.id);
    }
  }
  writer.wait();
  EXPECT_EQ(seen.size(), kAll) << "-1 to 198";
}

TEST_P(Events, ARestartOfTheProgramLosesNothingEither) {
  serve();
  publish("order.changed", "before");
  auto page = std::make_unique<Page>(port());
  page->next("hello");
  publish("order.changed", "seen");
  const auto last = std::to_string(page->next().id);
  feed_.reset();
  EXPECT_EQ(page->next().kind, "") << "the stream ends with the feed";
  server_.reset();
  publish("order.changed", "missed");
  serve();
  Page again(port(), "", last);
  EXPECT_EQ(std::to_string(again.next("hello").id), last);
  std::vector<std::string> told;
  while (told.empty() || told.back() != "missed") told.push_back(again.next("order.changed").data);
  EXPECT_EQ(told, (std::vector<std::string>{"before", "seen", "missed"}))
      << "from 30 s before: events are hints and may be told twice";
}

TEST_P(Events, WhoCannotBeToldWhatItMissedHearsReset) {
  rules_.at_once = 5;
  serve();
  publish("order.changed", "{}");
  const auto newest = ports::transact(*database_, ports::TxMode::read,
                                      [](ports::Tx& tx) { return book::newest_event(tx)->id; });
  const auto told_to = [&](const std::string& last) {
    Page page(port(), "", last);
    page.next("hello");
    publish("sync.run", "{}");
    return page.next();
  };
  EXPECT_EQ(told_to(std::to_string(newest)).kind, "order.changed");
  const auto reset = told_to(std::to_string(newest + 1000));
  EXPECT_EQ(reset.kind, "reset") << "an id of another database";
  EXPECT_EQ(reset.data, "{}");
  EXPECT_GE(reset.id, newest);
  EXPECT_EQ(told_to("0").kind, "reset") << "before the oldest that is kept";
  for (int i = 0; i < 10; ++i) publish("order.changed", "{}");
  EXPECT_EQ(told_to(std::to_string(newest)).kind, "reset") << "too many";
  EXPECT_EQ(Page(port(), "", "nonsense").head().status, 400);
  EXPECT_EQ(Page(port(), "", "-5").head().status, 400);
}

TEST_P(Events, OfSeveralProgressEventsOfAJobTheLastIsTold) {
  serve();
  Page page(port());
  page.next("hello");
  ports::transact(*database_, ports::TxMode::write, [](ports::Tx& tx) {
    for (int done = 1; done <= 5; ++done) {
      book::publish(tx, "job.progress", R"({"job_id":1,"done":)" + std::to_string(done) + "}");
    }
    book::publish(tx, "job.progress", R"({"job_id":2,"done":9})");
    book::publish(tx, "job.done", R"({"job_id":1})");
  });
  EXPECT_EQ(page.next().data, R"({"job_id":1,"done":5})");
  EXPECT_EQ(page.next().data, R"({"job_id":2,"done":9})");
  EXPECT_EQ(page.next().kind, "job.done");
}

TEST_P(Events, QuietStreamsCarryComments) {
  rules_.comment = 5ms;
  serve();
  Page page(port());
  page.next("hello");
  while (page.comments() < 3) ASSERT_TRUE(page.next_block());
}

TEST_P(Events, AStreamEndsAfterItsTimeAndTheNextOneGoesOn) {
  rules_.longest = 30ms;
  serve();
  publish("order.changed", "1");
  auto page = std::make_unique<Page>(port());
  const auto last = std::to_string(page->next("hello").id);
  while (page->next_block()) {
  }
  EXPECT_EQ(page->retry(), "100") << "come back at once";
  publish("order.changed", "2");
  Page next(port(), "", last);
  EXPECT_EQ(next.next("order.changed").data, "1");
  EXPECT_EQ(next.next("order.changed").data, "2");
  EXPECT_EQ(next.retry(), "3000");
}

TEST_P(Events, AReaderThatTakesNothingIsDroppedAndDisturbsNobody) {
  http_server::Limits limits;
  limits.stream_backlog = 4U << 20U;
  serve(limits);
  Page slow(port());
  Page quick(port());
  quick.next("hello");
  const std::string large(1U << 20U, 'x');
  for (int i = 0; i < 20; ++i) {
    publish("order.changed", std::to_string(i) + large);
    ASSERT_EQ(quick.next("order.changed").data.substr(0, 2),
              (std::to_string(i) + large).substr(0, 2));
  }
  int whole = 0;
  while (slow.next_block()) ++whole;
  EXPECT_LT(whole, 20) << "its connection was ended";
}

TEST_P(Events, WhenTheTableCannotBeReadNobodyIsLeftToBelieveItIsLive) {
  serve();
  Page page(port());
  page.next("hello");
  database_.script("ALTER TABLE live_events RENAME TO gone");
  EXPECT_EQ(page.next().kind, "") << "the stream ends";
  EXPECT_EQ(Page(port()).head().status, 503);
  database_.script("ALTER TABLE gone RENAME TO live_events");
  EXPECT_EQ(Page(port()).next().kind, "hello");
}

// Somebody signed in, and a program with a token; both are watched through the same door.
class Watchers : public Events {
 protected:
  Watchers() {
    rules_.recheck = 5ms;
    ports::transact(*database_, ports::TxMode::write, [this](ports::Tx& tx) {
      book::add_user(tx, "ana", people::Role::operator_, "no hash");
      ana_ = book::find_user(tx, "ana")->id;
      book::begin_session(tx, sha256_hex(session_), ana_, "127.0.0.1", {});
      const auto token = people::make_token({1, 2, 3, 4}, {5, 6, 7, 8});
      token_ = token.text;
      token_id_ = token.id;
      book::add_token(tx, {.id = token.id,
                           .hash = sha256_hex(token.text),
                           .name = "till",
                           .role = people::Role::viewer,
                           .created_by = "user:ana"});
    });
  }
  std::unique_ptr<Page> by_session() {
    return std::make_unique<Page>(port(), "", "", "Cookie: tallyman=" + session_ + "\r\n");
  }
  std::unique_ptr<Page> by_token() {
    return std::make_unique<Page>(port(), "", "", "Authorization: Bearer " + token_ + "\r\n");
  }
  template <class Work>
  void write(Work work) {
    ports::transact(*database_, ports::TxMode::write, work);
  }
  static void expect_end(Page& page) {
    while (page.next_block()) ASSERT_LT(page.comments(), 100) << "it goes on and on";
  }
  std::string seen() {
    return database_.rows("SELECT CAST(seen_us AS TEXT) FROM sessions").at(0).at(0);
  }

  std::int64_t ana_ = 0;
  std::string session_ = std::string(64, '5');
  std::string token_;
  std::string token_id_;
};
INSTANTIATE_TEST_SUITE_P(Both, Watchers,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& row) {
                           return row.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

TEST_P(Watchers, AStreamEndsWithItsSessionAndNobodyElses) {
  serve();
  const auto page = by_session();
  const auto other = by_token();
  page->next("hello");
  other->next("hello");
  write([](ports::Tx& tx) { book::end_sessions(tx, book::find_user(tx, "ana")->id); });
  expect_end(*page);
  publish("order.changed", "{}");
  EXPECT_EQ(other->next().kind, "order.changed");
}

TEST_P(Watchers, AStreamEndsWithItsToken) {
  serve();
  const auto page = by_token();
  page->next("hello");
  write([this](ports::Tx& tx) { book::revoke_token(tx, token_id_); });
  expect_end(*page);
}

TEST_P(Watchers, AStreamEndsWithTheRoleThatItBeganWith) {
  serve();
  const auto page = by_session();
  page->next("hello");
  write([this](ports::Tx& tx) { book::set_role(tx, ana_, people::Role::viewer); });
  expect_end(*page);
}

TEST_P(Watchers, WatchingIsNoUseOfASession) {
  database_.script("UPDATE sessions SET seen_us = seen_us - 300000000");
  const auto before = seen();
  serve();
  for (int reconnections = 0; reconnections < 3; ++reconnections) by_session()->next("hello");
  EXPECT_EQ(seen(), before);
  Wire(port()).ask("GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nCookie: tallyman=" +
                   session_ + "\r\n\r\n");
  EXPECT_NE(seen(), before) << "but asking is";
}

TEST(WatcherRules, AStreamIsLookedAtBeforeFifteenSecondsAreOver) {
  const api::LiveFeedRules rules;
  EXPECT_LT(rules.recheck + rules.poll, 15s);
}

TEST_P(Watchers, OneWatcherLeavesPlacesToOthers) {
  serve();
  std::vector<std::unique_ptr<Page>> pages;
  for (int i = 0; i < 9; ++i) pages.push_back(by_session());
  EXPECT_EQ(pages[7]->head().status, 200);
  EXPECT_EQ(pages[8]->head().status, 503);
  EXPECT_EQ(by_token()->head().status, 200);
}

TEST_P(Events, StopEndsWatchersAtOnce) {
  serve();
  Page page(port());
  page.next("hello");
  server_->stop();
  EXPECT_EQ(page.next().kind, "");
  publish("order.changed", "{}");  // told to nobody, and nothing breaks
}

// Transactions that begin in one order and commit in another: on PostgreSQL a smaller id may become
// visible after a greater one.
TEST(EventsOnPostgres, AnEventThatIsCommittedLateIsTold) {
  FreshDatabase database(ports::Dialect::postgres);
  database::migrate(*database, book::migrations(ports::Dialect::postgres)).value();
  const auto second = database.open_again();
  timing::SystemClock clock;
  timing::SystemThreads threads;
  Written written;
  api::LiveFeed feed(*database, clock, threads, "build", {.poll = 2ms});
  feed.start();
  feed.watch(written.writer(), {});
  ASSERT_TRUE(written.wait_for("event: hello"));
  ports::transact(*database, ports::TxMode::write, [&](ports::Tx& late) {
    book::publish(late, "order.changed", "begun first");
    std::async(std::launch::async, [&] {
      ports::transact(*second, ports::TxMode::write, [&](ports::Tx& early) {
        book::publish(early, "order.changed", "committed first");
      });
    }).get();
    EXPECT_TRUE(written.wait_for("data: committed first"));
    EXPECT_FALSE(written.holds("data: begun first"));
  });
  EXPECT_TRUE(written.wait_for("data: begun first"));
}

// A clock that tells how long it was asked to wait.
class ToldClock final : public ports::Clock {
 public:
  Instant now() override { return clock_.now(); }
  Micros steady() override { return clock_.steady(); }
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override {
    longest_ = std::max(longest_.load(), length.count());
    ++waits_;
    waits_.notify_all();
    return clock_.wait(length, std::move(stop), event);
  }
  void await_wait(int count) {
    for (int now = waits_; now < count; now = waits_) waits_.wait(now);
  }
  Micros longest() const { return Micros{longest_}; }

 private:
  timing::SystemClock clock_;
  std::atomic<std::int64_t> longest_{0};
  std::atomic<int> waits_{0};
};

TEST(EventsFeed, LooksAtTheTableOnlyWhileSomebodyWatches) {
  FreshDatabase database(ports::Dialect::sqlite);
  ToldClock clock;
  timing::SystemThreads threads;
  // There is no table of events: a look would end the stream below.
  api::LiveFeed feed(*database, clock, threads, "build");
  feed.start();
  clock.await_wait(1);
  EXPECT_GE(clock.longest(), 1h) << "nobody watches, nothing is asked";
  Written written;
  feed.watch(written.writer(), {});
  EXPECT_TRUE(written.wait_for_end()) << "woken at once, and the table is missing";
}

}  // namespace
}  // namespace tallyman::tests
