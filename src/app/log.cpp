#include "app/log.h"

#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace tallyman::app {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::error: return spdlog::level::err;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::debug: return spdlog::level::debug;
  }
  return spdlog::level::info;
}

LogLevel from_spdlog(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return LogLevel::error;
  if (level == spdlog::level::warn) return LogLevel::warning;
  if (level == spdlog::level::info) return LogLevel::info;
  return LogLevel::debug;
}

std::string_view word(LogLevel level) {
  switch (level) {
    case LogLevel::error: return "error";
    case LogLevel::warning: return "warning";
    case LogLevel::info: return "info";
    case LogLevel::debug: return "debug";
  }
  return "info";
}

class SinkToFunction final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit SinkToFunction(LogSink write) : write_(std::move(write)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    write_(from_spdlog(message.level), {message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

 private:
  LogSink write_;
};

// ------------------------------------------------------------------------------------ text
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

// The code point at the front, or none when the bytes are not UTF-8 (overlong forms, surrogates).
std::optional<CodePoint> front_code_point(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto lead = byte(0);
  if (lead < 0x80U) return CodePoint{lead, 1};
  std::size_t bytes = 2;
  if (lead >= 0xE0U) bytes = 3;
  if (lead >= 0xF0U) bytes = 4;
  if (lead < 0xC2U || lead > 0xF4U || text.size() < bytes) return std::nullopt;
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::size_t at = 1; at < bytes; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte(at) & 0x3FU);
  }
  const bool overlong = (bytes == 3 && value < 0x800U) || (bytes == 4 && value < 0x10000U);
  const bool surrogate = value >= 0xD800U && value <= 0xDFFFU;
  if (overlong || surrogate || value > 0x10FFFFU) return std::nullopt;
  return CodePoint{value, bytes};
}

// Anything that could end a line, move a terminal's cursor or turn the reading direction.
bool is_unprintable(char32_t value) {
  return value < 0x20U || (value >= 0x7FU && value <= 0x9FU) || value == 0x2028U ||
         value == 0x2029U || (value >= 0x202AU && value <= 0x202EU) ||
         (value >= 0x2066U && value <= 0x2069U);
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto point = front_code_point(text);
    if (!point) {
      out += "\xEF\xBF\xBD";  // U+FFFD
      text.remove_prefix(1);
      continue;
    }
    if (point->value == '"' || point->value == '\\') {
      out += '\\';
      out += text.front();
    } else if (point->value == '\n') {
      out += "\\n";
    } else if (point->value == '\t') {
      out += "\\t";
    } else if (is_unprintable(point->value)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}",
                     static_cast<std::uint32_t>(point->value));
    } else {
      out += text.substr(0, point->bytes);
    }
    text.remove_prefix(point->bytes);
  }
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.empty() ? "{\"" : ",\"";
  append_escaped(out, name);
  out += "\":\"";
  append_escaped(out, value);
  out += '"';
}

bool is_one_word(std::string_view text) {
  return !text.empty() && text.find_first_of(" =\"\\") == std::string_view::npos;
}

}  // namespace

struct Log::Output {
  Output(const LogConfig& config, bool text, spdlog::sink_ptr sink)
      : text_lines(text), logger("tallyman", std::move(sink)) {
    logger.set_pattern("%v");
    logger.set_level(to_spdlog(config.level));
    logger.flush_on(spdlog::level::debug);
  }
  bool text_lines;
  spdlog::logger logger;
};

namespace {

bool is_text(const LogConfig& config) {
  return config.format == LogFormat::text ||
         (config.format == LogFormat::automatic && ::isatty(STDERR_FILENO) == 1);
}

spdlog::sink_ptr standard_error() {
  // spdlog lets loggers share a sink; nobody else holds this one.
  return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}
spdlog::sink_ptr function_sink(LogSink sink) {
  // Shared for the same reason.
  return std::make_shared<SinkToFunction>(std::move(sink));
}

}  // namespace

Log::Log(const LogConfig& config, ports::Clock& clock)
    : clock_(clock), output_(std::make_unique<Output>(config, is_text(config), standard_error())) {}

Log::Log(const LogConfig& config, ports::Clock& clock, LogSink sink)
    : clock_(clock),
      output_(std::make_unique<Output>(config, config.format == LogFormat::text,
                                       function_sink(std::move(sink)))) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view event, LogFields fields) {
  const auto severity = to_spdlog(level);
  if (!output_->logger.should_log(severity)) return;
  const auto at = clock_.now();
  const auto line = output_->text_lines ? text_line(at, level, event, fields)
                                        : json_line(at, level, event, fields);
  output_->logger.log(severity, spdlog::string_view_t(line.data(), line.size()));
}

std::string json_line(Instant at, LogLevel level, std::string_view event, LogFields fields) {
  std::string out;
  append_member(out, "at", to_text(at));
  append_member(out, "level", word(level));
  append_member(out, "event", event);
  for (const auto& [name, value] : fields) append_member(out, name, value);
  return out + '}';
}

std::string text_line(Instant at, LogLevel level, std::string_view event, LogFields fields) {
  auto out = fmt::format("{} {:<7} ", to_text(at).substr(11, 8), word(level));
  append_escaped(out, event);
  for (const auto& [name, value] : fields) {
    out += "  ";
    append_escaped(out, name);
    out += '=';
    if (!is_one_word(value)) out += '"';
    append_escaped(out, value);
    if (!is_one_word(value)) out += '"';
  }
  return out;
}

void CallLog::called(const ports::CallRecord& record) {
  const auto status = std::to_string(record.status);
  const auto bytes = std::to_string(record.bytes_received);
  const auto took = std::to_string(record.took.count());
  log_.debug("http call", {{"method", ports::word(record.method)},
                           {"host", record.host},
                           {"path", record.path},
                           {"status", status},
                           {"failed", record.failed ? ports::word(*record.failed) : "no"},
                           {"bytes", bytes},
                           {"took_us", took}});
}

}  // namespace tallyman::app
