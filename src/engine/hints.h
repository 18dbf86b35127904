// Tells the other programs on the order book that there may be work, and hears it from them, so
// that a node that is idle need not wait for its next look. Only hints: whatever breaks here costs
// the delay until that look, is told once, and is tried again.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "domain/base/time.h"
#include "engine/worker.h"
#include "ports/clock.h"
#include "ports/event.h"
#include "ports/hint_line.h"
#include "ports/random.h"
#include "ports/threads.h"

namespace tallyman::engine {

struct HintSettings {
  std::string node_id{};                           // who tells; empty would be heard by everybody
  Micros apart = std::chrono::milliseconds{100};   // between two hints told, and between two heard
  Micros first_pause = std::chrono::seconds{1};    // before a broken line is opened again;
  Micros longest_pause = std::chrono::minutes{1};  // doubled each time up to this
  std::function<void()> on_hint{};                 // there may be work; from any thread
  std::function<void(LogLevel, const std::string&)> log{};  // when something breaks or works again
};

// The pause after so many failures in a row, up to a tenth more by chance (0 to 999): nodes do not
// come back together.
Micros pause_before_opening(const HintSettings& settings, std::int64_t failures,
                            std::uint32_t chance_permille);

class Hints {
 public:
  Hints(WorkerParts parts, HintSettings settings);
  ~Hints();  // as finish()
  Hints(const Hints&) = delete;
  Hints& operator=(const Hints&) = delete;

  // Something was enqueued and committed: the others are told soon, many times as one. From any
  // thread; waits for nothing.
  void tell();
  // From now on; once.
  void hear(std::unique_ptr<ports::HintLine> line);
  // Asks the hearing to end, and waits for nothing.
  void hear_no_more();
  // What is still to be told is told; then it is over.
  void finish();

 private:
  // One direction: says when it breaks and when it works again, once each.
  struct Way {
    std::string broken;
    std::string again;
    bool is_broken = false;  // of its thread
  };
  void keep_telling(const std::stop_token& stop);
  void tell_now();
  void keep_hearing(const std::stop_token& stop);
  void hear_until_broken(const std::stop_token& stop);
  void note_broken(Way& way, const std::string& why) const;
  void note_well(Way& way) const;

  WorkerParts parts_;
  HintSettings settings_;
  Way telling_;
  Way hearing_;
  std::unique_ptr<ports::HintLine> line_;
  std::atomic<bool> is_wanted_ = false;
  ports::Event wanted_;
  std::unique_ptr<ports::Thread> hearer_;  // last: they join before the rest goes
  std::unique_ptr<ports::Thread> teller_;
};

}  // namespace tallyman::engine
