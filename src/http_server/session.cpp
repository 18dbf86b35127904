#include "http_server/session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "http_server/network.h"
#include "http_server/target.h"

namespace tallyman::http_server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::error_code;

constexpr std::size_t kReadAtOnce = 8U << 10U;
constexpr std::size_t kWriteAtOnce = 256U << 10U;
constexpr std::size_t kBufferMost = 128U << 10U;  // read ahead, beside a body being collected
constexpr std::size_t kKeepBuffer = 16U << 10U;   // a larger one is given back between requests
constexpr std::size_t kDiscardMost = 1U << 20U;
constexpr std::size_t kChunkExtensionsMost = 1U << 10U;  // in one request
constexpr std::size_t kStreamInputMost = 64U << 10U;     // what a client may say while it listens
constexpr std::chrono::seconds kLinger{2};
constexpr std::chrono::minutes kSilence{10};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view as_text(const beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

Refusal refusal_for(error_code error) {
  if (error == beast::http::error::body_limit) return {413, "The body is too large."};
  // Trailers and extensions of a chunk must fit the buffer.
  if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
    return {431, "The headers are too large."};
  }
  return {400, "The body is not framed as the headers say."};
}

Reply reply_to(const Hub& hub, Response response, const Asked& asked) {
  for (const auto& [name, value] : hub.options.headers) {
    if (!ports::find_header(response.headers, name)) response.headers.emplace_back(name, value);
  }
  return make_reply(std::move(response), asked, hub.options.on_error);
}

// Runs on a worker. Whatever the handler does, there is a reply.
Reply answer(const Hub& hub, const Request& request, Asked asked) {
  const auto reply_with = [&](Response response) {
    if (hub.draining) asked.keep_alive = false;  // asked late: the handler may have taken long
    return reply_to(hub, std::move(response), asked);
  };
  const auto failed = [&](std::string_view what) {
    hub.options.on_error(fmt::format("{} {} failed: {}", request.method, request.path, what));
    return reply_with(problem_response(500, "Something went wrong here; the log says what."));
  };
  try {
    return reply_with(hub.handler(request));
  } catch (const std::exception& error) {
    return failed(error.what());
  } catch (...) {  // a handler may throw anything; its caller gets a 500 and the log hears of it
    return failed("an exception of unknown type");
  }
}

}  // namespace

Session::Session(Hub& hub, Stream stream, std::string peer)
    : hub_(hub),
      stream_(std::move(stream)),
      peer_(std::move(peer)),
      network_(network_of(peer_)),
      buffer_(kBufferMost) {
  hub_.sessions.insert(this);
  ++hub_.per_peer[network_];
}

Session::~Session() {
  let_large_go();
  if (pipe_) {
    pipe_->close();
    --hub_.streams;
    if (!stream_of_.empty()) Hub::subtract(hub_.streams_of, stream_of_, 1);
  }
  forget_body();
  Hub::subtract(hub_.per_peer, network_, 1);
  hub_.sessions.erase(this);
  if (hub_.sessions.empty() && hub_.on_empty) hub_.on_empty();
}

void Session::start() {
  first_byte_ = std::chrono::steady_clock::now();
  const auto& limits = hub_.options.limits;
  stream_.expires_after(std::min({limits.head, limits.read, limits.idle}));
  read_more_head();
}

void Session::turn_away(const Refusal& refusal) {
  write(reply_to(hub_, problem_response(refusal.status, refusal.why),
                 Asked{.head_only = head_.method == "HEAD", .keep_alive = false}));
}

void Session::drain() {
  if (state_ == State::idle || state_ == State::silent || state_ == State::streaming) drop();
}

void Session::drop() {
  state_ = State::dropped;
  if (pipe_) pipe_->close();
  stream_.close();
}

// Counted from here to the end of the request and not renewed, which is what stops a client that
// sends a byte now and then.
void Session::begin_reading() {
  state_ = State::reading;
  first_byte_ = std::chrono::steady_clock::now();
  stream_.expires_after(std::min(hub_.options.limits.head, hub_.options.limits.read));
}

void Session::next_request() {
  let_large_go();
  parser_.reset();
  head_ = {};
  seen_ = 0;
  if (buffer_.size() > 0) {
    begin_reading();
    return look_at_head();
  }
  state_ = State::idle;
  if (buffer_.capacity() > kKeepBuffer) buffer_.shrink_to_fit();
  stream_.expires_after(hub_.options.limits.idle);
  read_more_head();
}

void Session::read_more_head() {
  stream_.async_read_some(
      buffer_.prepare(std::min(kReadAtOnce, buffer_.max_size() - buffer_.size())),
      [self = shared_from_this()](error_code error, std::size_t received) {
        if (error || self->state_ == State::dropped) return self->drop();
        self->buffer_.commit(received);
        if (self->state_ == State::idle) self->begin_reading();
        self->look_at_head();
      });
}

void Session::look_at_head() {
  const auto end = find_head_end(as_text(buffer_), seen_, hub_.options.limits);
  if (!end) return turn_away(end.error());
  if (*end) return take_head(**end);
  seen_ = buffer_.size();
  read_more_head();
}

