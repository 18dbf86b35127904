#include "adapters/shipstation/json_read.h"

#include <charconv>
#include <limits>
#include <utility>

#include "adapters/shipstation/json_text.h"
#include "adapters/shipstation/times.h"

namespace tallyman::shipstation {

namespace {

using Type = simdjson::ondemand::json_type;

constexpr std::size_t kLongestShownNumber = 24;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// True when the value is of the wanted type; null is neither that nor a problem.
bool is(Reading& reading, Value& value, Type wanted) {
  const auto type = type_of(reading, value);
  if (!type || *type == Type::null) return false;
  if (*type == wanted) return true;
  reading.fail("expected " + std::string{type_word(wanted)} + ", got " +
               std::string{type_word(*type)});
  return false;
}

std::string_view token(Value& value) { return trimmed(value.raw_json_token()); }

// Numbers are not personal; they help to find the cause.
std::string shown(std::string_view number) {
  if (number.size() > kLongestShownNumber) return "a longer one";
  return std::string{number};
}

std::optional<std::int64_t> whole_number(std::string_view number) {
  const auto point = number.find('.');
  if (point != std::string_view::npos) {
    if (number.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
    number = number.substr(0, point);
  }
  std::int64_t whole = 0;
  const auto* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, whole);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return whole;
}

template <class T>
std::optional<T> kept(Reading& reading, Result<T> result) {
  if (result) return std::move(*result);
  reading.fail(result.error().what);
  return std::nullopt;
}

}  // namespace

void Reading::fail(std::string_view what) {
  if (problem_) return;
  std::string text;
  for (const auto& step : path_) {
    if (const auto* index = std::get_if<std::size_t>(&step)) {
      text += "[" + std::to_string(*index) + "]";
    } else {
      if (!text.empty()) text += '.';
      text += std::get<std::string_view>(step);
    }
  }
  if (!text.empty()) text += ": ";
  problem_ = text.append(what);
}

std::string_view type_word(Type type) {
  switch (type) {
    case Type::array: return "a list";
    case Type::object: return "an object";
    case Type::number: return "a number";
    case Type::string: return "text";
    case Type::boolean: return "true or false";
    case Type::null: return "null";
  }
  return "?";
}

std::optional<Type> type_of(Reading& reading, Value& value) {
  Type type{};
  if (value.type().get(type) == simdjson::SUCCESS) return type;
  reading.fail("cannot be read");
  return std::nullopt;
}

std::optional<std::string> read_text(Reading& reading, Value value) {
  if (!is(reading, value, Type::string)) return std::nullopt;
  const std::string_view raw = token(value);
  std::string_view view;
  // The library refuses a lone half of a character pair; a cut-off emoji must not stop an order.
  std::string text = value.get_string().get(view) == simdjson::SUCCESS ? std::string{view}
                                                                       : unescaped_loosely(raw);
  if (text.find('\0') != std::string::npos) {
    reading.fail("holds a NUL character");
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> read_filled_text(Reading& reading, Value value) {
  const auto text = read_text(reading, value);
  if (!text || trimmed(*text).empty()) return std::nullopt;
  return std::string{trimmed(*text)};
}

std::optional<std::int64_t> read_whole(Reading& reading, Value value) {
  if (!is(reading, value, Type::number)) return std::nullopt;
  const auto whole = whole_number(token(value));
  if (!whole) reading.fail("expected a whole number, got " + shown(token(value)));
  return whole;
}

std::optional<std::int64_t> read_quantity(Reading& reading, Value value) {
  using Limits = std::numeric_limits<std::int32_t>;
  const auto count = read_whole(reading, value);
  if (!count || (*count >= Limits::min() && *count <= Limits::max())) return count;
  reading.fail("expected a count, got " + std::to_string(*count));
  return std::nullopt;
}

std::optional<std::int64_t> read_id(Reading& reading, Value value) {
  const auto id = read_whole(reading, value);
  if (!id || *id == 0) return std::nullopt;
  if (*id < 0) {
    reading.fail("expected an id, got " + std::to_string(*id));
    return std::nullopt;
  }
  return id;
}

std::optional<Money> read_money(Reading& reading, Value value) {
  if (!is(reading, value, Type::number)) return std::nullopt;
  const auto money = money_from_decimal(token(value));
  if (!money) reading.fail(money.error().what + ", got " + shown(token(value)));
  return money ? std::optional{*money} : std::nullopt;
}

bool read_flag(Reading& reading, Value value) {
  return is(reading, value, Type::boolean) && token(value) == "true";
}

std::optional<Instant> read_stamp(Reading& reading, Value value) {
  const auto text = read_filled_text(reading, value);
  if (!text) return std::nullopt;
  return kept(reading, stamp_from_text(*text, reading.zone()));
}

std::optional<Day> read_day(Reading& reading, Value value) {
  const auto text = read_filled_text(reading, value);
  if (!text) return std::nullopt;
  return kept(reading, day_from_stamp(*text));
}

std::optional<std::string> read_code(Reading& reading, Value value) {
  const auto type = type_of(reading, value);
  if (!type || *type == Type::null) return std::nullopt;
  if (*type == Type::string) return read_filled_text(reading, value);
  if (*type == Type::boolean && token(value) == "false") return std::nullopt;
  if (*type != Type::number) {
    reading.fail("expected a number or text, got " + std::string{type_word(*type)});
    return std::nullopt;
  }
  const auto whole = read_whole(reading, value);
  if (!whole || *whole == 0) return std::nullopt;
  return std::to_string(*whole);
}

}  // namespace tallyman::shipstation
