// What happened, told to everybody who watches (server-sent events, ux.md §3.5). One thread of the
// program reads the table of events while somebody watches, and hands each event to all; a watcher
// costs a connection and no thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "domain/work/arrivals.h"
#include "http_server/message.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/event.h"
#include "ports/threads.h"
#include "views/live.h"

namespace tallyman::api {

struct LiveFeedRules {
  Micros poll = std::chrono::milliseconds{250};
  Micros comment = std::chrono::seconds{15};  // so that a dead connection is noticed
  // An event may be committed that much later than one with a greater id (design §4). A transaction
  // that takes longer than that is none of ours: they have a limit of 10 s.
  Micros late = std::chrono::seconds{30};
  // How often is asked whether who watches still may. A stream ends less than 15 s after its
  // session, token or role did.
  Micros recheck = std::chrono::seconds{10};
  // Then the stream ends and the page asks again.
  Micros longest = std::chrono::minutes{15};
  std::int64_t at_once = 2000;  // events of one look, or of one replay
};

struct Watch {
  std::vector<std::string> topics{};               // "job", "order.changed"; none: everything
  std::optional<std::int64_t> last_id{};           // the last event this watcher has seen
  std::function<bool(ports::Tx&)> still_let_in{};  // none: whoever watches may go on
};

class LiveFeed {
 public:
  // `build`: told to every watcher, so that a page notices that it is of another version.
  LiveFeed(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
           std::string build, LiveFeedRules rules = {});
  ~LiveFeed();  // ends all streams
  LiveFeed(const LiveFeed&) = delete;
  LiveFeed& operator=(const LiveFeed&) = delete;

  void start();

  // From now on the watcher is told everything, until one side ends it.
  void watch(http_server::OpenStream writer, Watch watch);

 private:
  struct Watcher {
    http_server::OpenStream writer;
    Watch watch;
    Micros next_comment{};
    Micros until{};
    Micros next_check{};
    bool is_gone = false;

    void say(const http_server::StreamText& text);
  };
  using Missed = std::optional<std::vector<views::LiveEvent>>;
  struct Look;

  void loop(const std::stop_token& stop);
  void take_joining();
  void look_once();
  Look read();
  void let_in_only(const Look& look);
  void tell_old_watchers(const views::LiveEvent& event);
  void welcome(Watcher& watcher, const Missed& missed);
  void keep_up();
  void end_all();

  ports::Database& database_;
  ports::Clock& clock_;
  ports::Threads& threads_;
  const std::string build_;
  const LiveFeedRules rules_;
  ports::Event wake_;
  std::mutex mutex_;
  std::vector<Watcher> joining_;  // under mutex_; the rest belongs to the thread
  std::vector<Watcher> watchers_;
  std::size_t fresh_ = 0;  // the last so many of them have not been welcomed yet
  std::optional<work::Arrivals> arrivals_;
  std::int64_t newest_ = 0;
  std::unique_ptr<ports::Thread> thread_;  // last: joins before the rest goes
};

}  // namespace tallyman::api