void Session::take_head(std::size_t length) {
  auto head = parse_head(as_text(buffer_).substr(0, length), hub_.options.limits);
  if (!head) return turn_away(head.error());
  head_ = std::move(*head);
  stream_.expires_at(first_byte_ + hub_.options.limits.read);
  // The framing is parsed a second time by Beast, which reads the body; ours is the stricter, so
  // both can only agree.
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(hub_.options.limits.head_bytes));
  const std::size_t limit = body_limit();
  const std::size_t body = head_.content_length.value_or(0);
  parser_->body_limit(limit);
  limit_chunk_extensions();
  if (body > limit) return turn_away({413, "The body is too large."});
  if (body > hub_.options.limits.body_bytes) {
    if (hub_.large_bodies >= hub_.options.limits.large_bodies) {
      return turn_away({503, "Others are sending large files; try again in a moment."});
    }
    has_large_ = true;
    ++hub_.large_bodies;
  }
  const bool body_follows = head_.chunked || head_.content_length.value_or(0) > 0;
  if (head_.wants_continue && body_follows && buffer_.size() == length) return send_continue();
  read_body();
}

// A body of unknown length is never a large one.
std::size_t Session::body_limit() const {
  const auto& large = hub_.options.large;
  const std::size_t usual = hub_.options.limits.body_bytes;
  if (!large || head_.chunked) return usual;
  const std::string_view path = std::string_view(head_.target).substr(0, head_.target.find('?'));
  const bool is_there = path == large->path || path.starts_with(large->path + "/");
  return is_there ? std::max(large->bytes, usual) : usual;
}

void Session::let_large_go() {
  if (has_large_) --hub_.large_bodies;
  has_large_ = false;
}

// They carry nothing that anybody uses, and beside each byte of a body there could be thousands.
void Session::limit_chunk_extensions() {
  chunk_extensions_ = 0;
  on_chunk_ = [this](std::uint64_t, std::string_view extensions, error_code& error) {
    chunk_extensions_ += extensions.size();
    if (chunk_extensions_ > kChunkExtensionsMost) error = beast::http::error::header_limit;
  };
  parser_->on_chunk_header(on_chunk_);
}

void Session::send_continue() {
  asio::async_write(stream_, asio::buffer(kContinue),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (error) return self->drop();
                      self->read_body();
                    });
}

// Piece by piece, so that what many send at once can be counted while it comes.
void Session::read_body() {
  parser_->eager(true);
  beast::http::async_read_some(
      stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
        if (error) return self->finish_reading(error);
        if (!self->count_body()) {
          return self->turn_away({503, "Too much is being sent at once; try again later."});
        }
        if (self->parser_->is_done()) return self->finish_reading({});
        self->read_body();
      });
}

bool Session::count_body() {
  const auto& limits = hub_.options.limits;
  const std::size_t size = parser_->get().body().size();
  if (has_large_ || size <= limits.small_body || peer_ == kSocketPeer) return true;
  const std::size_t more = size - std::exchange(counted_body_, size);
  hub_.body_bytes += more;
  const std::size_t of_network = hub_.body_bytes_of[network_] += more;
  return hub_.body_bytes <= limits.bodies_bytes && of_network <= limits.bodies_bytes / 4;
}

void Session::forget_body() {
  const std::size_t size = std::exchange(counted_body_, 0);
  if (size == 0) return;
  hub_.body_bytes -= size;
  Hub::subtract(hub_.body_bytes_of, network_, size);
}

void Session::finish_reading(error_code error) {
  // Only what is wrong with the bytes themselves can be answered; else the client is gone or late.
  const auto& in_the_bytes = make_error_code(beast::http::error::bad_chunk).category();
  const bool cut_short =
      error == beast::http::error::partial_message || error == beast::http::error::end_of_stream;
  if (error && (cut_short || error.category() != in_the_bytes)) return drop();
  if (error) return turn_away(refusal_for(error));
  auto target = parse_target(head_.target);
  if (!target) return turn_away(target.error());
  Asked asked{.head_only = head_.method == "HEAD",
              .accepts_gzip = accepts_gzip(head_.headers),
              .keep_alive = head_.keep_alive};
  work(Request{.method = head_.method,
               .path = std::move(target->path),
               .query = std::move(target->query),
               .headers = std::move(head_.headers),
               .body = std::move(parser_->get().body()),
               .peer = peer_},
       asked);
}

void Session::work(Request request, Asked asked) {
  // Closing cannot call back what was read before: the end of that read still comes. Nobody would
  // hear the answer, so nothing may be done either.
  if (state_ == State::dropped) return;
  state_ = State::working;
  stream_.expires_never();
  const auto& is_at_once = hub_.options.is_at_once;
  if (is_at_once && is_at_once(request)) return write(answer(hub_, request, asked));
  asio::post(hub_.pool, [self = shared_from_this(), request = std::move(request), asked]() mutable {
    Hub& hub = self->hub_;
    Reply reply = answer(hub, request, asked);
    // The session goes back as a whole: it must end on the I/O thread.
    asio::post(hub.io, [self = std::move(self), reply = std::move(reply)]() mutable {
      self->write(std::move(reply));
    });
  });
}

