// A few words on top of RapidJSON's Writer. Included by the files that write JSON, by no header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <rapidjson/writer.h>

#include "sandbox/shipstation/order.h"

namespace tallyman::sandbox {

// Writes into a std::string that already holds other text.
class StringOut {
 public:
  using Ch = char;
  explicit StringOut(std::string& text) : text_(text) {}
  void Put(char c) { text_.push_back(c); }
  void Flush() {}

 private:
  std::string& text_;
};

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : stream_(out), writer_(stream_) {}

  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }
  // NOLINTBEGIN(bugprone-suspicious-stringview-data-usage): the length goes with it
  void key(std::string_view name) { writer_.Key(name.data(), length(name)); }
  void null() { writer_.Null(); }
  void text(std::string_view value) { writer_.String(value.data(), length(value)); }
  // NOLINTEND(bugprone-suspicious-stringview-data-usage)
  void whole(std::int64_t value) { writer_.Int64(value); }
  void flag(bool value) { writer_.Bool(value); }
  // JSON text that is written already.
  void raw(std::string_view json, rapidjson::Type type) {
    writer_.RawValue(json.data(), json.size(), type);
  }
  // 3999 → 39.99
  void decimal(std::int64_t hundredths) {
    const auto magnitude = hundredths < 0 ? -hundredths : hundredths;
    raw(fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", magnitude / 100, magnitude % 100),
        rapidjson::kNumberType);
  }

  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, const std::string& value) { key(name), text(value); }
  void member(std::string_view name, const Text& value) {
    key(name);
    value ? text(*value) : null();
  }
  void member(std::string_view name, std::int64_t value) { key(name), whole(value); }
  void member(std::string_view name, const std::optional<std::int64_t>& value) {
    key(name);
    value ? whole(*value) : null();
  }
  void member_flag(std::string_view name, bool value) { key(name), flag(value); }
  void member_null(std::string_view name) { key(name), null(); }
  void member_decimal(std::string_view name, std::int64_t hundredths) {
    key(name), decimal(hundredths);
  }

 private:
  static rapidjson::SizeType length(std::string_view value) {
    return static_cast<rapidjson::SizeType>(value.size());
  }
  StringOut stream_;
  rapidjson::Writer<StringOut> writer_;
};

}  // namespace tallyman::sandbox
