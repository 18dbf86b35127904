// A client that sends exactly the bytes it is given, right or wrong, and shows what came back.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tallyman::http_server::wire {

struct Answer {
  int status = 0;  // 0: the connection ended without an answer
  std::string head;
  std::string body;

  std::string header(std::string_view name) const;  // empty when absent
};

class Wire {
 public:
  // `from`: the address of our own end.
  explicit Wire(std::uint16_t port, const std::string& address = "127.0.0.1",
                const std::string& from = "");
  explicit Wire(const std::string& unix_path);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void send(std::string_view bytes) const;      // a peer that has gone is no error
  bool try_send(std::string_view bytes) const;  // false: it has gone
  // The next answer, by its Content-Length; `head_only` for the answer to a HEAD.
  Answer read();
  Answer read_head_only();
  Answer ask(std::string_view bytes) {
    send(bytes);
    return read();
  }
  // Everything until the peer ends the connection. Fails the test when it stays
  // open for two minutes.
  std::string read_to_end();
  // Everything up to and with `mark`; empty when the peer ends the connection before it.
  std::string read_through(std::string_view mark);
  // Sends `bytes` one by one, a pause between them, until the peer hangs up; false when all were
  // sent and it did not.
  bool trickle(std::string_view bytes, std::chrono::milliseconds pause);
  bool is_closed_within(std::chrono::milliseconds time);
  bool has_answer_within(std::chrono::milliseconds time);
  void reset();  // drops the connection so that the peer sees an error

 private:
  bool receive();
  Answer read_answer(std::size_t body_at_least);

  int fd_ = -1;
  std::string received_;
};

}  // namespace tallyman::http_server::wire
