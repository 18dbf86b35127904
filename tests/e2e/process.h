// A program started by a test, with pipes on its output. Everything waits with poll() for something
// to happen and gives up at a deadline; nothing sleeps.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::tests {

using Environment = std::map<std::string, std::string>;
using Milliseconds = std::chrono::milliseconds;

inline constexpr Milliseconds kPatience{120'000};  // a hang ends here; nothing is measured by it

struct Ended {
  int code = 0;  // exit status, or minus the signal that ended it
  std::string out;
  std::string error;
  long peak_kib = 0;  // of memory; at least that of the program that started it
};

class Process {
 public:
  // Starts words[0], found in PATH. It dies with this test program. Throws std::runtime_error.
  Process(const std::vector<std::string>& words, const Environment& environment);
  // Kills it when it still runs.
  ~Process();
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;

  // Whether it ended by itself before `limit` was over.
  bool ends_within(Milliseconds limit);
  // Waits for its end; throws when it does not come.
  Ended wait();
  // kill -9, then wait().
  Ended kill();
  // Reads until `text` has been written; answers the rest of its line. Throws when it ends first.
  std::string wait_for_error(std::string_view text);
  std::string wait_for_out(std::string_view text);

  const std::string& out() const { return streams_[0].text; }
  const std::string& error() const { return streams_[1].text; }

 private:
  struct Stream {
    int fd = -1;
    std::string text;
  };
  // Waits until something happened; false at the deadline.
  bool step(std::chrono::steady_clock::time_point deadline);
  std::string wait_for(const Stream& stream, std::string_view text);
  void drain();
  void close_all();

  pid_t pid_ = -1;
  int end_ = -1;  // readable once the process has ended
  bool ended_ = false;
  int code_ = 0;
  long peak_kib_ = 0;
  Stream streams_[2];
};

}  // namespace tallyman::tests