void Session::write(Reply reply) {
  forget_body();
  const auto& limits = hub_.options.limits;
  if (reply.after == AfterReply::stream) {
    if (hub_.streams >= limits.streams) {
      return turn_away({503, "Too many watch already; try again in a moment."});
    }
    if (Hub::count(hub_.streams_of, reply.stream_of) >= limits.streams_of_one) {
      return turn_away({503, "You watch in too many places already; close one of them."});
    }
  }
  reply_ = std::move(reply);
  if (reply_.after == AfterReply::stream) {
    ++hub_.streams;
    stream_of_ = std::move(reply_.stream_of);
    if (!stream_of_.empty()) ++hub_.streams_of[stream_of_];
    // Not the session itself: whoever writes must never be the last to hold it, because it has to
    // end on the I/O thread.
    pipe_ = std::make_shared<Pipe>(hub_, weak_from_this());
  }
  if (reply_.after == AfterReply::silence) {
    state_ = State::silent;
    if (hub_.draining) return drop();
    stream_.expires_after(kSilence);
    return discard_input(kDiscardMost);
  }
  state_ = State::writing;
  stream_.expires_after(hub_.options.limits.write);
  const std::size_t first = std::min(reply_.send_bytes, kWriteAtOnce);
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(reply_.head),
                                                     asio::buffer(reply_.body.data(), first)};
  asio::async_write(stream_, buffers,
                    [self = shared_from_this(), first](error_code error, std::size_t) {
                      if (error) return self->drop();
                      self->write_slice(first);
                    });
}

void Session::write_slice(std::size_t sent) {
  if (sent >= reply_.send_bytes) return written();
  const std::size_t size = std::min(reply_.send_bytes - sent, kWriteAtOnce);
  stream_.expires_after(hub_.options.limits.write);
  asio::async_write(
      stream_, asio::buffer(reply_.body.data() + sent, size),
      [self = shared_from_this(), after = sent + size](error_code error, std::size_t) {
        if (error) return self->drop();
        self->write_slice(after);
      });
}

void Session::written() {
  const bool request_read = parser_ && parser_->is_done();
  Reply reply = std::exchange(reply_, {});
  switch (reply.after) {
    case AfterReply::keep:
      if (hub_.draining) return end(buffer_.size() > 0 ? Linger::yes : Linger::no);
      return next_request();
    case AfterReply::close:
      return end(request_read && buffer_.size() == 0 ? Linger::no : Linger::yes);
    case AfterReply::stream: return begin_stream(std::move(reply.stream));
    case AfterReply::cut:
    case AfterReply::silence: return drop();
  }
}

void Session::begin_stream(StreamBegin begin) {
  if (hub_.draining) return drop();
  state_ = State::streaming;
  stream_.expires_never();
  buffer_.clear();
  await_client_end(kStreamInputMost);
  asio::post(hub_.pool, [&hub = hub_, begin = std::move(begin), pipe = pipe_] {
    try {
      begin(pipe);
    } catch (const std::exception& error) {
      hub.options.on_error(fmt::format("a stream did not begin: {}", error.what()));
      pipe->end();
    }
  });
}

// Nothing is expected from a client that listens; that its end comes is noticed here.
void Session::await_client_end(std::size_t budget) {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kReadAtOnce),
                          [self = shared_from_this(), budget](error_code error, std::size_t got) {
                            if (error || got >= budget) return self->drop();
                            self->await_client_end(budget - got);
                          });
}

void Session::send_from_pipe() {
  if (state_ != State::streaming) return;
  if (pipe_->has_overflowed()) return drop();  // also when what is being sent does not get away
  if (sending_) return;
  switch (pipe_->take(sending_)) {
    case Pipe::Next::bytes: break;
    case Pipe::Next::nothing_yet: return;
    case Pipe::Next::end: return end(Linger::no);
  }
  stream_.expires_after(hub_.options.limits.write);
  asio::async_write(stream_, asio::buffer(*sending_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (error) return self->drop();
                      self->pipe_->sent(self->sending_->size());
                      self->sending_.reset();
                      self->send_from_pipe();
                    });
}

// Closing while input is unread makes the kernel reset the connection, and the client may lose the
// answer it was just given: so its input is taken and thrown away for a moment.
void Session::end(Linger linger) {
  state_ = State::ending;
  error_code ignored;  // the client may be gone already, which is as good
  std::ignore = stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  if (linger == Linger::no) return drop();
  stream_.expires_after(kLinger);
  discard_input(kDiscardMost);
}

void Session::discard_input(std::size_t budget) {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kReadAtOnce),
                          [self = shared_from_this(), budget](error_code error, std::size_t got) {
                            if (error || got >= budget) return self->drop();
                            self->discard_input(budget - got);
                          });
}

}  // namespace tallyman::http_server
