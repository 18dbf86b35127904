// What the other programs on an order book tell this one: "there may be work". A hint only, which
// may get lost or come for nothing: whoever waits for work looks by himself as well.
#pragma once

#include <stop_token>

namespace tallyman::ports {

enum class HintEnd { heard, stopped };

// Used by one thread.
class HintLine {
 public:
  virtual ~HintLine() = default;
  // Connects, anew where it was connected before. Throws DbFailure.
  virtual void open() = 0;
  // Waits until another program told something; all that was told by then counts as one. Throws
  // DbFailure when the line is broken, or was never opened.
  virtual HintEnd wait(const std::stop_token& stop) = 0;
};

}  // namespace tallyman::ports
