// Between those who write a stream and the connection that sends it: a queue with a limit.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "http_server/message.h"

namespace tallyman::http_server {

struct Hub;
class Session;

class Pipe final : public StreamWriter {
 public:
  Pipe(Hub& hub, std::weak_ptr<Session> session);

  bool write(const StreamText& text) override;
  void end() override;

  // For the session, on the I/O thread.
  enum class Next { bytes, nothing_yet, end };
  Next take(StreamText& bytes);
  void sent(std::size_t bytes);
  bool has_overflowed();  // more is waiting than the client may leave lying
  void close();           // the connection is gone: nothing is taken any more

 private:
  void wake_session();

  std::mutex mutex_;
  Hub* hub_;  // none once closed: the server may be gone by then
  std::weak_ptr<Session> session_;
  std::deque<StreamText> waiting_;
  std::size_t waiting_bytes_ = 0;  // with those being sent
  std::size_t most_bytes_;
  bool ended_ = false;
  bool overflowed_ = false;
};

}  // namespace tallyman::http_server
