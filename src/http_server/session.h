// One connection: read a request, have it answered, write, again. All of it runs on the I/O
// thread, but for the handler.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http_server/head.h"
#include "http_server/hub.h"
#include "http_server/pipe.h"
#include "http_server/reply.h"

namespace tallyman::http_server {

using Stream = boost::beast::basic_stream<boost::asio::generic::stream_protocol,
                                          boost::asio::io_context::executor_type>;

// Shared, because each pending operation of Asio owns the session until it is called back; the
// last of them to end destroys it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Hub& hub, Stream stream, std::string peer);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  void turn_away(const Refusal& refusal);  // answers this, whatever is asked, and closes
  void drain();                            // closes at once when nothing is being answered
  void drop();                             // closes whatever happens

 private:
  enum class State { idle, reading, working, writing, streaming, silent, ending, dropped };
  enum class Linger { no, yes };
  friend class Pipe;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void begin_reading();
  void next_request();
  void read_more_head();
  void look_at_head();
  void take_head(std::size_t length);
  std::size_t body_limit() const;
  void let_large_go();
  void limit_chunk_extensions();
  void send_continue();
  void read_body();
  bool count_body();  // false: there is no room for more of it
  void forget_body();
  void finish_reading(boost::beast::error_code error);
  void work(Request request, Asked asked);
  void write(Reply reply);
  void write_slice(std::size_t sent);
  void written();
  void discard_input(std::size_t budget);
  void begin_stream(StreamBegin begin);
  void await_client_end(std::size_t budget);
  void send_from_pipe();
  void end(Linger linger);

  Hub& hub_;
  Stream stream_;
  std::string peer_;
  std::string network_;  // of the peer: what it is counted by
  boost::beast::flat_buffer buffer_;
  std::size_t seen_ = 0;  // bytes of the buffer in which no end of head was found
  std::optional<Parser> parser_;
  Head head_;
  Reply reply_;
  State state_ = State::idle;
  std::chrono::steady_clock::time_point first_byte_;  // of the request being read
  std::size_t chunk_extensions_ = 0;                  // bytes of them in this request
  std::function<void(std::uint64_t, std::string_view, boost::beast::error_code&)> on_chunk_;
  bool has_large_ = false;        // its body is one of Hub::large_bodies
  std::size_t counted_body_ = 0;  // bytes of the body that stand in the hub's budget
  std::string stream_of_;
  std::shared_ptr<Pipe> pipe_;  // shared with whoever writes the stream
  StreamText sending_;
};

}  // namespace tallyman::http_server
