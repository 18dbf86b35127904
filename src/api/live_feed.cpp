#include "api/live_feed.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "api/json.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;
using http_server::stream_text;
using http_server::StreamText;

constexpr Micros kNobodyWatches = std::chrono::hours{24};
constexpr std::string_view kProgress = "job.progress";

// The form of the HTML standard. A line end inside the data would end it: such data goes as lines.
StreamText event_text(std::int64_t id, std::string_view kind, std::string_view data) {
  std::string text = fmt::format("id: {}\nevent: {}\n", id, kind);
  while (true) {
    const auto end = data.find('\n');
    text += fmt::format("data: {}\n", data.substr(0, end));
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + 1);
  }
  return stream_text(text + "\n");
}

bool wants(const Watch& watch, std::string_view kind) {
  if (watch.topics.empty()) return true;
  return std::ranges::any_of(watch.topics, [&](std::string_view topic) {
    return kind.starts_with(topic) && (kind.size() == topic.size() || kind[topic.size()] == '.');
  });
}

std::string job_of(const views::LiveEvent& event) {
  json::error_code error;
  const auto data = json::parse(event.data, error);
  const auto* object = error ? nullptr : data.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("job_id");
  return id == nullptr ? std::to_string(event.id) : json::serialize(*id);
}

// Of several progress events of one job only the last says something: with one look every 250 ms a
// job is told of at most four times a second, and its last one is always among them.
void drop_outrun_progress(std::vector<views::LiveEvent>& events) {
  std::map<std::string, std::int64_t> last;
  for (const auto& event : events) {
    if (event.kind == kProgress) last[job_of(event)] = event.id;
  }
  if (last.empty()) return;
  std::erase_if(events, [&](const views::LiveEvent& event) {
    return event.kind == kProgress && last.at(job_of(event)) != event.id;
  });
}

}  // namespace

// What one read transaction brought.
struct LiveFeed::Look {
  Micros at{};  // by our steady clock
  views::LiveNews news{};
  std::optional<views::LiveStart> start{};  // when this is the first one
  std::vector<Missed> missed{};             // one per fresh watcher
  std::vector<std::size_t> shut_out{};      // watchers who may not watch any more
};

LiveFeed::LiveFeed(ports::Database& database, ports::Clock& clock, ports::Threads& threads,
                   std::string build, LiveFeedRules rules)
    : database_(database),
      clock_(clock),
      threads_(threads),
      build_(std::move(build)),
      rules_(rules) {}

LiveFeed::~LiveFeed() {
  thread_.reset();
  end_all();
}

void LiveFeed::start() {
  thread_ = threads_.start("live feed", [this](const std::stop_token& stop) { loop(stop); });
}

void LiveFeed::watch(http_server::OpenStream writer, Watch watch) {
  {
    const std::lock_guard lock(mutex_);
    joining_.push_back(
        {.writer = std::move(writer), .watch = std::move(watch), .next_comment = {}, .until = {}});
  }
  wake_.set();
}

void LiveFeed::loop(const std::stop_token& stop) {
  Micros length{};
  do {
    take_joining();
    if (watchers_.empty()) {
      arrivals_.reset();  // what happens while nobody watches is nobody's news
    } else {
      look_once();
      keep_up();
    }
    length = watchers_.empty() ? kNobodyWatches : rules_.poll;
  } while (clock_.wait(length, stop, &wake_) != ports::WaitEnd::stopped);
  take_joining();
  end_all();
}

void LiveFeed::take_joining() {
  const std::lock_guard lock(mutex_);
  fresh_ = joining_.size();
  for (auto& watcher : joining_) {
    watcher.next_comment = clock_.steady() + rules_.comment;
    watcher.until = clock_.steady() + rules_.longest;
    watcher.next_check = clock_.steady() + rules_.recheck;
    watchers_.push_back(std::move(watcher));
  }
  joining_.clear();
}

