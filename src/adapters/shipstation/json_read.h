// Reads single JSON values of a list element into our types, remembering the path and the first
// thing that is wrong. Only for the .cpp files of wire: it brings in the JSON library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <simdjson.h>

#include "domain/base/money.h"
#include "domain/base/time.h"
#include "domain/base/zone.h"

namespace tallyman::shipstation {

using Value = simdjson::ondemand::value;

// One list element being read. Reading goes on after a problem, so that id, number and stamp of a
// bad element are still told; the first problem is kept.
class Reading {
 public:
  explicit Reading(const Zone& zone) : zone_(zone) {}

  const Zone& zone() const { return zone_; }
  // "items[2].unitPrice: expected a number, got text"
  void fail(std::string_view what);
  const std::optional<std::string>& problem() const { return problem_; }

 private:
  friend class Inside;
  const Zone& zone_;
  std::vector<std::variant<std::string_view, std::size_t>> path_;
  std::optional<std::string> problem_;
};

// One step deeper on the path, for as long as it lives.
class Inside {
 public:
  Inside(Reading& reading, std::string_view member) : reading_(reading) {
    reading_.path_.emplace_back(member);
  }
  Inside(Reading& reading, std::size_t index) : reading_(reading) {
    reading_.path_.emplace_back(index);
  }
  ~Inside() { reading_.path_.pop_back(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Reading& reading_;
};

// In all of these null is "none" and no problem; a value of another type is a problem and "none".
// Each consumes its value.
std::optional<std::string> read_text(Reading& reading, Value value);
// Trimmed; a text that is empty then is none.
std::optional<std::string> read_filled_text(Reading& reading, Value value);
// 64 bits; "2.0" counts as whole, "2.5" and "2e0" do not.
std::optional<std::int64_t> read_whole(Reading& reading, Value value);
// A count that fits the server's own 32 bits; may be negative.
std::optional<std::int64_t> read_quantity(Reading& reading, Value value);
// A whole number from 1 on; 0 means none, as the server's language has it.
std::optional<std::int64_t> read_id(Reading& reading, Value value);
// Cents from the exact decimal text.
std::optional<Money> read_money(Reading& reading, Value value);
bool read_flag(Reading& reading, Value value);  // none is false
std::optional<Instant> read_stamp(Reading& reading, Value value);
std::optional<Day> read_day(Reading& reading, Value value);
// A text, or a whole number as its decimal text. An empty text, 0 and false are none: the next
// source counts then (facts/operations.md §5.1).
std::optional<std::string> read_code(Reading& reading, Value value);

// "a number", "text", …
std::string_view type_word(simdjson::ondemand::json_type type);

// The value's type, or none after a problem.
std::optional<simdjson::ondemand::json_type> type_of(Reading& reading, Value& value);

// Visits the members of an object; null counts as an object without members.
template <class Visit>
void each_member(Reading& reading, Value value, Visit visit) {
  const auto type = type_of(reading, value);
  if (!type || *type == simdjson::ondemand::json_type::null) return;
  simdjson::ondemand::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) {
    return reading.fail("expected an object, got " + std::string{type_word(*type)});
  }
  for (auto result : object) {
    simdjson::ondemand::field field;
    std::string_view name;
    if (std::move(result).get(field) != simdjson::SUCCESS) return reading.fail("cannot be read");
    // A name with a broken escape is none of ours.
    if (field.unescaped_key().get(name) != simdjson::SUCCESS) continue;
    visit(name, field.value());
  }
}

// Visits the elements of a list except null ones; null counts as an empty list.
template <class Visit>
void each_element(Reading& reading, Value value, Visit visit) {
  const auto type = type_of(reading, value);
  if (!type || *type == simdjson::ondemand::json_type::null) return;
  simdjson::ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) {
    return reading.fail("expected a list, got " + std::string{type_word(*type)});
  }
  std::size_t index = 0;
  for (auto result : array) {
    const Inside inside(reading, index++);
    Value element;
    if (std::move(result).get(element) != simdjson::SUCCESS) return reading.fail("cannot be read");
    const auto kind = type_of(reading, element);
    if (kind && *kind != simdjson::ondemand::json_type::null) visit(element);
  }
}

// What to do with one member of a partner's object.
template <class Into>
struct Member {
  std::string_view name;
  void (*read)(Reading& reading, Value value, Into& into);
};

// Reads the members named in `table`; others are skipped. Of a member sent twice the last counts.
template <class Into, std::size_t N>
void read_members(Reading& reading, Value value, Into& into, const Member<Into> (&table)[N]) {
  each_member(reading, value, [&](std::string_view name, Value member) {
    for (const auto& row : table) {
      if (row.name != name) continue;
      const Inside inside(reading, row.name);
      row.read(reading, member, into);
      return;
    }
  });
}

// The value, or a problem at `member` when there is none.
template <class T>
T required(Reading& reading, std::string_view member, const std::optional<T>& value) {
  if (value) return *value;
  const Inside inside(reading, member);
  reading.fail("is missing");
  return T{};
}

}  // namespace tallyman::shipstation
