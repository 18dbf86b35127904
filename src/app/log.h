// The log for operators: one line per event on standard error, as JSON or as text. What happened to
// an order is an order event in the book, not a line here. There is no way to pass a Secret or a
// Pii: a field is a pair of texts.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/config.h"
#include "domain/base/time.h"
#include "ports/clock.h"
#include "ports/http.h"

namespace tallyman::app {

// Both parts are escaped: whatever a partner sent stays on its line.
using LogField = std::pair<std::string_view, std::string_view>;
using LogFields = std::initializer_list<LogField>;

// Writes one line, without its newline. Called by one thread at a time.
using LogSink = std::function<void(LogLevel level, std::string_view line)>;

// May be used by several threads at once.
class Log {
 public:
  // To standard error; `automatic` is text when that is a terminal. `clock` must outlive the log.
  Log(const LogConfig& config, ports::Clock& clock);
  // To `sink`; `automatic` is JSON.
  Log(const LogConfig& config, ports::Clock& clock, LogSink sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // `event` is a short constant sentence, the same for every such event: "sync run ended".
  void error(std::string_view event, LogFields fields = {}) {
    write(LogLevel::error, event, fields);
  }
  void warning(std::string_view event, LogFields fields = {}) {
    write(LogLevel::warning, event, fields);
  }
  void info(std::string_view event, LogFields fields = {}) { write(LogLevel::info, event, fields); }
  void debug(std::string_view event, LogFields fields = {}) {
    write(LogLevel::debug, event, fields);
  }

  void write(LogLevel level, std::string_view event, LogFields fields);

 private:
  struct Output;
  ports::Clock& clock_;
  std::unique_ptr<Output> output_;
};

// {"at":"…","level":"info","event":"…","key":"value"}; one line, valid JSON whatever the bytes:
// control characters and U+2028/9 are escaped, bytes that are not UTF-8 become U+FFFD.
std::string json_line(Instant at, LogLevel level, std::string_view event, LogFields fields);

// "06:30:00 info  event  key=value key="two words""; control characters as \n or \u001b.
std::string text_line(Instant at, LogLevel level, std::string_view event, LogFields fields);

// Puts every HTTP call into the log at debug: method, host, path, status, bytes, time.
class CallLog final : public ports::CallObserver {
 public:
  explicit CallLog(Log& log) : log_(log) {}
  void called(const ports::CallRecord& record) override;

 private:
  Log& log_;
};

}  // namespace tallyman::app