// The replays are read behind the news and in the same transaction, so that nothing falls between
// what a fresh watcher missed and what it is told from now on.
LiveFeed::Look LiveFeed::read() {
  const Micros now = clock_.steady();
  return ports::transact(database_, ports::TxMode::read, [&](ports::Tx& tx) {
    Look look{.at = now};
    if (arrivals_) {
      look.news = views::live_news(tx, arrivals_->settled(), rules_.at_once);
    } else {
      look.start = views::live_start(tx, rules_.late, rules_.at_once);
    }
    for (auto i = watchers_.size() - fresh_; i < watchers_.size(); ++i) {
      const auto& last = watchers_[i].watch.last_id;
      look.missed.push_back(last ? views::live_missed(tx, *last, rules_.late, rules_.at_once)
                                 : std::vector<views::LiveEvent>{});
    }
    for (std::size_t i = 0; i < watchers_.size(); ++i) {
      const auto& watcher = watchers_[i];
      if (now < watcher.next_check || !watcher.watch.still_let_in) continue;
      if (!watcher.watch.still_let_in(tx)) look.shut_out.push_back(i);
    }
    return look;
  });
}

void LiveFeed::look_once() {
  Look look;
  try {
    look = read();
  } catch (const ports::DbFailure&) {
    // Nobody must believe to be up to date. They come back with the last id they have seen; who
    // comes while the database is away is told so by the request itself.
    return end_all();
  }
  let_in_only(look);
  const Micros now = clock_.steady();
  if (look.start) {
    const auto& late = look.start->late;
    newest_ = look.start->newest;
    arrivals_.emplace(late.empty() ? newest_ : late.front().id - 1);
    for (const auto& event : late) arrivals_->note(event.id, now);
  }
  auto& events = look.news.events;
  std::erase_if(events, [&](const auto& event) { return !arrivals_->note(event.id, now); });
  // More than one look may hold: then nobody waits for what might be missing among them.
  arrivals_->settle(now, look.news.cut ? Micros{0} : rules_.late);
  for (const auto& event : events) newest_ = std::max(newest_, event.id);
  drop_outrun_progress(events);
  for (const auto& event : events) tell_old_watchers(event);
  for (std::size_t i = 0; i < look.missed.size(); ++i) {
    welcome(watchers_[watchers_.size() - fresh_ + i], look.missed[i]);
  }
  fresh_ = 0;
}

// First of all: who is shut out is told nothing more.
void LiveFeed::let_in_only(const Look& look) {
  for (auto& watcher : watchers_) {
    if (look.at >= watcher.next_check) watcher.next_check = look.at + rules_.recheck;
  }
  for (const auto i : look.shut_out) {
    watchers_[i].writer->end();
    watchers_[i].is_gone = true;
  }
}

void LiveFeed::tell_old_watchers(const views::LiveEvent& event) {
  const auto text = event_text(event.id, event.kind, event.data);
  for (std::size_t i = 0; i < watchers_.size() - fresh_; ++i) {
    if (wants(watchers_[i].watch, event.kind)) watchers_[i].say(text);
  }
}

// The id of the greeting is what a client comes back with that has heard nothing else: its own last
// one as long as the replay has not gone through.
void LiveFeed::welcome(Watcher& watcher, const Missed& missed) {
  const std::int64_t id = missed ? watcher.watch.last_id.value_or(newest_) : newest_;
  const json::object hello{{"build", build_}, {"now", to_text(clock_.now())}};
  watcher.say(stream_text("retry: 3000\n"));
  watcher.say(event_text(id, "hello", json::serialize(hello)));
  if (!missed) return watcher.say(event_text(id, "reset", "{}"));
  for (const auto& event : *missed) {
    if (wants(watcher.watch, event.kind)) {
      watcher.say(event_text(event.id, event.kind, event.data));
    }
  }
}

void LiveFeed::keep_up() {
  const Micros now = clock_.steady();
  for (auto& watcher : watchers_) {
    if (now >= watcher.until) {
      watcher.say(stream_text("retry: 100\n\n"));  // come back at once
      watcher.writer->end();
      watcher.is_gone = true;
    } else if (now >= watcher.next_comment) {
      watcher.say(stream_text(":\n\n"));
      watcher.next_comment = now + rules_.comment;
    }
  }
  std::erase_if(watchers_, [](const Watcher& watcher) { return watcher.is_gone; });
}

void LiveFeed::end_all() {
  for (auto& watcher : watchers_) watcher.writer->end();
  watchers_.clear();
  fresh_ = 0;
  arrivals_.reset();
}

void LiveFeed::Watcher::say(const StreamText& text) {
  if (!is_gone && !writer->write(text)) is_gone = true;
}

}  // namespace tallyman::api
