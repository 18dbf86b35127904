#include "http_server/pipe.h"

#include <utility>

#include <boost/asio/post.hpp>

#include "http_server/session.h"

namespace tallyman::http_server {

Pipe::Pipe(Hub& hub, std::weak_ptr<Session> session)
    : hub_(&hub), session_(std::move(session)), most_bytes_(hub.options.limits.stream_backlog) {}

bool Pipe::write(const StreamText& text) {
  const std::lock_guard lock(mutex_);
  if (hub_ == nullptr || ended_ || overflowed_) return false;
  overflowed_ = waiting_bytes_ + text->size() > most_bytes_;
  if (!overflowed_) {
    waiting_.push_back(text);
    waiting_bytes_ += text->size();
  }
  wake_session();
  return !overflowed_;
}

void Pipe::end() {
  const std::lock_guard lock(mutex_);
  if (hub_ == nullptr || ended_) return;
  ended_ = true;
  wake_session();
}

// Under the lock: as long as the pipe is not closed, its session and with it the hub are there.
void Pipe::wake_session() {
  boost::asio::post(hub_->io, [weak = session_] {
    if (const auto session = weak.lock()) session->send_from_pipe();
  });
}

Pipe::Next Pipe::take(StreamText& bytes) {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return ended_ ? Next::end : Next::nothing_yet;
  bytes = std::move(waiting_.front());
  waiting_.pop_front();
  return Next::bytes;
}

void Pipe::sent(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  waiting_bytes_ -= bytes;
}

bool Pipe::has_overflowed() {
  const std::lock_guard lock(mutex_);
  return overflowed_;
}

void Pipe::close() {
  const std::lock_guard lock(mutex_);
  hub_ = nullptr;
  waiting_.clear();
}

}  // namespace tallyman::http_server
